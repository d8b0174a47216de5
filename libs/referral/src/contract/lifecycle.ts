/**
 * The referral's lifecycle as data: who may do what from where. The decider, `allowedActions`, the generated
 * walk over (state × command × role) and the picture in the documentation all read these rows.
 * Merged from FHIR, 360X, BSeR, Gravity, COW and e-RS (docs/domain/referral.md#states).
 */
import { lifecycle, type Role, type Transition } from '@fascia/kernel/contract';
import type { ReferralCommandType } from './commands.js';
import type { ReferralEvent } from './events.js';

// prettier-ignore
export const STAGES = [
  'none', 'Draft', 'Sent', 'InTriage', 'InfoRequested', 'Accepted', 'Booked', 'InTreatment', 'OnHold',
  'CancelRequested', 'Declined', 'OutcomeReported', 'Closed', 'Withdrawn', 'Cancelled', 'Expired', 'Voided',
  'Superseded', 'Discarded',
] as const;

export type Stage = (typeof STAGES)[number];

/**
 * Destinations that the state decides: `prior` goes back to the stage remembered on hold or on a cancellation request; `unbooked` is
 * Accepted when no other visit is booked, else Booked.
 */
export type Destination = 'prior' | 'unbooked';

/** What must be so beside the stage, as far as a screen needs it to offer a button. */
export type Circumstance =
  | 'directed leg'
  | 'pool leg, unclaimed'
  | 'pool leg, claimed'
  | "leg is the recipient's"
  | 'redirect proposed'
  | 'proposal open'
  | 'no proposal open'
  | 'revision to acknowledge';

export type TransitionRow = Transition<
  Stage,
  ReferralCommandType,
  ReferralEvent['type'],
  Destination,
  Circumstance
>;

const PHY: Role = 'physician';
const DEL: Role = 'delegate';
const COO: Role = 'coordinator';
const THE: Role = 'therapist';
const SCH: Role = 'scheduler';
const PAT: Role = 'patient';
const SYS: Role = 'system';
const REC: Role = 'records';

const BEFORE_TREATMENT: readonly Stage[] = ['Accepted', 'Booked'];
/** Care is given. */
export const UNDER_CARE: readonly Stage[] = ['Accepted', 'Booked', 'InTreatment'];
/** Care was begun, or may have been. What comes of a visit is told meanwhile too. */
const PAUSED: readonly Stage[] = ['OnHold', 'CancelRequested'];
/** Care was taken on, and its outcome is still to be reported. */
export const BEFORE_OUTCOME: readonly Stage[] = [...UNDER_CARE, ...PAUSED];
const WITH_RECIPIENT: readonly Stage[] = [
  'InTriage',
  'InfoRequested',
  'Accepted',
  'Booked',
  'InTreatment',
  'OnHold',
];
const R1_TO_R7: readonly Stage[] = ['Sent', ...WITH_RECIPIENT];
const R1_TO_R10: readonly Stage[] = [...R1_TO_R7, 'CancelRequested', 'Declined', 'OutcomeReported'];

const rowOf =
  (row: string, command: ReferralCommandType, events: TransitionRow['events']) =>
  (
    from: readonly Stage[],
    to: TransitionRow['to'],
    who: readonly Role[],
    when?: Circumstance,
  ): TransitionRow => ({
    row,
    command,
    events,
    from,
    to,
    who,
    ...(when === undefined ? {} : { when }),
  });

