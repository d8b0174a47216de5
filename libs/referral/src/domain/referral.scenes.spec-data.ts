/** A referral in every stage, by the events that lead there; and facts under which every command may succeed. */
import { weekdaysIn } from '@fascia/clinical/calendar';
import { past } from '@fascia/testkit';
import type { Actor, Fact, Role } from '@fascia/kernel';
import type { ReferralEvent } from '../contract/events.js';
import type { OrderContent } from '../contract/order.js';
import type { Stage } from '../contract/lifecycle.js';
import type { ReferralCommand, ReferralCommandOf, ReferralCommandType } from '../contract/commands.js';
import { DEFAULT_PROFILE, type ListingFact, type ReferralFacts } from './facts.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const PRACTICE = uuid(1);
export const CLINIC = uuid(2);
export const OTHER_CLINIC = uuid(3);
export const PATIENT = uuid(10);
export const LISTING = uuid(20);
export const OTHER_LISTING = uuid(21);
export const DIAGNOSIS = uuid(30);
export const SESSION = uuid(40);
export const FLAG = uuid(50);

export const actor = (role: Role, organizationId: string, n = 90): Actor => ({
  sub: `${role}-${String(n)}`,
  role,
  organizationId,
  practitionerId: uuid(n),
});
export const PHYSICIAN = actor('physician', PRACTICE, 91);
export const THERAPIST = actor('therapist', CLINIC, 92);
export const COORDINATOR = actor('coordinator', CLINIC, 93);
export const STRANGER = actor('coordinator', OTHER_CLINIC, 94);
export const SYSTEM: Actor = { sub: 'process:spec', role: 'system' };

export const SCREENING_ITEMS = ['F01', 'F02', 'F03'] as const;

type Content = ReferralCommandOf<'DraftReferral'>['content'];

export const CONTENT: Content = {
  priority: 'routine',
  service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
  target: { kind: 'directed', listingId: LISTING },
  sites: [{ region: 'shoulder', side: 'right', tissues: ['tendon'] }],
  diagnosisIds: [DIAGNOSIS],
  onset: 'unknown',
  clinicalQuestion: 'Restore overhead reach.',
  screening: SCREENING_ITEMS.map((flagId) => ({ flagId, answer: 'no' as const })),
  precautions: [],
  requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
  payer: { profile: 'SELF-PAY' },
};

export const POOL_CONTENT: Content = {
  ...CONTENT,
  target: { kind: 'pool', listingIds: [LISTING, OTHER_LISTING] },
};

export const listing = (
  listingId: string,
  organizationId: string,
  more: Partial<ListingFact> = {},
): ListingFact => ({
  listingId,
  organizationId,
  zone: 'UTC',
  today: '2026-04-01',
  published: true,
  services: ['STM'],
  regions: ['shoulder'],
  payers: ['SELF-PAY'],
  capacity: 'open',
  performers: ['225700000X'],
  ageMin: 18,
  ageMax: 90,
  ...more,
});

export const FACTS: ReferralFacts = {
  calendar: weekdaysIn('UTC'),
  patient: { birthDate: '1980-05-05' },
  signer: { practitionerId: PHYSICIAN.practitionerId ?? '', hasNpi: true, licensed: true, suspended: false },
  listings: [listing(LISTING, CLINIC)],
  consents: [],
  diagnoses: [
    {
      diagnosisId: DIAGNOSIS,
      patientId: PATIENT,
      code: 'M75.21',
      verification: 'confirmed',
      bounces: false,
      place: { region: 'shoulder', side: 'right' },
    },
  ],
  hazards: [],
  documents: [{ documentId: uuid(71), sha256: 'a'.repeat(64) }],
  flags: [],
  holds: { facts: [], at: '2026-04-01T09:00:00.000Z', day: '2026-04-01' },
  unsettled: [],
  duplicates: [],
  care: {
    inProgress: 0,
    performedUnsigned: 0,
    notEnded: 0,
    upcoming: [],
    finalMeasureIds: [uuid(60)],
    goals: { planId: uuid(61), unmet: [] },
  },
  profile: DEFAULT_PROFILE,
  screeningItems: SCREENING_ITEMS,
};

type History = readonly Fact<ReferralEvent>[];

export const by = (who: Actor, event: ReferralEvent): Fact<ReferralEvent> => past(event, who);

const draft = (content: OrderContent): History => [
  by(PHYSICIAN, {
    type: 'ReferralDrafted',
    data: { patientId: PATIENT, referrerOrganizationId: PRACTICE, content },
  }),
];

