/** What a sensible person says with each command: the first words are the most natural ones. A command without words is nobody's. */
import type { PlanRow } from '@fascia/plan';
import type { PlanCommandType } from '@fascia/plan/contract';
import type { ReferralRow } from '@fascia/referral';
import type { ReferralCommandType } from '@fascia/referral/contract';
import type { FlagCommandType, PrecautionCommand } from '@fascia/safety/contract';
import type { SessionRow } from '@fascia/session';
import type { SessionCommandType } from '@fascia/session/contract';
import type { TaskCommandType } from '@fascia/task/contract';
import { NAMING_NOTHING } from '../../libs/plan/src/domain/plan.scenes.spec-data.js';
import { CLINICS, LISTINGS, PATIENT, TWIN, type Person } from './dead-ends.people.js';
import type { CareWorld } from './dead-ends.world.js';

type Words = Readonly<Record<string, unknown>>;
type PrecautionCommandType = PrecautionCommand['type'];
export type WordsOf<Command extends string, R> = Readonly<
  Partial<Record<Command, (row: R, world: CareWorld, by: Person) => readonly Words[]>>
>;

const NOTHING: readonly Words[] = [{}];
const nothing = (): readonly Words[] => NOTHING;
const reason = 'As things are.';
const because = (): readonly Words[] => [{ reason }];

const HOUR_MS = 3_600_000;
const hoursAfter = (ms: number, hours: number): string => new Date(ms + hours * HOUR_MS).toISOString();
const later = ({ clock }: CareWorld, hours: number): string => hoursAfter(clock.now().getTime(), hours);
const dayLater = (world: CareWorld, days: number): string => later(world, 24 * days).slice(0, 10);

const QUESTIONS = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'];
const screening = (positive?: string) =>
  QUESTIONS.map((flagId) => ({ flagId, answer: flagId === positive ? 'yes' : 'no' }));

/** The patient's record: the one that stands, where two were merged. */
export const recordOf = ({ events }: CareWorld): string =>
  events.some(({ type }) => type === 'PatientMerged') ? TWIN : PATIENT;

interface DiagnosisRow {
  readonly id: string;
  readonly verification: string;
}

/** Of those that stand the first. */
export const standingDiagnosis = ({ tables }: CareWorld): string | undefined =>
  tables.all<DiagnosisRow>({ name: 'diagnosis' }).find(({ verification }) => verification === 'confirmed')
    ?.id;

const diagnosed = (world: CareWorld) => ({
  diagnosisIds: [standingDiagnosis(world)].filter((id) => id !== undefined),
});

const order = (world: CareWorld) => ({
  ...diagnosed(world),
  priority: 'routine',
  service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
  sites: [{ region: 'shoulder', side: 'right', tissues: ['tendon'] }],
  onset: 'unknown',
  clinicalQuestion: 'Restore overhead reach.',
  screening: screening(),
  precautions: [],
  requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
  payer: { profile: 'SELF-PAY' },
});

const directed = (n: 0 | 1) => ({ kind: 'directed', listingId: LISTINGS[n] });

export const ordersFor = (world: CareWorld): readonly Words[] => [
  { ...order(world), target: directed(0) },
  { ...order(world), target: { kind: 'pool', listingIds: [...LISTINGS] } },
  { ...order(world), target: directed(1), payer: { profile: 'US-MEDICARE-B' } },
  { ...order(world), target: directed(0), screening: screening('F06') },
];

/** To somebody else than has it now. */
const elsewhere = ({ recipient_organization_id }: ReferralRow): 0 | 1 =>
  recipient_organization_id === CLINICS[0] ? 1 : 0;

export const REFERRAL_WORDS: WordsOf<ReferralCommandType, ReferralRow> = {
  EditDraft: ({ content }, world) => [
    { content: { ...content, ...diagnosed(world), priority: 'urgent' } },
    { content: { ...content, ...diagnosed(world), target: directed(1) } },
  ],
  DiscardDraft: nothing,
  SendReferral: nothing,
  ClaimReferral: nothing,
  ReleaseReferral: because,
  AcknowledgeReceipt: nothing,
  RequestInformation: () => [{ questions: [{ questionId: 'q1', text: 'Since when?', mandatory: true }] }],
  SupplyInformation: () => [{ answers: [{ questionId: 'q1', text: 'March.' }] }],
  AcceptReferral: nothing,
  DeclineReferral: () => [{ reason: 'capacity' }, { reason: 'red-flag', flags: ['F06'] }],
  ProposeRedirect: (row) => [{ listingId: LISTINGS[elsewhere(row)], reason }],
  ProposeStop: because,
  RejectProposal: because,
  RedirectReferral: (row) => [
    { target: directed(elsewhere(row)), overrideReason: reason },
    { target: directed(elsewhere(row) === 0 ? 1 : 0), overrideReason: reason },
  ],
  HoldReferral: (_row, world) => [{ reason, reviewBy: dayLater(world, 5) }],
  ResumeReferral: nothing,
  WithdrawReferral: because,
  RequestCancellation: because,
  ConfirmCancellation: nothing,
  RefuseCancellation: because,
  ReportOutcome: () => [
    { kind: 'plateau', summary: 'As far as it goes.', noFinalMeasuresReason: 'None were taken.' },
  ],
  ReverseDecline: because,
  AcknowledgeOutcome: nothing,
  QueryOutcome: () => [{ question: 'At rest too?' }],
  AmendOutcome: () => [{ addendum: 'Also at rest.', reason }],
  VoidReferral: because,
  ReviseReferral: ({ content }, world) => [
    {
      content: { ...content, ...diagnosed(world), requested: { frequencyPerWeek: 1, weeks: 3, visits: 3 } },
      reason,
    },
    {
      content: { ...content, ...diagnosed(world), requested: { frequencyPerWeek: 2, weeks: 3, visits: 6 } },
      reason,
    },
  ],
  SupersedeReferral: ({ id }, { tables }) =>
    tables
      .all<ReferralRow>({ name: 'referral' })
      .filter((other) => other.id !== id && other.open)
      .slice(0, 1)
      .map((other) => ({ replacementId: other.id, reason })),
  AcknowledgeRevision: nothing,
  PostMessage: () => [{ text: 'Thank you.' }],
};

