/** Visits under a referral: booked, missed, cancelled. Rows 12 to 14 of the transition table. */
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
  if (!state.treatmentStarted && command.start > validUntilIn(state, facts.zone)) {
    return refuse('REFERRAL_VALIDITY_OVER', "The first visit lies within the referral's validity.", {
      pointer: '/start',
    });
  }
  return happened({
    type: 'ReferralVisitBooked',
    data: { sessionId: command.sessionId, kind: command.kind, start: command.start },
  });
};

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
