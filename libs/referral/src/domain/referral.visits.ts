/** Visits under a referral: booked, moved, kept, missed, cancelled. Rows 12 to 15 of the transition table. */
import { happened } from '@fascia/kernel';
import type { ReferralCommandOf } from '../contract/commands.js';
import { refuse } from '../contract/refusals.js';
import type { Answer, Context, Placed } from './deciding.js';
import { validUntilIn } from './referral.state.js';

const isBooked = (state: Placed, sessionId: string): boolean =>
  state.booked.some((visit) => visit.sessionId === sessionId);
const notBooked = (): Answer =>
  refuse('VISIT_NOT_BOOKED', 'This visit is not booked under the referral.', { pointer: '/sessionId' });

export const bookVisit = (
  command: ReferralCommandOf<'BookVisit'>,
  state: Placed,
  { facts }: Context,
): Answer => {
  if (isBooked(state, command.sessionId)) return happened();
  if (state.revisionToAcknowledge)
    return refuse(
      'REVISION_UNACKNOWLEDGED',
      'The order was changed: acknowledge the revision before booking.',
    );
  if (!state.treatmentStarted && command.start > validUntilIn(state, facts.calendar.zone)) {
    return refuse('REFERRAL_VALIDITY_OVER', "The first visit lies within the referral's validity.", {
      pointer: '/start',
    });
  }
  return happened({
    type: 'ReferralVisitBooked',
    data: { sessionId: command.sessionId, kind: command.kind, start: command.start },
  });
};

/** Whether it may be moved is the session's to say; the order follows. */
export const moveVisit = ({ sessionId, start }: ReferralCommandOf<'MoveVisit'>, state: Placed): Answer => {
  const visit = state.booked.find((one) => one.sessionId === sessionId);
  if (visit === undefined) return notBooked();
  return visit.start === start
    ? happened()
    : happened({ type: 'ReferralVisitMoved', data: { sessionId, start } });
};

/** One that was entered late was never booked, and was kept all the same. */
export const recordAttendance = (
  { sessionId }: ReferralCommandOf<'RecordAttendance'>,
  state: Placed,
): Answer =>
  isBooked(state, sessionId) || state.missed.consecutive > 0
    ? happened({ type: 'ReferralVisitKept', data: { sessionId } })
    : happened();

export const startTreatment = ({ sessionId }: ReferralCommandOf<'StartTreatment'>, state: Placed): Answer =>
  state.treatmentStarted ? happened() : happened({ type: 'ReferralTreatmentStarted', data: { sessionId } });

export const recordNoShow = ({ sessionId }: ReferralCommandOf<'RecordNoShow'>, state: Placed): Answer => {
  const { consecutive, total } = state.missed;
  return isBooked(state, sessionId)
    ? happened({
        type: 'ReferralVisitMissed',
        data: { sessionId, consecutive: consecutive + 1, total: total + 1 },
      })
    : notBooked();
};

export const cancelVisit = (command: ReferralCommandOf<'CancelVisit'>, state: Placed): Answer => {
  const { sessionId, by, noticeHours } = command;
  return isBooked(state, sessionId)
    ? happened({ type: 'ReferralVisitCancelled', data: { sessionId, by, noticeHours } })
    : notBooked();
};