export const planContent = (world: CareWorld) => ({
  ...NAMING_NOTHING,
  ...diagnosed(world),
  startDate: '2026-04-02',
  plannedVisits: 8,
  coInterventions: [],
  interventions: NAMING_NOTHING.interventions.map((one) => ({ ...one, technique: 'MFR' })),
});

export const PLAN_WORDS: WordsOf<PlanCommandType, PlanRow> = {
  EditPlan: ({ content }, world) => [{ content: { ...content, ...diagnosed(world), plannedVisits: 6 } }],
  EstablishPlan: nothing,
  SubmitPlan: () => [{ channel: 'portal' }],
  ReviewPlan: () => [{ agree: false, text: 'Fewer visits.' }, { agree: true }],
  CertifyPlan: () => [{}, { delayed: true, reason }],
  CompletePlan: nothing,
  DiscontinuePlan: because,
};

const PRE_SCREEN = {
  flags: [],
  vitals: { sbpMmHg: 128, heartRatePerMin: 70, tempCelsius: 36.8 },
  skinIntact: true,
  consentVerbal: true,
  nprsPre: 5,
};

export const SESSION_WORDS: WordsOf<SessionCommandType, SessionRow> = {
  RescheduleSession: (_row, world) => [
    { start: later(world, 30), end: later(world, 31) },
    { start: later(world, 30), end: later(world, 31), beyondOrder: reason },
  ],
  CancelSession: () => [
    { by: 'clinic', reason },
    { by: 'patient', reason },
  ],
  MarkNoShow: nothing,
  CheckIn: nothing,
  RecordPreScreen: () => [
    PRE_SCREEN,
    { ...PRE_SCREEN, vitals: { sbpMmHg: 200 } },
    { ...PRE_SCREEN, flags: ['F01'] },
    { ...PRE_SCREEN, consentVerbal: false },
  ],
  StartSession: nothing,
  RecordIntervention: () => [
    {
      technique: 'MFR',
      region: 'shoulder',
      side: 'right',
      tissue: 'tendon',
      pressureGrade: 2,
      minutes: 15,
      cpt: '97140',
    },
  ],
  StopSession: because,
  // Just now; or when it was entered for.
  CompleteSession: ({ start_at }, world) =>
    [
      { start: later(world, -1), end: later(world, 0) },
      { start: start_at, end: hoursAfter(Date.parse(start_at), 1) },
    ].map((period) => ({
      ...period,
      totalTreatmentMinutes: 50,
      nprsPost: 3,
      narrative: { subjective: 'Sore.', objective: 'Tender.', assessment: 'Better.', plan: 'Go on.' },
    })),
  SignSession: () => [{}, { reason: 'The therapist is away.' }],
  VoidSession: because,
  AmendSession: () => [{ text: 'Left out: ice.', reason }],
};

export const FLAG_WORDS: WordsOf<FlagCommandType, unknown> = {
  ClearFlag: () => [{ rationale: 'Seen, and nothing found.' }],
  ConfirmFlag: () => [{ disposition: 'Sent to hospital.' }],
  RecordCall: () => [{ to: 'Emergency department', channel: 'phone', reached: true }],
};

export const PRECAUTION_WORDS: WordsOf<PrecautionCommandType, unknown> = {
  ConfirmPrecaution: nothing,
  DismissPrecaution: because,
  ResolvePrecaution: () => [{ reason, evidence: 'A finding.' }],
};

export const CONSENT_WORDS: WordsOf<'WithdrawConsent', unknown> = { WithdrawConsent: nothing };

export const TASK_WORDS: WordsOf<TaskCommandType, unknown> = {
  ClaimTask: nothing,
  ReleaseTask: because,
  CompleteTask: nothing,
  CancelTask: because,
};

/** Of nothing that is there yet. */
export const CONSENTS = {
  given: (world: CareWorld): Words => ({
    type: 'GrantConsent',
    patientId: recordOf(world),
    purposes: ['TREAT'],
    organizationIds: [...CLINICS],
    from: world.now.slice(0, 10),
    method: 'verbal',
  }),
  restricted: (world: CareWorld, organizationIds: readonly string[]): Words => ({
    type: 'RestrictConsent',
    patientId: recordOf(world),
    organizationIds,
    reason,
  }),
};

export const flagRaised = (world: CareWorld, catalogueId: string, more: Words = {}): Words => ({
  type: 'RaiseFlag',
  patientId: recordOf(world),
  catalogueId,
  source: 'by-hand',
  ...more,
});

export const visitBooked = (world: CareWorld, referralId: string, therapistId: string): readonly Words[] => {
  const visit = {
    type: 'ScheduleSession',
    referralId,
    kind: 'treatment',
    therapistId,
    start: later(world, 1),
    end: later(world, 2),
  };
  return [visit, { ...visit, beyondOrder: reason }];
};

export const precautionRecorded = (world: CareWorld, catalogueId: string): Words => ({
  type: 'RecordPrecaution',
  patientId: recordOf(world),
  catalogueId,
  details: [],
  source: 'patient',
});
