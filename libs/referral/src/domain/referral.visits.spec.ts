/** What comes of visits, as the order counts them: in care, and while it is paused. */
import type { Fact } from '@fascia/kernel';
import { given } from '@fascia/testkit';
import { REFERRAL_CONTRACT, type ReferralEvent } from '../contract/events.js';
import type { ReferralCommand } from '../contract/commands.js';
import { by, FACTS, SCENES, SESSION, SYSTEM } from './referral.scenes.spec-data.js';
import { decider, type History } from './referral.situations.spec-data.js';

const SECOND = '00000000-0000-4000-8000-000000000043';
const THIRD = '00000000-0000-4000-8000-000000000044';

const booked = (sessionId: string, start = '2026-04-15T09:00:00.000Z'): Fact<ReferralEvent> =>
  by(SYSTEM, { type: 'ReferralVisitBooked', data: { sessionId, kind: 'treatment', start } });
const missed = (sessionId: string, consecutive: number, total: number): Fact<ReferralEvent> =>
  by(SYSTEM, { type: 'ReferralVisitMissed', data: { sessionId, consecutive, total } });
const kept = (sessionId: string): Fact<ReferralEvent> =>
  by(SYSTEM, { type: 'ReferralVisitKept', data: { sessionId } });

const stateAfter = (history: History) => given(decider, REFERRAL_CONTRACT, ...history).state;
const asked = (history: History, command: ReferralCommand) => {
  const decision = given(decider, REFERRAL_CONTRACT, ...history).when(command, { facts: FACTS, by: SYSTEM });
  return decision.ok ? decision.events : decision.refusal.code;
};

describe('visits that the patient did not come to', () => {
  it('are counted in a row until one is kept, and in all', () => {
    const lost = [...SCENES.InTreatment, missed(SESSION, 1, 1), booked(SECOND), booked(THIRD)];
    expect(asked(lost, { type: 'RecordNoShow', sessionId: SECOND })).toEqual([
      { type: 'ReferralVisitMissed', data: { sessionId: SECOND, consecutive: 2, total: 2 } },
    ]);
    expect(asked([...lost, kept(SECOND)], { type: 'RecordNoShow', sessionId: THIRD })).toEqual([
      { type: 'ReferralVisitMissed', data: { sessionId: THIRD, consecutive: 1, total: 2 } },
    ]);
  });

  it('before the first that is kept count anew with it, too', () => {
    const begun = by(SYSTEM, { type: 'ReferralTreatmentStarted', data: { sessionId: SECOND } });
    const history = [...SCENES.Booked, missed(SESSION, 1, 1), booked(SECOND), begun, booked(THIRD)];
    expect(stateAfter(history)).toMatchObject({ missed: { consecutive: 0, total: 1 } });
  });
});

describe('a visit that is kept', () => {
  it('is not to come any more', () => {
    expect(stateAfter([...SCENES.InTreatment, kept(SESSION)])).toMatchObject({ booked: [] });
  });

  it('is told once', () => {
    expect(
      asked([...SCENES.InTreatment, kept(SESSION)], { type: 'RecordAttendance', sessionId: SESSION }),
    ).toEqual([]);
  });
});

describe('a visit that is moved', () => {
  const later = '2026-04-20T09:00:00.000Z';
  const move: ReferralCommand = { type: 'MoveVisit', sessionId: SESSION, start: later };

  it('is moved in the order: what lies near keeps it from expiring', () => {
    const history = SCENES.Booked;
    const moved = asked(history, move);
    expect(moved).toEqual([{ type: 'ReferralVisitMoved', data: { sessionId: SESSION, start: later } }]);
    const after = [
      ...history,
      by(SYSTEM, { type: 'ReferralVisitMoved', data: { sessionId: SESSION, start: later } }),
    ];
    expect(stateAfter(after)).toMatchObject({ booked: [{ sessionId: SESSION, start: later }] });
    expect(asked(after, move)).toEqual([]);
  });

  it('is one that is booked', () => {
    expect(asked(SCENES.Accepted, move)).toBe('REFERRAL_ILLEGAL_TRANSITION');
    expect(asked([...SCENES.InTreatment, kept(SESSION)], move)).toBe('VISIT_NOT_BOOKED');
  });
});

describe('while an order is paused', () => {
  const onHold = (history: History): History => [
    ...history,
    by(SYSTEM, {
      type: 'ReferralPutOnHold',
      data: { holder: 'referrer', reason: 'Away.', reviewBy: '2026-04-20', bookingsCancelled: [] },
    }),
  ];
  const cancelAsked = by(SYSTEM, {
    type: 'ReferralCancellationRequested',
    data: { reason: 'Moved.', deceased: false },
  });
  const resumed = by(SYSTEM, { type: 'ReferralResumed', data: {} });

  it('a visit that is cancelled is not to come when it goes on', () => {
    const history = onHold(SCENES.Booked);
    expect(
      asked(history, { type: 'CancelVisit', sessionId: SESSION, by: 'patient', noticeHours: 1 }),
    ).toEqual([
      { type: 'ReferralVisitCancelled', data: { sessionId: SESSION, by: 'patient', noticeHours: 1 } },
    ]);
    const gone = by(SYSTEM, {
      type: 'ReferralVisitCancelled',
      data: { sessionId: SESSION, by: 'patient', noticeHours: 1 },
    });
    expect(stateAfter([...history, gone, resumed])).toMatchObject({
      booked: [],
      phase: { stage: 'Accepted' },
    });
  });

  it('a first visit that had begun is treatment, and the order goes on from there', () => {
    const history = [...onHold(SCENES.Booked), cancelAsked];
    const start: ReferralCommand = { type: 'StartTreatment', sessionId: SESSION };
    expect(asked(history, start)).toEqual([
      { type: 'ReferralTreatmentStarted', data: { sessionId: SESSION } },
    ]);
    const begun = by(SYSTEM, { type: 'ReferralTreatmentStarted', data: { sessionId: SESSION } });
    const refused = by(SYSTEM, { type: 'ReferralCancellationRefused', data: { reason: 'One left.' } });
    expect(stateAfter([...history, begun])).toMatchObject({ phase: { stage: 'CancelRequested' } });
    expect(stateAfter([...history, begun, refused, resumed])).toMatchObject({
      treatmentStarted: true,
      phase: { stage: 'InTreatment' },
    });
  });
});