const sent = (content: OrderContent, organizationIds: string[]): History => [
  ...draft(content),
  by(PHYSICIAN, {
    type: 'ReferralSent',
    data: {
      patientId: PATIENT,
      referrerOrganizationId: PRACTICE,
      legNo: 1,
      content,
      diagnosisCodes: ['M75.21'],
      validUntil: '2026-06-30T09:00:00.000Z',
      placement: { target: content.target ?? { kind: 'directed', listingId: LISTING }, organizationIds },
      basis: { kind: 'TREATMENT' },
      signature: { practitionerId: PHYSICIAN.practitionerId ?? '', at: '2026-04-01T09:00:00.000Z' },
    },
  }),
];

/** Sent to one clinic, with another content where it matters. */
export const sentWith = (content: Partial<OrderContent>): History =>
  sent({ ...CONTENT, ...content }, [CLINIC]);
export const DIRECTED_SENT = sentWith({});
/** To the other clinic. */
export const REDIRECTED: ReferralEvent = {
  type: 'ReferralRedirected',
  data: {
    legNo: 2,
    placement: { target: { kind: 'directed', listingId: OTHER_LISTING }, organizationIds: [OTHER_CLINIC] },
    basis: { kind: 'TREATMENT' },
    bookingsCancelled: [],
  },
};
export const POOL_SENT = sent(POOL_CONTENT, [CLINIC, OTHER_CLINIC]);
export const POOL_CLAIMED: History = [
  ...POOL_SENT,
  by(COORDINATOR, { type: 'ReferralClaimed', data: { organizationId: CLINIC, listingId: LISTING } }),
];

const triage: History = [...DIRECTED_SENT, by(COORDINATOR, { type: 'ReferralReceived', data: {} })];
const accepted: History = [...triage, by(THERAPIST, { type: 'ReferralAccepted', data: {} })];
const visit = (sessionId: string): Fact<ReferralEvent> =>
  by(THERAPIST, {
    type: 'ReferralVisitBooked',
    data: { sessionId, kind: 'treatment', start: '2026-04-08T09:00:00.000Z' },
  });
const booked: History = [...accepted, visit(SESSION)];
/** Another visit was the first; {@link SESSION} is to come. */
const treated: History = [
  ...booked,
  visit(uuid(42)),
  by(SYSTEM, { type: 'ReferralTreatmentStarted', data: { sessionId: uuid(42) } }),
];
const outcome: History = [
  ...treated,
  by(THERAPIST, {
    type: 'ReferralOutcomeReported',
    data: {
      kind: 'goals-met',
      summary: 'Full reach.',
      finalMeasureIds: [],
      signature: { practitionerId: uuid(92), at: '2026-05-01T09:00:00.000Z' },
    },
  }),
];

export const SCENES: Readonly<Record<Stage, History>> = {
  none: [],
  Draft: draft(CONTENT),
  Discarded: [...draft(CONTENT), by(PHYSICIAN, { type: 'ReferralDraftDiscarded', data: {} })],
  Sent: DIRECTED_SENT,
  InTriage: triage,
  InfoRequested: [
    ...triage,
    by(COORDINATOR, {
      type: 'ReferralInformationRequested',
      data: { questions: [{ questionId: 'q1', text: 'Since when?', mandatory: true }] },
    }),
  ],
  Accepted: accepted,
  Booked: booked,
  InTreatment: treated,
  OnHold: [
    ...treated,
    by(PHYSICIAN, {
      type: 'ReferralPutOnHold',
      data: { holder: 'referrer', reason: 'Away.', reviewBy: '2026-04-20', bookingsCancelled: [] },
    }),
  ],
  CancelRequested: [
    ...treated,
    by(PHYSICIAN, { type: 'ReferralCancellationRequested', data: { reason: 'Moved.', deceased: false } }),
  ],
  Declined: [
    ...triage,
    by(COORDINATOR, {
      type: 'ReferralDeclined',
      data: { reason: 'capacity', flagIds: [], bookingsCancelled: [] },
    }),
  ],
  OutcomeReported: outcome,
  Closed: [
    ...outcome,
    by(PHYSICIAN, { type: 'ReferralOutcomeAcknowledged', data: { mode: 'MANUAL' } }),
    by(PHYSICIAN, { type: 'ReferralClosed', data: {} }),
  ],
  Withdrawn: [
    ...triage,
    by(PHYSICIAN, { type: 'ReferralWithdrawn', data: { reason: 'Recovered.', deceased: false } }),
  ],
  Cancelled: [...treated, by(COORDINATOR, { type: 'ReferralCancelled', data: {} })],
  Expired: [...triage, by(SYSTEM, { type: 'ReferralExpired', data: {} })],
  Voided: [
    ...draft(CONTENT),
    ...DIRECTED_SENT.slice(1),
    by(PHYSICIAN, { type: 'ReferralVoided', data: { reason: 'Wrong patient.' } }),
  ],
  Superseded: [
    ...accepted,
    by(PHYSICIAN, { type: 'ReferralSuperseded', data: { replacementId: uuid(70), reason: 'Other side.' } }),
  ],
};

