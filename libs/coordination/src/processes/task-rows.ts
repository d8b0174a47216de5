/**
 * Care tasks as rows: who is asked for which fact, and which fact ends the asking. Nothing about tasks is decided elsewhere
 * (docs/domain/processes.md#care-tasks).
 */
import { payerProfile } from '@fascia/clinical';
import type { DeadlineName } from '@fascia/deadline/contract';
import { uuidFrom, type Role } from '@fascia/kernel';
import type { TaskType } from '@fascia/task';
import type { CareEventType, Taken } from '../process.js';
import { isSecondMiss, isThirdMiss, noFirstVisit, noNextVisit } from './booking.js';
import type { Known } from './order-known.js';

export interface TaskRow {
  readonly task: TaskType;
  readonly opensOn: readonly CareEventType[];
  /** Or when a timer of its subject is due, that what was to come set. */
  readonly opensAt?: SubjectTimer;
  /** Whose organisation is asked. */
  readonly asks: 'referrer' | 'recipient' | 'holder';
  readonly roles: readonly Role[];
  readonly subject: 'referral' | 'plan' | 'session' | 'flag';
  readonly doneBy: readonly CareEventType[];
  readonly cancelledBy?: readonly CareEventType[];
  /** Beside the event type. */
  readonly when?: (event: Taken, known: Known) => boolean;
  /** Whether the fact that came is the last that was asked for; it is when absent. @param subjectId of the task */
  readonly done?: (subjectId: string, known: Known) => boolean;
  /** The clocks of the order by which it is due. */
  readonly dueBy?: readonly DeadlineName[];
  /** What else that may be. */
  readonly doneLateBy?: readonly CareEventType[];
}

/** T-VISIT: a visit should have taken place by now. */
export type SubjectTimer = 'T-VISIT';

/** Whose organisation that is now. */
export const askedOf = ({ asks }: Pick<TaskRow, 'asks'>, known: Known): readonly string[] => {
  if (asks === 'holder') return known.hold?.holder === 'recipient' ? known.recipient : known.referrer;
  return known[asks];
};

/** @param eventId of the fact that opened it */
export const taskIdFor = (task: TaskType, subjectId: string, eventId: string): string =>
  uuidFrom('task', task, subjectId, eventId);

const PHYSICIAN: readonly Role[] = ['physician'];
const PHYSICIAN_OR_DELEGATE: readonly Role[] = ['physician', 'delegate'];
const DESK: readonly Role[] = ['coordinator', 'therapist'];
export const THERAPIST: readonly Role[] = ['therapist'];

/** After these nobody prepares care for the time being. */
const CARE_WAITS: readonly CareEventType[] = [
  'ReferralDeclined',
  'ReferralRedirected',
  'ReferralInformationRequested',
];

/** And nobody is booked. */
const CARE_PAUSES: readonly CareEventType[] = ['ReferralPutOnHold', 'ReferralCancellationRequested'];

const certificationNeeded = (_event: Taken, known: Known): boolean =>
  payerProfile(known.payerProfile).certification !== undefined;

/** A plan that ends with its leg asks for no outcome: it is told already, or the order is with somebody else. */
const legLasts = (_event: Taken, { legOver }: Known): boolean => !legOver;

/** A referral accepted again after a question keeps the plan it has; one that the physician wants changed is established anew. */
const noPlanInForce = (event: Taken, { planInForce }: Known): boolean =>
  event.type === 'PlanChangesRequested' || !planInForce;

/** Delegates write orders, and sign none. */
const byDelegate = ({ actor }: Taken): boolean => actor.role === 'delegate';

/** What stands in the way of an order that was not sent, its physician sees where they write it. */
const isPlaced = (_event: Taken, { recipient }: Known): boolean => recipient.length > 0;

const isOnHold = (_event: Taken, { hold }: Known): boolean => hold !== null;

/** What is asked about an outcome is answered when everything else is over. */
const isToBeTold = (event: Taken, known: Known): boolean =>
  event.type === 'ReferralOutcomeQueried' || legLasts(event, known);

