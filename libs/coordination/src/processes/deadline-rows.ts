/**
 * The clocks of an order as rows: whose they are, which fact starts, stops and meets them, and who is told when one is missed.
 * Nothing about deadlines is decided elsewhere (docs/domain/deadlines.md).
 */
import type { DeadlineName, DeadlineSide } from '@fascia/deadline/contract';
import type { CalendarDate, Instant, Role } from '@fascia/kernel';
import type { ReferralCommand } from '@fascia/referral/contract';
import type { CareEventType, Taken } from '../process.js';
import { nobodyIsBooked } from './booking.js';
import type { Known } from './order-known.js';

/** What was given and not taken back, by name: `running` also while it is paused. */
export type Standing = Readonly<Partial<Record<DeadlineName, 'running' | 'missed'>>>;

export interface DeadlineRow {
  readonly deadline: DeadlineName;
  /** Who has to act; a hold's is its holder's. */
  readonly side: DeadlineSide | 'holder';
  readonly startsOn: readonly CareEventType[];
  /** Beside the event type. */
  readonly when?: (event: Taken, known: Known, standing: Standing) => boolean;
  readonly metBy: readonly CareEventType[];
  /** Beside the end of the loop, which calls off all. */
  readonly calledOffBy?: readonly CareEventType[];
  /** Absent: nothing stops it. */
  readonly pausesOn?: readonly CareEventType[];
  readonly resumesOn?: readonly CareEventType[];
  /** Absent: the policy says how long. */
  readonly due?: (
    event: Taken,
    known: Known,
  ) => { readonly dueAt: Instant } | { readonly dueOn: CalendarDate };
  /** What the product does then: a row of the order's own table. */
  readonly then?: Extract<
    ReferralCommand,
    { type: 'DeclineReferral' | 'ConfirmCancellation' | 'ExpireReferral' }
  >;
  /** Who is told when it is missed, and who once it has been waited for as long again. */
  readonly tells?: Ladder;
}

/** `refused`: what the product would do then cannot be done yet. */
export type Rung = 'atOnce' | 'later' | 'refused';
type Ladder = Readonly<Partial<Record<Rung, readonly Told[]>>>;

export interface Told {
  readonly side: DeadlineSide;
  readonly roles: readonly Role[];
}

const LEAD: Told = { side: 'recipient', roles: ['coordinator', 'therapist'] };
const DESK: Told = { side: 'recipient', roles: ['scheduler', 'coordinator', 'therapist'] };
const REFERRER: Told = { side: 'referrer', roles: ['physician', 'delegate'] };
const PRACTICE: Told = { side: 'referrer', roles: ['physician', 'delegate', 'coordinator'] };

const LEG_GOES: readonly CareEventType[] = ['ReferralDeclined', 'ReferralRedirected'];
const CARE_ENDS: readonly CareEventType[] = [...LEG_GOES, 'ReferralOutcomeReported'];
const PAUSES: readonly CareEventType[] = ['ReferralPutOnHold', 'ReferralCancellationRequested'];
const GOES_ON: readonly CareEventType[] = ['ReferralResumed', 'ReferralCancellationRefused'];

/** A question of the clinic's is the physician's turn, and the clinic's clock stands still. */
const ASKED: readonly CareEventType[] = ['ReferralInformationRequested'];
const ANSWERED: readonly CareEventType[] = ['ReferralInformationSupplied'];

const isNotTriaged = (_event: Taken, _known: Known, standing: Standing): boolean =>
  standing['T-TRIAGE'] === undefined;

const isStillOnHold = (_event: Taken, { hold }: Known): boolean => hold !== null;

const reviewDay = (_event: Taken, { hold }: Known) => ({ dueOn: hold?.reviewBy ?? '' });

const validity = (event: Taken) => ({
  dueAt: event.type === 'ReferralSent' ? event.data.validUntil : event.occurredAt,
});

/** Until the outcome is told, a plan that is over waits for nothing else; what is asked about it afterwards is to be told as well. */
const isUntold = ({ type }: Taken, { legOver }: Known): boolean =>
  !legOver || type === 'ReferralOutcomeQueried';

/** The first visit has a clock of its own. */
const isToBeBooked = (event: Taken, known: Known, standing: Standing): boolean =>
  standing['T-BOOK'] === undefined && nobodyIsBooked(event, known);