/** A command of every type that its rules accept under {@link FACTS}, wherever the table allows it. */
export const COMMANDS: { readonly [T in ReferralCommandType]: Extract<ReferralCommand, { type: T }> } = {
  DraftReferral: { type: 'DraftReferral', patientId: PATIENT, content: CONTENT },
  EditDraft: { type: 'EditDraft', content: { ...CONTENT, priority: 'urgent' } },
  DiscardDraft: { type: 'DiscardDraft' },
  SendReferral: { type: 'SendReferral' },
  ClaimReferral: { type: 'ClaimReferral' },
  ReleaseReferral: { type: 'ReleaseReferral', reason: 'Full next week.' },
  AcknowledgeReceipt: { type: 'AcknowledgeReceipt' },
  RequestInformation: {
    type: 'RequestInformation',
    questions: [{ questionId: 'q1', text: 'Since when?', mandatory: true }],
  },
  SupplyInformation: { type: 'SupplyInformation', answers: [{ questionId: 'q1', text: 'March.' }] },
  AcceptReferral: { type: 'AcceptReferral' },
  DeclineReferral: { type: 'DeclineReferral', reason: 'capacity' },
  ProposeRedirect: { type: 'ProposeRedirect', listingId: OTHER_LISTING, reason: 'They treat hands.' },
  ProposeStop: { type: 'ProposeStop', reason: 'No soft-tissue cause.' },
  RejectProposal: { type: 'RejectProposal', reason: 'Carry on.' },
  RedirectReferral: { type: 'RedirectReferral', target: { kind: 'directed', listingId: OTHER_LISTING } },
  BookVisit: { type: 'BookVisit', sessionId: uuid(41), kind: 'treatment', start: '2026-04-10T09:00:00.000Z' },
  MoveVisit: { type: 'MoveVisit', sessionId: SESSION, start: '2026-04-09T09:00:00.000Z' },
  RecordAttendance: { type: 'RecordAttendance', sessionId: SESSION },
  RecordNoShow: { type: 'RecordNoShow', sessionId: SESSION },
  CancelVisit: { type: 'CancelVisit', sessionId: SESSION, by: 'patient', noticeHours: 24 },
  StartTreatment: { type: 'StartTreatment', sessionId: SESSION },
  SendInterimNote: { type: 'SendInterimNote', documentId: uuid(71) },
  HoldReferral: { type: 'HoldReferral', reason: 'Away.', reviewBy: '2026-04-15' },
  ResumeReferral: { type: 'ResumeReferral' },
  WithdrawReferral: { type: 'WithdrawReferral', reason: 'Recovered.' },
  RequestCancellation: { type: 'RequestCancellation', reason: 'Moved.' },
  ConfirmCancellation: { type: 'ConfirmCancellation' },
  RefuseCancellation: { type: 'RefuseCancellation', reason: 'One visit left.' },
  ReportOutcome: { type: 'ReportOutcome', kind: 'goals-met', summary: 'Full reach.' },
  ReverseDecline: { type: 'ReverseDecline', reason: 'A place came free.' },
  AcknowledgeOutcome: { type: 'AcknowledgeOutcome' },
  QueryOutcome: { type: 'QueryOutcome', question: 'At rest too?' },
  AmendOutcome: { type: 'AmendOutcome', addendum: 'Also at rest.', reason: 'Asked.' },
  ExpireReferral: { type: 'ExpireReferral' },
  VoidReferral: { type: 'VoidReferral', reason: 'Wrong patient.' },
  ReviseReferral: { type: 'ReviseReferral', content: CONTENT, reason: 'Priority.' },
  SupersedeReferral: { type: 'SupersedeReferral', replacementId: uuid(70), reason: 'Other side.' },
  AcknowledgeRevision: { type: 'AcknowledgeRevision' },
  PostMessage: { type: 'PostMessage', text: 'Thank you.' },
};