// prettier-ignore
export const TRANSITIONS: readonly TransitionRow[] = [
  rowOf('1', 'DraftReferral', ['ReferralDrafted'])(['none'], 'Draft', [PHY, DEL]),
  rowOf('2a', 'EditDraft', ['ReferralDraftEdited'])(['Draft'], 'same', [PHY, DEL]),
  rowOf('2b', 'DiscardDraft', ['ReferralDraftDiscarded'])(['Draft'], 'Discarded', [PHY, DEL, SYS]),
  rowOf('3', 'SendReferral', ['ReferralSent'])(['Draft'], 'Sent', [PHY]),
  rowOf('4a', 'ClaimReferral', ['ReferralClaimed'])(['Sent'], 'InTriage', [COO, THE], 'pool leg, unclaimed'),
  rowOf('4b', 'ReleaseReferral', ['ReferralReleased'])(['InTriage'], 'Sent', [COO, THE], 'pool leg, claimed'),
  rowOf('5', 'AcknowledgeReceipt', ['ReferralReceived'])(['Sent'], 'InTriage', [COO, SYS], 'directed leg'),
  rowOf('6', 'RequestInformation', ['ReferralInformationRequested'])(
    ['InTriage', 'Accepted'], 'InfoRequested', [COO, THE]),
  rowOf('7', 'SupplyInformation', ['ReferralInformationSupplied'])(['InfoRequested'], 'InTriage', [PHY, DEL]),
  rowOf('8', 'AcceptReferral', ['ReferralAccepted'])(
    ['Sent', 'InTriage'], 'Accepted', [COO, THE], "leg is the recipient's"),
  rowOf('9', 'DeclineReferral', ['ReferralDeclined'])(
    ['Sent', 'InTriage', 'InfoRequested', ...BEFORE_TREATMENT],
    'Declined', [COO, THE, SYS], "leg is the recipient's"),
  rowOf('10a', 'ProposeRedirect', ['ReferralRedirectProposed'])(
    ['InTriage', 'Accepted'], 'same', [COO, THE], 'no proposal open'),
  rowOf('10b', 'ProposeStop', ['ReferralStopProposed'])(
    WITH_RECIPIENT, 'same', [COO, THE], 'no proposal open'),
  rowOf('10c', 'RejectProposal', ['ReferralProposalRejected'])(
    WITH_RECIPIENT, 'same', [PHY], 'proposal open'),
  rowOf('11a', 'RedirectReferral', ['ReferralRedirected'])(
    ['Sent', 'InTriage', 'InfoRequested', 'Declined'], 'Sent', [PHY]),
  rowOf('11b', 'RedirectReferral', ['ReferralRedirected'])(
    BEFORE_TREATMENT, 'Sent', [PHY], 'redirect proposed'),
  rowOf('12a', 'BookVisit', ['ReferralVisitBooked'])(['Accepted'], 'Booked', [SCH, COO, THE, PAT, SYS]),
  rowOf('12b', 'BookVisit', ['ReferralVisitBooked'])(
    ['Booked', 'InTreatment'], 'same', [SCH, COO, THE, PAT, SYS]),
  rowOf('12c', 'MoveVisit', ['ReferralVisitMoved'])(['Booked', 'InTreatment', ...PAUSED], 'same', [SYS]),
  rowOf('13a', 'RecordNoShow', ['ReferralVisitMissed'])(['Booked'], 'unbooked', [THE, SCH, COO, SYS]),
  rowOf('13b', 'RecordNoShow', ['ReferralVisitMissed'])(
    ['InTreatment', ...PAUSED], 'same', [THE, SCH, COO, SYS]),
  rowOf('13c', 'RecordAttendance', ['ReferralVisitKept'])(['InTreatment', ...PAUSED], 'same', [SYS]),
  rowOf('14a', 'CancelVisit', ['ReferralVisitCancelled'])(['Booked'], 'unbooked', [PAT, SCH, COO, THE, SYS]),
  rowOf('14b', 'CancelVisit', ['ReferralVisitCancelled'])(
    ['InTreatment', ...PAUSED], 'same', [PAT, SCH, COO, THE, SYS]),
  rowOf('15a', 'StartTreatment', ['ReferralTreatmentStarted'])(BEFORE_TREATMENT, 'InTreatment', [SYS]),
  rowOf('15b', 'StartTreatment', ['ReferralTreatmentStarted'])(PAUSED, 'same', [SYS]),
  rowOf('16', 'SendInterimNote', ['ReferralInterimNoteSent'])(
    ['Booked', 'InTreatment', 'OnHold'], 'same', [THE]),
  rowOf('17', 'HoldReferral', ['ReferralPutOnHold'])(UNDER_CARE, 'OnHold', [PHY, THE, SYS]),
  rowOf('18', 'ResumeReferral', ['ReferralResumed'])(['OnHold'], 'prior', [PHY, THE]),
  rowOf('19', 'WithdrawReferral', ['ReferralWithdrawn'])(
    ['Sent', 'InTriage', 'InfoRequested', 'Declined'], 'Withdrawn', [PHY, PAT, SYS]),
  rowOf('20', 'RequestCancellation', ['ReferralCancellationRequested'])(
    [...UNDER_CARE, 'OnHold'], 'CancelRequested', [PHY, PAT, SYS]),
  rowOf('21', 'ConfirmCancellation', ['ReferralCancelled'])(
    ['CancelRequested'], 'Cancelled', [COO, THE, SYS]),
  rowOf('22', 'RefuseCancellation', ['ReferralCancellationRefused'])(['CancelRequested'], 'prior', [THE]),
  rowOf('23', 'ReportOutcome', ['ReferralOutcomeReported'])(
    BEFORE_OUTCOME, 'OutcomeReported', [THE]),
  rowOf('24', 'ReverseDecline', ['ReferralDeclineReversed'])(['Declined'], 'InTriage', [COO, THE]),
  rowOf('25', 'AcknowledgeOutcome', ['ReferralOutcomeAcknowledged', 'ReferralClosed'])(
    ['OutcomeReported'], 'Closed', [PHY]),
  rowOf('26a', 'QueryOutcome', ['ReferralOutcomeQueried'])(['OutcomeReported'], 'same', [PHY]),
  rowOf('26b', 'AmendOutcome', ['ReferralOutcomeAmended'])(['OutcomeReported'], 'same', [THE]),
  rowOf('27', 'ExpireReferral', ['ReferralExpired'])(
    ['Sent', 'InTriage', 'InfoRequested', ...BEFORE_TREATMENT, 'OnHold', 'Declined'], 'Expired', [SYS]),
  rowOf('28', 'VoidReferral', ['ReferralVoided'])(
    ['Draft', 'Sent', 'InTriage', 'InfoRequested', 'Declined'], 'Voided', [PHY, REC]),
  rowOf('29a', 'ReviseReferral', ['ReferralRevised'])(R1_TO_R7, 'same', [PHY]),
  rowOf('29b', 'SupersedeReferral', ['ReferralSuperseded'])(R1_TO_R7, 'Superseded', [PHY]),
  rowOf('29c', 'AcknowledgeRevision', ['ReferralRevisionAcknowledged'])(
    R1_TO_R7, 'same', [COO, THE], 'revision to acknowledge'),
  rowOf('30', 'PostMessage', ['ReferralMessagePosted'])(R1_TO_R10, 'same', [PHY, DEL, COO, THE]),
];

