/** One event of each type that some process takes, as its contract declares it. */
import { randomUUID } from 'node:crypto';
import { ASSESSMENT_CONTRACT } from '@fascia/assessment/contract';
import { DEADLINE_CONTRACT } from '@fascia/deadline/contract';
import { DIAGNOSIS_CONTRACT } from '@fascia/diagnosis/contract';
import {
  CONSENT_CONTRACT,
  LISTING_CONTRACT,
  ORGANIZATION_CONTRACT,
  PATIENT_CONTRACT,
  PRACTITIONER_CONTRACT,
} from '@fascia/directory/contract';
import { streamOf, uuidFrom, type Actor, type Category, type Contract, type Instant } from '@fascia/kernel';
import { PLAN_CONTRACT } from '@fascia/plan/contract';
import { REFERRAL_CONTRACT } from '@fascia/referral/contract';
import { FLAG_CONTRACT } from '@fascia/safety/contract';
import { SESSION_CONTRACT } from '@fascia/session/contract';
import { TASK_CONTRACT } from '@fascia/task/contract';
import type { EventNamed, Taken } from '../process.js';

export const REFERRAL = uuidFrom('spec', 'referral');
export const PATIENT = uuidFrom('spec', 'patient');
const OTHER_PATIENT = uuidFrom('spec', 'other patient');
export const PRACTICE = uuidFrom('spec', 'practice');
export const CLINIC = uuidFrom('spec', 'clinic');
export const OTHER_CLINIC = uuidFrom('spec', 'other clinic');
export const THERAPIST = uuidFrom('spec', 'therapist');
export const NOW = '2026-04-01T09:00:00.000Z';
const [LISTING, PHYSICIAN, DIAGNOSIS, DOCUMENT] = ['listing', 'physician', 'diagnosis', 'document'].map(
  (name) => uuidFrom('spec', name),
) as [string, string, string, string];

/** One thing of each category unless an id is given. */
export const subjectId = (category: Category): string =>
  category === 'referral' || category === 'deadline' ? REFERRAL : uuidFrom('spec', category);

const SIGNATURE = { practitionerId: THERAPIST, at: NOW };
const PAYER = 'US-MEDICARE-B' as const;
const DIRECTED = {
  target: { kind: 'directed' as const, listingId: LISTING },
  organizationIds: [CLINIC],
};
export const POOL = {
  target: { kind: 'pool' as const, listingIds: [LISTING, uuidFrom('spec', 'other listing')] },
  organizationIds: [CLINIC, OTHER_CLINIC],
};
const REFERRAL_CONTENT = { priority: 'urgent' as const, payer: { profile: PAYER } };
const PLAN_CONTENT: EventNamed<'PlanEstablished'>['data']['content'] = {
  diagnosisIds: [DIAGNOSIS],
  startDate: '2026-04-01',
  durationDays: 42,
  frequency: { timesPerWeek: 2 },
  plannedVisits: 12,
  coInterventions: [],
  interventions: [
    {
      technique: 'DTFM',
      sites: [{ region: 'shoulder', side: 'right' }],
      tissues: ['tendon'],
      minutesPerVisit: 15,
      cpt: '97140',
    },
  ],
  goals: [
    {
      goalId: 'g1',
      category: 'pain',
      measure: 'NPRS',
      baseline: 6,
      target: 2,
      dueDate: '2026-05-13',
      longTerm: true,
      text: 'Sleeps through.',
    },
  ],
  precautionsConsidered: [],
};

const CONTRACTS = {
  patient: PATIENT_CONTRACT,
  consent: CONSENT_CONTRACT,
  practitioner: PRACTITIONER_CONTRACT,
  organization: ORGANIZATION_CONTRACT,
  listing: LISTING_CONTRACT,
  diagnosis: DIAGNOSIS_CONTRACT,
  flag: FLAG_CONTRACT,
  referral: REFERRAL_CONTRACT,
  plan: PLAN_CONTRACT,
  session: SESSION_CONTRACT,
  assessment: ASSESSMENT_CONTRACT,
  task: TASK_CONTRACT,
  deadline: DEADLINE_CONTRACT,
} satisfies Partial<Record<Category, Contract>>;

type Subject = keyof typeof CONTRACTS;

const MEASUREMENT: EventNamed<'AssessmentRecorded'>['data']['measurement'] = {
  instrument: 'NPRS',
  version: '1',
  scale: '0-10',
  unit: '{score}',
  value: 7,
};

const BOOKING: EventNamed<'SessionScheduled'>['data'] = {
  patientId: PATIENT,
  referralId: REFERRAL,
  organizationId: CLINIC,
  referrerOrganizationId: PRACTICE,
  payerProfile: PAYER,
  therapistId: THERAPIST,
  kind: 'treatment',
  start: '2026-04-08T09:00:00.000Z',
  end: '2026-04-08T09:45:00.000Z',
};