// prettier-ignore
export const DEADLINE_ROWS: readonly DeadlineRow[] = [
  {
    deadline: 'T-ACK', side: 'recipient', startsOn: ['ReferralSent', 'ReferralRedirected', 'ReferralReleased'],
    metBy: ['ReferralReceived', 'ReferralClaimed', 'ReferralAccepted', 'ReferralDeclined'],
    calledOffBy: ['ReferralRedirected'], tells: { atOnce: [LEAD], later: [REFERRER] },
  },
  {
    deadline: 'T-TRIAGE', side: 'recipient',
    startsOn: ['ReferralReceived', 'ReferralClaimed', 'ReferralDeclineReversed', ...ANSWERED], when: isNotTriaged,
    metBy: ['ReferralAccepted', 'ReferralDeclined'], calledOffBy: ['ReferralReleased', 'ReferralRedirected'],
    pausesOn: ASKED, resumesOn: ANSWERED, tells: { atOnce: [LEAD], later: [REFERRER] },
  },
  {
    deadline: 'T-INFO', side: 'referrer', startsOn: ASKED, metBy: ANSWERED, calledOffBy: LEG_GOES,
    tells: { atOnce: [PRACTICE] },
  },
  {
    deadline: 'T-INFO-STOP', side: 'referrer', startsOn: ASKED, metBy: ANSWERED, calledOffBy: LEG_GOES,
    then: { type: 'DeclineReferral', reason: 'insufficient-information' },
  },
  {
    deadline: 'T-BOOK', side: 'recipient', startsOn: ['ReferralAccepted'], when: nobodyIsBooked,
    metBy: ['ReferralVisitBooked', 'ReferralTreatmentStarted'], calledOffBy: [...CARE_ENDS, ...ASKED],
    pausesOn: PAUSES, resumesOn: GOES_ON, tells: { atOnce: [DESK], later: [REFERRER] },
  },
  {
    deadline: 'T-REBOOK', side: 'recipient',
    startsOn: ['ReferralVisitMissed', 'ReferralVisitCancelled', 'ReferralTreatmentStarted', 'ReferralVisitKept',
      ...GOES_ON, 'PlanEstablished'],
    when: isToBeBooked, metBy: ['ReferralVisitBooked'],
    calledOffBy: [...CARE_ENDS, ...ASKED, ...PAUSES, 'PlanCompleted', 'PlanDiscontinued'],
    tells: { atOnce: [DESK], later: [REFERRER] },
  },
  {
    deadline: 'T-FIRST', side: 'recipient', startsOn: ['ReferralSent'], metBy: ['ReferralTreatmentStarted'],
    calledOffBy: ['ReferralOutcomeReported'], tells: { atOnce: [REFERRER] },
  },
  {
    deadline: 'T-DECLINED', side: 'referrer', startsOn: ['ReferralDeclined'],
    metBy: ['ReferralRedirected', 'ReferralWithdrawn', 'ReferralVoided'], calledOffBy: ['ReferralDeclineReversed'],
    tells: { atOnce: [PRACTICE] },
  },
  {
    deadline: 'T-CANCEL', side: 'recipient', startsOn: ['ReferralCancellationRequested'],
    metBy: ['ReferralCancelled', 'ReferralCancellationRefused', 'ReferralOutcomeReported'],
    then: { type: 'ConfirmCancellation' }, tells: { refused: [LEAD] },
  },
  {
    deadline: 'T-HOLD', side: 'holder', startsOn: ['ReferralPutOnHold', 'ReferralCancellationRefused'],
    when: isStillOnHold, due: reviewDay,
    metBy: ['ReferralResumed', 'ReferralCancellationRequested', 'ReferralOutcomeReported'],
    tells: { atOnce: [LEAD, REFERRER] },
  },
  {
    deadline: 'T-OUTCOME', side: 'recipient',
    startsOn: ['PlanCompleted', 'PlanDiscontinued', 'ReferralCancellationRefused', 'ReferralOutcomeQueried'],
    when: isUntold, metBy: ['ReferralOutcomeReported', 'ReferralOutcomeAmended'], calledOffBy: [...LEG_GOES, 'PlanEstablished'],
    tells: { atOnce: [LEAD], later: [REFERRER] },
  },
  {
    deadline: 'T-ACKOUT', side: 'referrer', startsOn: ['ReferralOutcomeReported'],
    metBy: ['ReferralOutcomeAcknowledged'], pausesOn: ['ReferralOutcomeQueried'],
    resumesOn: ['ReferralOutcomeAmended'], tells: { later: [PRACTICE] },
  },
  {
    deadline: 'T-VALID', side: 'recipient', startsOn: ['ReferralSent'], due: validity,
    metBy: ['ReferralTreatmentStarted'], calledOffBy: ['ReferralOutcomeReported'], then: { type: 'ExpireReferral' },
  },
];
