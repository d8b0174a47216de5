/**
 * What a merge, a death and a no of the patient mean for orders: nothing begins for a record that was merged away, nothing goes on for the
 * dead, and nothing with a clinic that they do not share with.
 */
import {
  CLINIC,
  COMMANDS,
  COORDINATOR,
  FLAG,
  LISTING,
  POOL_SENT,
  SCENES,
} from './referral.scenes.spec-data.js';
import { answer, type Situation } from './referral.situations.spec-data.js';

const BORN = '1980-05-05';
const merged = { patient: { birthDate: BORN, mergedInto: FLAG } };
const replaced = { patient: { birthDate: BORN, replacedById: FLAG } };
const unassigned = { patient: { birthDate: BORN, unassigned: 1 } };
const dead = { patient: { birthDate: BORN, deceased: true } };

type Asked = Pick<Situation, 'history' | 'command' | 'by'>;
const asked: Readonly<Record<string, Asked>> = {
  drafting: { history: [], command: COMMANDS.DraftReferral },
  sending: { history: SCENES.Draft, command: COMMANDS.SendReferral },
  claiming: { history: POOL_SENT, command: COMMANDS.ClaimReferral, by: COORDINATOR },
  accepting: { history: SCENES.InTriage, command: COMMANDS.AcceptReferral, by: COORDINATOR },
  redirecting: {
    history: SCENES.InTriage,
    command: { type: 'RedirectReferral', target: { kind: 'directed', listingId: LISTING } },
  },
  revising: { history: SCENES.Accepted, command: COMMANDS.ReviseReferral },
  resuming: { history: SCENES.OnHold, command: COMMANDS.ResumeReferral },
};
const BEGINS = ['drafting', 'sending'];

describe.each(Object.entries(asked))('%s', (name, situation) => {
  it('is done for a patient who lives', () => {
    expect(answer({ ...situation, facts: {} })).toEqual(expect.any(Array));
  });

  it('is not done for one who died', () => {
    expect(answer({ ...situation, facts: dead })).toBe('PATIENT_DECEASED');
  });

  it(`is ${name === 'sending' ? 'not done' : 'done'} while nobody has said whose something is`, () => {
    expect(answer({ ...situation, facts: unassigned })).toEqual(
      name === 'sending' ? 'FACTS_UNASSIGNED' : expect.any(Array),
    );
  });

  if (BEGINS.includes(name))
    it('is not done on a record that was merged away', () => {
      expect(answer({ ...situation, facts: merged })).toBe('PATIENT_MERGED');
      expect(answer({ ...situation, facts: replaced })).toBe('PATIENT_REPLACED');
    });
  else
    it('goes on, on a record that was merged since', () => {
      expect(answer({ ...situation, facts: merged })).toEqual(expect.any(Array));
      expect(answer({ ...situation, facts: replaced })).toEqual(expect.any(Array));
    });
});

describe('after the patient said no to a clinic', () => {
  const said = (kind: 'restricted' | 'granted', hour: number, organizationIds: readonly string[]) => ({
    consentId: FLAG,
    kind,
    purposes: kind === 'granted' ? ['TREAT'] : [],
    organizationIds,
    saidAt: `2026-04-01T0${String(hour)}:00:00.000Z`,
  });
  const no = { consents: [said('restricted', 8, [CLINIC])] };
  const yesAgain = { consents: [...no.consents, said('granted', 9, [CLINIC])] };

  it.each(['sending', 'claiming', 'accepting', 'redirecting'])(
    '%s is refused, until they say yes again',
    (name) => {
      const situation = asked[name] ?? { history: [], command: COMMANDS.DraftReferral };
      expect(answer({ ...situation, facts: no })).toBe('CONSENT_WITHDRAWN');
      expect(answer({ ...situation, facts: yesAgain })).toEqual(expect.any(Array));
      expect(answer({ ...situation, facts: { consents: [said('restricted', 8, [FLAG])] } })).toEqual(
        expect.any(Array),
      );
    },
  );
});

describe('after a death', () => {
  it.each<[string, Asked]>([
    ['withdrawn', { history: SCENES.InTriage, command: COMMANDS.WithdrawReferral }],
    ['cancelled', { history: SCENES.Accepted, command: COMMANDS.RequestCancellation }],
    ['told how it ended', { history: SCENES.OutcomeReported, command: COMMANDS.AcknowledgeOutcome }],
  ])('an order is still %s', (_what, situation) => {
    expect(answer({ ...situation, facts: dead })).toEqual(expect.any(Array));
  });

  it('a cancellation waits for no answer', () => {
    const cancel: Situation = {
      history: SCENES.InTreatment,
      command: { type: 'RequestCancellation', reason: 'Died.', deceased: true },
    };
    expect(answer(cancel)).toEqual(['ReferralCancellationRequested', 'ReferralCancelled']);
  });
});