const SAMPLES = {
  PatientDeathRecorded: {
    source: 'reported',
    openReferralIds: [REFERRAL],
    organizationIds: [PRACTICE, CLINIC],
  },
  PatientDeathRetracted: { reason: 'Somebody else.', organizationIds: [PRACTICE, CLINIC] },
  PatientFactAssigned: {
    category: 'diagnosis',
    id: DIAGNOSIS,
    patientId: OTHER_PATIENT,
    assignment: 'moves',
    toId: uuidFrom('spec', 'moved'),
    reason: 'Of the other one.',
  },
  RedFlagMoved: { toPatientId: PATIENT, toId: uuidFrom('spec', 'moved') },
  DiagnosisMoved: { toPatientId: PATIENT, toId: uuidFrom('spec', 'moved') },
  ConsentMoved: { toPatientId: PATIENT, toId: uuidFrom('spec', 'moved') },
  ReferralDrafted: { patientId: PATIENT, referrerOrganizationId: PRACTICE, content: REFERRAL_CONTENT },
  ReferralDraftEdited: { content: REFERRAL_CONTENT },
  ReferralDraftDiscarded: {},
  ReferralSent: {
    patientId: PATIENT,
    referrerOrganizationId: PRACTICE,
    legNo: 1,
    placement: DIRECTED,
    content: REFERRAL_CONTENT,
    diagnosisCodes: ['M75.21'],
    validUntil: '2026-06-30T23:59:59.999Z',
    basis: { kind: 'TREATMENT' },
    signature: { practitionerId: PHYSICIAN, at: NOW },
  },
  ReferralReceived: {},
  ReferralClaimed: { organizationId: CLINIC, listingId: LISTING },
  ReferralReleased: { reason: 'No room.' },
  ReferralInformationRequested: { questions: [{ questionId: 'q1', text: 'Since when?', mandatory: true }] },
  ReferralInformationSupplied: { answers: [{ questionId: 'q1', text: 'Since March.' }] },
  ReferralAccepted: {},
  ReferralDeclined: { reason: 'capacity', flagIds: [], bookingsCancelled: [] },
  ReferralDeclineReversed: { reason: 'A place is free.' },
  ReferralRedirectProposed: { listingId: LISTING, reason: 'Nearer.' },
  ReferralStopProposed: { reason: 'No gain.' },
  ReferralProposalRejected: { reason: 'Go on.' },
  ReferralRedirected: {
    legNo: 2,
    placement: { target: { kind: 'directed', listingId: LISTING }, organizationIds: [OTHER_CLINIC] },
    basis: { kind: 'TREATMENT' },
    bookingsCancelled: [],
  },
  ReferralVisitBooked: { sessionId: uuidFrom('spec', 'session'), kind: 'treatment', start: NOW },
  ReferralPutOnHold: {
    holder: 'safety',
    reason: 'A red flag was raised.',
    reviewBy: '2026-04-08',
    bookingsCancelled: [],
  },
  ReferralResumed: {},
  ReferralWithdrawn: { reason: 'Better.', deceased: false },
  ReferralCancellationRequested: { reason: 'Moved.', deceased: false },
  ReferralCancelled: {},
  ReferralCancellationRefused: { reason: 'In the middle of it.' },
  ReferralOutcomeReported: {
    kind: 'goals-met',
    summary: 'Free of pain.',
    finalMeasureIds: [DOCUMENT],
    signature: SIGNATURE,
  },
  ReferralVisitKept: { sessionId: subjectId('session') },
  ReferralVisitMissed: { sessionId: subjectId('session'), consecutive: 1, total: 1 },
  ReferralVisitCancelled: { sessionId: subjectId('session'), by: 'patient', noticeHours: 3 },
  ReferralTreatmentStarted: { sessionId: subjectId('session') },
  ReferralOutcomeQueried: { question: 'Which exercises?' },
  ReferralOutcomeAmended: { addendum: 'Bridges.', reason: 'Asked.', signature: SIGNATURE },
  ReferralOutcomeAcknowledged: { mode: 'MANUAL' },
  ReferralClosed: {},
  ReferralExpired: {},
  ReferralVoided: { reason: 'Wrong patient.' },
  ReferralRevised: {
    content: REFERRAL_CONTENT,
    material: true,
    reason: 'Side.',
    signature: { practitionerId: PHYSICIAN, at: NOW },
  },
  ReferralRevisionAcknowledged: {},
  ReferralSuperseded: { replacementId: uuidFrom('spec', 'replacement'), reason: 'Written anew.' },
  PlanDrafted: {
    referralId: REFERRAL,
    patientId: PATIENT,
    organizationId: CLINIC,
    referrerOrganizationId: PRACTICE,
    payerProfile: PAYER,
    content: {},
  },
  PlanEstablished: {
    planVersion: 1,
    content: PLAN_CONTENT,
    payerProfile: PAYER,
    profileVersion: '1',
    needsCertification: true,
    signature: SIGNATURE,
  },
  PlanSubmitted: { toOrganizationId: PRACTICE, channel: 'portal' },
  PlanChangesRequested: { text: 'Less often.' },
  PlanCertified: {
    mode: 'SIGNATURE',
    planVersion: 1,
    certifiedBy: PHYSICIAN,
    from: '2026-04-01',
    until: '2026-06-29',
    profileVersion: '1',
  },
  PlanCompleted: {},
  PlanDiscontinued: { reason: 'ReferralRedirected' },
  AssessmentRecorded: {
    patientId: PATIENT,
    referralId: REFERRAL,
    organizationId: CLINIC,
    referrerOrganizationId: PRACTICE,
    point: 'baseline',
    measurement: MEASUREMENT,
    raterId: THERAPIST,
  },
  AssessmentCorrected: { measurement: MEASUREMENT, reason: 'Misheard.' },
  SessionScheduled: BOOKING,
  SessionEnteredLate: { ...BOOKING, reason: 'The system was away.' },
  SessionCancelled: { by: 'clinic', noticeHours: 3, reason: 'Ill.' },
  SessionRescheduled: {
    start: '2026-04-09T09:00:00.000Z',
    end: '2026-04-09T09:30:00.000Z',
    therapistId: THERAPIST,
  },
  SessionNoShow: {},
  SessionVoided: { reason: 'Another patient.' },
  SessionStarted: {},
  PreScreenRecorded: { flags: [], vitals: {}, skinIntact: true, consentVerbal: true, nprsPre: 4 },
  SessionPerformed: {
    start: NOW,
    end: NOW,
    totalTimedMinutes: 30,
    totalTreatmentMinutes: 40,
    nprsPost: 2,
    complianceFlags: [],
    narrative: { subjective: '', objective: '', assessment: '', plan: '' },
  },
  SessionStopped: { reason: 'Dizzy.' },
  SessionSigned: { signature: SIGNATURE, credential: 'PT', complianceFlags: [] },
  RedFlagRaised: {
    patientId: PATIENT,
    referralId: REFERRAL,
    catalogueId: 'F01',
    catalogueVersion: '1',
    urgency: 'urgent',
    source: 'by-hand',
  },
  RedFlagCommunicated: { to: 'Dr Reyes', channel: 'phone', reached: true, at: NOW },
  RedFlagCleared: { rationale: 'Examined.' },
  DeadlineSet: {
    name: 'T-ACK',
    referralId: REFERRAL,
    patientId: PATIENT,
    side: 'recipient',
    organizationIds: [CLINIC],
    priority: 'urgent',
    startedAt: NOW,
    dueAt: '2026-04-02T09:00:00.000Z',
    span: { amount: 1, unit: 'bd' },
    zone: 'UTC',
    policy: '2026.1',
    sourceEventId: DOCUMENT,
  },
  DeadlinePaused: { name: 'T-ACK', at: NOW, sourceEventId: DOCUMENT },
  DeadlineResumed: { name: 'T-ACK', at: NOW, dueAt: '2026-04-02T09:00:00.000Z', sourceEventId: DOCUMENT },
  DeadlineMissed: { name: 'T-ACK', dueAt: '2026-04-02T09:00:00.000Z' },
  RedFlagConfirmed: { disposition: 'Emergency department.' },
} satisfies { readonly [T in Taken['type']]?: EventNamed<T>['data'] };

