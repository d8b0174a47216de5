/** What a list shows of an order is where the order stands. */
import { streamOf, type Envelope, type Fact } from '@fascia/kernel';
import type { ReferralEvent } from '../../contract/events.js';
import { evolve } from '../../domain/referral.js';
import { by, CONTENT, PHYSICIAN, SCENES, SESSION, SYSTEM } from '../../domain/referral.scenes.spec-data.js';
import { stageOf, type ReferralState } from '../../domain/referral.state.js';
import { referralModel } from './model.js';
import type { ReferralRow } from './row.js';

const ID = '00000000-0000-4000-8000-000000000099';

const rowAfter = (facts: readonly Fact<ReferralEvent>[]): ReferralRow | undefined =>
  facts.reduce<ReferralRow | undefined>((row, { type, data, at, by: actor, id }, index) => {
    const envelope = {
      id,
      type,
      data,
      stream: streamOf('referral', ID),
      version: index + 1,
      position: BigInt(index + 1),
      occurredAt: at,
      recordedAt: at,
      actor,
      schemaVersion: 1,
      correlationId: 'spec',
      causationId: 'spec',
      commandId: 'spec',
      requestDigest: 'spec',
    } as Envelope<ReferralEvent>;
    return referralModel.fold(row, envelope, ID) as ReferralRow | undefined;
  }, undefined);

const stageIn = (facts: readonly Fact<ReferralEvent>[]) =>
  stageOf(facts.reduce<ReferralState>(evolve, { kind: 'none' }));

const held = by(PHYSICIAN, {
  type: 'ReferralPutOnHold',
  data: { holder: 'referrer', reason: 'Away.', reviewBy: '2026-04-20', bookingsCancelled: [] },
});
const asked = by(PHYSICIAN, {
  type: 'ReferralCancellationRequested',
  data: { reason: 'Moved.', deceased: false },
});
const refused = by(PHYSICIAN, { type: 'ReferralCancellationRefused', data: { reason: 'One left.' } });
const resumed = by(PHYSICIAN, { type: 'ReferralResumed', data: {} });
const begun = by(SYSTEM, { type: 'ReferralTreatmentStarted', data: { sessionId: SESSION } });

describe('an order that was to be cancelled while it was on hold', () => {
  it.each([
    ['asked', [asked]],
    ['refused', [asked, refused]],
    ['refused and resumed', [asked, refused, resumed]],
    ['begun meanwhile, refused and resumed', [asked, begun, refused, resumed]],
    ['refused, and held again', [asked, refused, resumed, held]],
  ])('is shown where it stands once it is %s', (_what, more) => {
    const facts = [...SCENES.Booked, held, ...more];
    expect(rowAfter(facts)?.stage).toBe(stageIn(facts));
  });

  it('is held by whoever held it, once that is refused', () => {
    expect(rowAfter([...SCENES.Booked, held, asked, refused])).toMatchObject({
      holder: 'referrer',
      whose_move: 'referrer',
    });
  });
});

describe('an order that was revised', () => {
  it('shows beside what it says what it said before, and until when', () => {
    const revised = by(PHYSICIAN, {
      type: 'ReferralRevised',
      data: {
        content: { ...CONTENT, priority: 'urgent' },
        material: false,
        reason: 'Worse.',
        signature: { practitionerId: ID, at: '2026-04-02T10:00:00.000Z' },
      },
    });
    expect(rowAfter([...SCENES.Accepted, revised])).toMatchObject({
      content: { priority: 'urgent' },
      earlier: [{ content: { priority: 'routine' }, until: revised.at }],
    });
  });
});