export const referralLifecycle = lifecycle(STAGES, TRANSITIONS);

/** Stages in which the loop is over: nothing more is expected of anybody. */
export const ENDED: readonly Stage[] = [
  'Closed',
  'Withdrawn',
  'Cancelled',
  'Expired',
  'Voided',
  'Superseded',
  'Discarded',
];

export const isOpen = (stage: Stage): boolean =>
  stage !== 'none' && stage !== 'Draft' && !ENDED.includes(stage);

export const SIDES_TO_MOVE = ['referrer', 'recipient', 'patient', 'nobody'] as const;

type Side = (typeof SIDES_TO_MOVE)[number];

// prettier-ignore
const MOVES: Readonly<Record<Stage, Side>> = {
  none: 'nobody', Draft: 'referrer', Sent: 'recipient', InTriage: 'recipient', InfoRequested: 'referrer',
  Accepted: 'recipient', Booked: 'recipient', InTreatment: 'recipient', OnHold: 'recipient',
  CancelRequested: 'recipient', Declined: 'referrer', OutcomeReported: 'referrer', Closed: 'nobody',
  Withdrawn: 'nobody', Cancelled: 'nobody', Expired: 'nobody', Voided: 'nobody', Superseded: 'nobody',
  Discarded: 'nobody',
};

/** Who put an order on hold; `safety`: a red flag did. */
export const HOLDERS = ['referrer', 'recipient', 'safety'] as const;

export type Holder = (typeof HOLDERS)[number];

/** Whose move it is, by stage; a hold's is its holder's. */
export const whoseMove = (stage: Stage, holder?: Holder): Side => {
  if (stage === 'OnHold' && holder !== undefined) return holder === 'recipient' ? 'recipient' : 'referrer';
  return MOVES[stage];
};