export type SampleType = keyof typeof SAMPLES;

/** @throws when there is no sample of it: a table names it, and no process takes it */
export const sampled = (type: string): SampleType => {
  if (!Object.hasOwn(SAMPLES, type)) throw new Error(`there is no sample of ${type}`);
  return type as SampleType;
};

export const subjectOf = (type: string): Subject => {
  const found = (Object.keys(CONTRACTS) as Subject[]).find((subject) => type in CONTRACTS[subject]);
  if (found === undefined) throw new Error(`whose event is ${type}?`);
  return found;
};

/** Who does it, where that is of any matter. */
const ACTORS: Readonly<Partial<Record<SampleType, Actor>>> = {
  ReferralDrafted: { sub: 'delegate', role: 'delegate', organizationId: PRACTICE },
  ReferralDraftEdited: { sub: 'delegate', role: 'delegate', organizationId: PRACTICE },
};

const event = (type: SampleType, data: object, id: string, at: Instant): Taken => {
  const category = subjectOf(type);
  const contract: Contract = CONTRACTS[category];
  const parsed = contract[type]?.schema.parse({ ...SAMPLES[type], ...data });
  return {
    id: randomUUID(),
    type,
    data: parsed,
    stream: streamOf(category, id),
    occurredAt: at,
    actor: ACTORS[type] ?? { sub: 'somebody', role: 'system' },
    patientId: PATIENT,
  } as Taken;
};

/** @param data what is otherwise than in the sample. @throws when the event's contract does not declare it so */
export const happening = <T extends SampleType>(
  type: T,
  data: Partial<EventNamed<T>['data']> = {},
  id: string = subjectId(subjectOf(type)),
  at: Instant = NOW,
): Taken<EventNamed<T>> => event(type, data, id, at) as Taken<EventNamed<T>>;
