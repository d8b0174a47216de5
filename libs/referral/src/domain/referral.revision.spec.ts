/** What is asked of a changed order, of whom it is asked, and when the recipient has to look again. */
import type { Fact } from '@fascia/kernel';
import { gist, given } from '@fascia/testkit';
import { REFERRAL_CONTRACT, type ReferralEvent } from '../contract/events.js';
import type { ListingFact } from './facts.js';
import {
  by,
  CLINIC,
  CONTENT,
  COORDINATOR,
  FACTS,
  FLAG,
  listing,
  LISTING,
  OTHER_CLINIC,
  OTHER_LISTING,
  PHYSICIAN,
  POOL_SENT,
  SCENES,
  REDIRECTED,
} from './referral.scenes.spec-data.js';
import { decider, type History } from './referral.situations.spec-data.js';

const claimed = by(COORDINATOR, {
  type: 'ReferralClaimed',
  data: { organizationId: CLINIC, listingId: LISTING },
});
const redirected = by(PHYSICIAN, REDIRECTED);

describe('a revision', () => {
  const revised = (
    more: Partial<typeof CONTENT>,
    facts: Partial<typeof FACTS> = {},
    history: History = SCENES.Accepted,
  ) =>
    given(decider, REFERRAL_CONTRACT, ...history).when(
      { type: 'ReviseReferral', content: { ...CONTENT, ...more }, reason: 'Seen again.' },
      { facts: { ...FACTS, ...facts }, by: PHYSICIAN, at: '2026-04-02T10:00:00.000Z' },
    );
  const ids = CONTENT.diagnosisIds ?? [];
  const [diagnosis] = FACTS.diagnoses.map((fact) => ({ ...fact, diagnosisId: FLAG }));

  it.each<[string, Partial<typeof CONTENT>]>([
    ['another diagnosis', { diagnosisIds: [FLAG] }],
    [
      'another side',
      {
        sites: [{ region: 'shoulder', side: 'left', tissues: ['tendon'] }],
        siteExplanation: 'The other one by now.',
      },
    ],
    ['a precaution', { precautions: ['P01'] }],
    ['other visits', { requested: { frequencyPerWeek: 1, weeks: 4, visits: 4 } }],
  ])('is material with %s: the recipient looks again', (_what, more) => {
    const answered = revised(
      more,
      diagnosis === undefined ? {} : { diagnoses: [...FACTS.diagnoses, diagnosis] },
    );
    expect(answered).toMatchObject({ ok: true, events: [{ data: { material: true } }] });
  });

  it.each<[string, Partial<typeof CONTENT>]>([
    ['nothing new', {}],
    ['another urgency', { priority: 'urgent' }],
    ['another question', { clinicalQuestion: 'Sleep on the side again.' }],
    ['the same visits, said in another order', { requested: { visits: 8, weeks: 4, frequencyPerWeek: 2 } }],
    ['a diagnosis that is named twice', { diagnosisIds: [...ids, ...ids] }],
  ])('is not material with %s', (_what, more) => {
    expect(revised(more)).toMatchObject({ ok: true, events: [{ data: { material: false } }] });
  });

  it.each<[string, History, string, string]>([
    ['that one of a pool has claimed', [...POOL_SENT, claimed], LISTING, CLINIC],
    ['that went on to another clinic', [...SCENES.Declined, redirected], OTHER_LISTING, OTHER_CLINIC],
  ])('of an order %s is held against who has it now', (_what, history, listingId, organizationId) => {
    const has = (more: Partial<ListingFact>) =>
      revised({ priority: 'urgent' }, { listings: [listing(listingId, organizationId, more)] }, history);
    expect(gist(has({}))).toEqual(['ReferralRevised']);
    expect(gist(has({ regions: ['knee'] }))).toBe('REFERRAL_RECIPIENT_UNFIT');
  });

  it('of an order in a pool that nobody has claimed is held against every member', () => {
    const listings = [listing(LISTING, CLINIC), listing(OTHER_LISTING, OTHER_CLINIC, { regions: ['knee'] })];
    expect(gist(revised({}, { listings }, POOL_SENT))).toBe('REFERRAL_RECIPIENT_UNFIT');
  });

  it.each<[string, Partial<ListingFact>]>([
    ['takes nobody new', { capacity: 'closed' }],
    ['is not listed any more', { published: false }],
  ])('goes to a clinic that %s, if it has taken the patient on', (_what, more) => {
    const listings = [listing(LISTING, CLINIC, more)];
    expect(gist(revised({}, { listings }))).toEqual(['ReferralRevised']);
    expect(gist(revised({}, { listings }, SCENES.InTriage))).toBe('REFERRAL_RECIPIENT_UNFIT');
  });

  it('leaves what was asked for first as the target', () => {
    const listings = [listing(OTHER_LISTING, OTHER_CLINIC)];
    const decision = revised({}, { listings }, [...SCENES.Declined, redirected]);
    expect(decision).toMatchObject({ ok: true, events: [{ data: { content: { target: CONTENT.target } } }] });
  });

  it('has to be acknowledged by who has the order, and not by who comes after', () => {
    const material: Fact<ReferralEvent> = by(PHYSICIAN, {
      type: 'ReferralRevised',
      data: {
        content: { ...CONTENT, precautions: ['P01'] },
        material: true,
        reason: 'Seen again.',
        signature: { practitionerId: FLAG, at: '2026-04-02T10:00:00.000Z' },
      },
    });
    const acknowledged = (history: History) =>
      gist(
        given(decider, REFERRAL_CONTRACT, ...history).when(
          { type: 'AcknowledgeRevision' },
          { facts: FACTS, by: COORDINATOR },
        ),
      );
    expect(acknowledged([...POOL_SENT, claimed, material])).toEqual(['ReferralRevisionAcknowledged']);
    expect(acknowledged([...SCENES.InTriage, material, redirected])).toBe('REFERRAL_ILLEGAL_TRANSITION');
  });
});
