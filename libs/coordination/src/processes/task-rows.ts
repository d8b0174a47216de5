/**
 * Care tasks as rows: who is asked for which fact, and which fact ends the asking. Nothing about tasks is decided elsewhere
 * (docs/domain/processes.md#care-tasks).
 */
import { payerProfile, type PayerProfileName } from '@fascia/clinical';
import { uuidFrom, type Role } from '@fascia/kernel';
import type { TaskType } from '@fascia/task';
import type { CareEventType, Taken } from '../process.js';

export interface TaskRow {
  readonly task: TaskType;
  readonly opensOn: readonly CareEventType[];
  /** Whose organisation is asked. */
  readonly asks: 'referrer' | 'recipient';
  readonly roles: readonly Role[];
  readonly subject: 'referral' | 'plan' | 'session' | 'flag';
  readonly doneBy: readonly CareEventType[];
  readonly cancelledBy?: readonly CareEventType[];
  /** Beside the event type. */
  readonly when?: (event: Taken, known: Known) => boolean;
  /** Whether the fact that came is the last that was asked for; it is when absent. @param subjectId of the task */
  readonly done?: (subjectId: string, known: Known) => boolean;
  /** What else that may be. */
  readonly doneLateBy?: readonly CareEventType[];
}

/** What later tasks need to know of the order: who is on which side, how urgent, who pays; and whether a plan is in force. */
export type Known = {
  readonly patientId?: string;
  readonly referrer: readonly string[];
  /** One clinic, or the pool while nobody has claimed. */
  readonly recipient: readonly string[];
  readonly pool: readonly string[];
  readonly priority: 'routine' | 'urgent' | 'asap' | 'stat';
  readonly payerProfile: PayerProfileName;
  /** By session. */
  readonly therapists: Readonly<Record<string, string>>;
  /** By session: the organisation that had the patient there. */
  readonly clinics: Readonly<Record<string, string>>;
  readonly planInForce: boolean;
  /** Visits that are to come, of the referral's own counting. */
  readonly booked: readonly string[];
  readonly treated: boolean;
  readonly legOver: boolean;
  /** Flags that a physician has settled. */
  readonly settledFlags: readonly string[];
  /** Emergencies of which somebody who can act has to be told, in spoken words. */
  readonly untoldFlags: readonly string[];
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

const certificationNeeded = (_event: Taken, known: Known): boolean =>
  payerProfile(known.payerProfile).certification !== undefined;

/** A plan that ends with its leg asks for no outcome: it is told already, or the order is with somebody else. */
const legLasts = (_event: Taken, { legOver }: Known): boolean => !legOver;

/** A referral accepted again after a question keeps the plan it has; one that the physician wants changed is established anew. */
const noPlanInForce = (event: Taken, { planInForce }: Known): boolean =>
  event.type === 'PlanChangesRequested' || !planInForce;

/** A first visit that fell away is booked again, unless another is to come. */
const noFirstVisit = (event: Taken, { booked, treated }: Known): boolean =>
  event.type === 'ReferralAccepted' || (!treated && booked.length === 0);

/** What is asked about an outcome is answered when everything else is over. */
const isToBeTold = (event: Taken, known: Known): boolean =>
  event.type === 'ReferralOutcomeQueried' || legLasts(event, known);

/** A message in the thread is no call: an emergency is looked at until it is settled, and somebody was reached. */
const isSettledAndTold = (flagId: string, { settledFlags, untoldFlags }: Known): boolean =>
  settledFlags.includes(flagId) && !untoldFlags.includes(flagId);

const isMaterial = (event: Taken): boolean => event.type === 'ReferralRevised' && event.data.material;

// prettier-ignore
export const TASK_ROWS: readonly TaskRow[] = [
  {
    task: 'TRIAGE', asks: 'recipient', roles: DESK, subject: 'referral',
    opensOn: ['ReferralSent', 'ReferralRedirected', 'ReferralDeclineReversed',
      'ReferralInformationRequested'],
    doneBy: ['ReferralAccepted', 'ReferralDeclined'], cancelledBy: ['ReferralRedirected'],
  },
  {
    task: 'ANSWER_INFO', asks: 'referrer', roles: PHYSICIAN_OR_DELEGATE, subject: 'referral',
    opensOn: ['ReferralInformationRequested'], doneBy: ['ReferralInformationSupplied'],
    cancelledBy: ['ReferralDeclined', 'ReferralRedirected'],
  },
  {
    task: 'BOOK_FIRST_VISIT', asks: 'recipient', roles: ['scheduler', ...DESK], subject: 'referral',
    opensOn: ['ReferralAccepted', 'ReferralVisitMissed', 'ReferralVisitCancelled'], when: noFirstVisit,
    doneBy: ['ReferralVisitBooked'], cancelledBy: CARE_WAITS,
  },
  {
    task: 'ESTABLISH_PLAN', asks: 'recipient', roles: THERAPIST, subject: 'referral',
    opensOn: ['ReferralAccepted', 'PlanChangesRequested'], when: noPlanInForce, doneBy: ['PlanEstablished'],
    cancelledBy: [...CARE_WAITS, 'PlanCompleted'],
  },
  {
    task: 'HANDLE_DECLINE', asks: 'referrer', roles: PHYSICIAN_OR_DELEGATE, subject: 'referral',
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
    opensOn: ['ReferralRevised'], when: isMaterial, doneBy: ['ReferralRevisionAcknowledged'],
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
    opensOn: ['RedFlagRaised'], doneBy: ['RedFlagCleared', 'RedFlagConfirmed'],
    done: isSettledAndTold, doneLateBy: ['RedFlagCommunicated'],
  },
  {
    task: 'CONFIRM_CANCELLATION', asks: 'recipient', roles: DESK, subject: 'referral',
    opensOn: ['ReferralCancellationRequested'],
    doneBy: ['ReferralCancelled', 'ReferralCancellationRefused', 'ReferralOutcomeReported'],
  },
  {
    task: 'REPORT_OUTCOME', asks: 'recipient', roles: THERAPIST, subject: 'referral',
    opensOn: ['PlanCompleted', 'PlanDiscontinued', 'ReferralCancellationRefused', 'ReferralOutcomeQueried'],
    when: isToBeTold, doneBy: ['ReferralOutcomeReported', 'ReferralOutcomeAmended'], cancelledBy: ['ReferralDeclined', 'ReferralRedirected'],
  },
  {
    task: 'ACK_OUTCOME', asks: 'referrer', roles: PHYSICIAN, subject: 'referral',
    opensOn: ['ReferralOutcomeReported'], doneBy: ['ReferralOutcomeAcknowledged'],
  },
];