/** A message in the thread is no call: an emergency is looked at until it is settled, and somebody was reached. */
const isSettledAndTold = (flagId: string, { settledFlags, untoldFlags }: Known): boolean =>
  settledFlags.includes(flagId) && !untoldFlags.includes(flagId);

const isRevised = (_event: Taken, { revised }: Known): boolean => revised;

// prettier-ignore
export const TASK_ROWS: readonly TaskRow[] = [
  {
    task: 'SIGN_ORDER', asks: 'referrer', roles: PHYSICIAN, subject: 'referral',
    opensOn: ['ReferralDrafted', 'ReferralDraftEdited'], when: byDelegate,
    doneBy: ['ReferralSent'], cancelledBy: ['ReferralDraftDiscarded'],
  },
  {
    task: 'TRIAGE', asks: 'recipient', roles: DESK, subject: 'referral', dueBy: ['T-ACK', 'T-TRIAGE'],
    opensOn: ['ReferralSent', 'ReferralRedirected', 'ReferralDeclineReversed',
      'ReferralInformationRequested'],
    doneBy: ['ReferralAccepted', 'ReferralDeclined'], cancelledBy: ['ReferralRedirected'],
  },
  {
    task: 'ANSWER_INFO', asks: 'referrer', roles: PHYSICIAN_OR_DELEGATE, subject: 'referral', dueBy: ['T-INFO'],
    opensOn: ['ReferralInformationRequested'], doneBy: ['ReferralInformationSupplied'],
    cancelledBy: ['ReferralDeclined', 'ReferralRedirected'],
  },
  {
    task: 'BOOK_FIRST_VISIT', asks: 'recipient', roles: ['scheduler', ...DESK], subject: 'referral', dueBy: ['T-BOOK', 'T-REBOOK'],
    opensOn: ['ReferralAccepted', 'ReferralVisitMissed', 'ReferralVisitCancelled', 'ReferralResumed',
      'ReferralCancellationRefused'],
    when: noFirstVisit, doneBy: ['ReferralVisitBooked', 'ReferralTreatmentStarted'],
    cancelledBy: [...CARE_WAITS, ...CARE_PAUSES],
  },
  {
    task: 'BOOK_VISIT', asks: 'recipient', roles: ['scheduler', ...DESK], subject: 'referral', dueBy: ['T-REBOOK'],
    opensOn: ['ReferralTreatmentStarted', 'ReferralVisitKept', 'ReferralVisitMissed', 'ReferralVisitCancelled',
      'ReferralResumed', 'ReferralCancellationRefused', 'PlanEstablished'],
    when: noNextVisit, doneBy: ['ReferralVisitBooked'],
    cancelledBy: [...CARE_PAUSES, 'PlanCompleted', 'PlanDiscontinued'],
  },
  {
    task: 'RECORD_VISIT', asks: 'recipient', roles: ['scheduler', ...DESK], subject: 'session',
    opensOn: [], opensAt: 'T-VISIT',
    doneBy: ['SessionPerformed', 'SessionNoShow', 'SessionCancelled', 'SessionRescheduled', 'SessionStopped',
      'SessionVoided'],
  },
  {
    task: 'NOTE_MISSED_VISITS', asks: 'referrer', roles: PHYSICIAN, subject: 'referral',
    opensOn: ['ReferralVisitMissed'], when: isSecondMiss,
    doneBy: ['ReferralTreatmentStarted', 'ReferralVisitKept'], cancelledBy: ['ReferralDeclined', 'ReferralRedirected'],
  },
  {
    task: 'DECIDE_DISCHARGE', asks: 'recipient', roles: THERAPIST, subject: 'referral',
    opensOn: ['ReferralVisitMissed'], when: isThirdMiss,
    doneBy: ['ReferralVisitBooked', 'ReferralOutcomeReported', 'ReferralDeclined'],
    cancelledBy: ['ReferralTreatmentStarted', 'ReferralVisitKept', 'ReferralRedirected'],
  },
  {
    task: 'REVIEW_HOLD', asks: 'holder', roles: ['physician', 'therapist'], subject: 'referral',
    opensOn: ['ReferralPutOnHold', 'ReferralCancellationRefused'], when: isOnHold,
    doneBy: ['ReferralResumed', 'ReferralCancellationRequested', 'ReferralOutcomeReported'],
  },
  {
    task: 'ESTABLISH_PLAN', asks: 'recipient', roles: THERAPIST, subject: 'referral',
    opensOn: ['ReferralAccepted', 'PlanChangesRequested'], when: noPlanInForce, doneBy: ['PlanEstablished'],
    cancelledBy: [...CARE_WAITS, 'PlanCompleted'],
  },
  {
    task: 'HANDLE_DECLINE', asks: 'referrer', roles: PHYSICIAN_OR_DELEGATE, subject: 'referral', dueBy: ['T-DECLINED'],
    opensOn: ['ReferralDeclined'], doneBy: ['ReferralRedirected', 'ReferralWithdrawn', 'ReferralVoided'],
    cancelledBy: ['ReferralDeclineReversed'],
  },
  {
    task: 'ANSWER_PROPOSAL', asks: 'referrer', roles: PHYSICIAN, subject: 'referral',
    opensOn: ['ReferralRedirectProposed', 'ReferralStopProposed'],
    doneBy: ['ReferralProposalRejected', 'ReferralRedirected', 'ReferralWithdrawn',
      'ReferralCancellationRequested'],
    cancelledBy: ['ReferralDeclined'],
  },
  {
    task: 'ACKNOWLEDGE_REVISION', asks: 'recipient', roles: DESK, subject: 'referral',
    opensOn: ['ReferralRevised', 'ReferralDeclineReversed'], when: isRevised, doneBy: ['ReferralRevisionAcknowledged'],
    cancelledBy: ['ReferralDeclined', 'ReferralRedirected'],
  },
  {
    task: 'CERTIFY_PLAN', asks: 'referrer', roles: PHYSICIAN, subject: 'plan',
    opensOn: ['PlanSubmitted'], when: certificationNeeded, doneBy: ['PlanCertified'],
    cancelledBy: ['PlanChangesRequested', 'PlanDiscontinued', 'PlanCompleted'],
  },
  {
    task: 'SIGN_SESSION', asks: 'recipient', roles: THERAPIST, subject: 'session',
    opensOn: ['SessionPerformed'], doneBy: ['SessionSigned'], cancelledBy: ['SessionVoided'],
  },
  {
    task: 'RED_FLAG_REVIEW', asks: 'referrer', roles: PHYSICIAN, subject: 'flag',
    opensOn: ['RedFlagRaised'], when: isPlaced, doneBy: ['RedFlagCleared', 'RedFlagConfirmed'],
    done: isSettledAndTold, doneLateBy: ['RedFlagCommunicated'],
  },
  {
    task: 'CONFIRM_CANCELLATION', asks: 'recipient', roles: DESK, subject: 'referral', dueBy: ['T-CANCEL'],
    opensOn: ['ReferralCancellationRequested'],
    doneBy: ['ReferralCancelled', 'ReferralCancellationRefused', 'ReferralOutcomeReported'],
  },
  {
    task: 'REPORT_OUTCOME', asks: 'recipient', roles: THERAPIST, subject: 'referral', dueBy: ['T-OUTCOME'],
    opensOn: ['PlanCompleted', 'PlanDiscontinued', 'ReferralCancellationRefused', 'ReferralOutcomeQueried'],
    when: isToBeTold, doneBy: ['ReferralOutcomeReported', 'ReferralOutcomeAmended'], cancelledBy: ['ReferralDeclined', 'ReferralRedirected'],
  },
  {
    task: 'RENEW_ORDER', asks: 'referrer', roles: PHYSICIAN_OR_DELEGATE, subject: 'referral',
    opensOn: ['ReferralExpired'], doneBy: [],
  },
  {
    task: 'ACK_OUTCOME', asks: 'referrer', roles: PHYSICIAN, subject: 'referral', dueBy: ['T-ACKOUT'],
    opensOn: ['ReferralOutcomeReported'], doneBy: ['ReferralOutcomeAcknowledged'],
  },
];
