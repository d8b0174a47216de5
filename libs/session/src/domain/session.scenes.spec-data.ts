/** A session in every stage, by the events that lead there; and facts under which every command may succeed. */
import type { Actor, Fact, Role } from '@fascia/kernel';
import { past } from '@fascia/testkit';
import type { SessionCommandOf, SessionCommandType } from '../contract/commands.js';
import type { SessionEvent, SessionEventOf } from '../contract/events.js';
import type { SessionStage } from '../contract/lifecycle.js';
import type { PlanFact, ReferralFact, SessionFacts, TherapistFact } from './facts.js';
import { decide } from './session.decide.js';
import { evolve, stageOf } from './session.js';

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const PRACTICE = uuid(1);
export const CLINIC = uuid(2);
export const PATIENT = uuid(10);
export const REFERRAL = uuid(20);
export const PLAN = uuid(40);
export const SESSION = uuid(50);
export const THERAPIST_ID = uuid(92);

/** Before the session, and after it. */
export const BEFORE = '2026-04-01T09:00:00.000Z';
export const AFTER = '2026-04-01T15:30:00.000Z';
export const START = '2026-04-01T14:00:00.000Z';
export const END = '2026-04-01T15:00:00.000Z';

const actor = (role: Role, n: number): Actor => ({
  sub: `${role}-${String(n)}`,
  role,
  organizationId: CLINIC,
  practitionerId: uuid(n),
});
export const THERAPIST = actor('therapist', 92);
export const COLLEAGUE = actor('therapist', 93);

export const decider = {
  category: 'session',
  initial: { stage: 'none' },
  evolve,
  decide,
  stage: stageOf,
} as const;

export const REFERRAL_FACT: ReferralFact = {
  patientId: PATIENT,
  organizationId: CLINIC,
  referrerOrganizationId: PRACTICE,
  active: true,
  payerProfile: 'US-MEDICARE-B',
  revisionToAcknowledge: false,
  treatmentStarted: false,
  sentAt: '2026-04-01T09:00:00.000Z',
  validUntil: '2026-06-30T23:59:59.999Z',
  sites: [{ region: 'shoulder', side: 'right' }],
};

export const THERAPIST_FACT: TherapistFact = {
  practitionerId: THERAPIST_ID,
  maySign: true,
  taxonomies: ['225100000X'],
  credential: 'PT (CA)',
};

export const PLAN_FACT: PlanFact = {
  planId: PLAN,
  planVersion: 1,
  techniques: ['DTFM', 'MFR'],
  sites: [{ region: 'shoulder', side: 'right' }],
  precautionsConsidered: [],
  periodEnd: '2026-05-13',
  certification: { due: '2026-05-01' },
};

export const FACTS: SessionFacts = {
  day: '2026-04-01',
  referral: REFERRAL_FACT,
  therapist: THERAPIST_FACT,
  flags: [],
  plan: PLAN_FACT,
  timings: new Map([
    ['97140', 'timed'],
    ['97124', 'timed'],
    ['97110', 'timed'],
    ['97161', 'untimed'],
    ['97010', 'untimed'],
  ]),
  beside: [],
  // Varicose veins of a knee are in nobody's way at a shoulder.
  holds: {
    facts: [{ catalogueId: 'P07', site: { region: 'knee', side: 'left' } }],
    at: START,
    day: '2026-04-01',
  },
};

export const COMMANDS: { readonly [T in SessionCommandType]: SessionCommandOf<T> } = {
  ScheduleSession: {
    type: 'ScheduleSession',
    referralId: REFERRAL,
    kind: 'treatment',
    therapistId: THERAPIST_ID,
    start: START,
    end: END,
  },
  RescheduleSession: {
    type: 'RescheduleSession',
    start: '2026-04-02T14:00:00.000Z',
    end: '2026-04-02T15:00:00.000Z',
  },
  CancelSession: { type: 'CancelSession', by: 'patient', reason: 'A cold.' },
  MarkNoShow: { type: 'MarkNoShow' },
  CheckIn: { type: 'CheckIn' },
  RecordPreScreen: {
    type: 'RecordPreScreen',
    flags: [],
    vitals: { sbpMmHg: 128, heartRatePerMin: 70, tempCelsius: 36.8 },
    skinIntact: true,
    consentVerbal: true,
    nprsPre: 5,
  },
  StartSession: { type: 'StartSession' },
  RecordIntervention: {
    type: 'RecordIntervention',
    technique: 'DTFM',
    region: 'shoulder',
    side: 'right',
    tissue: 'tendon',
    pressureGrade: 3,
    minutes: 15,
    timed: true,
    cpt: '97140',
    nprsDuring: 4,
  },
  StopSession: { type: 'StopSession', reason: 'Dizzy.' },
  CompleteSession: {
    type: 'CompleteSession',
    start: START,
    end: END,
    totalTreatmentMinutes: 45,
    nprsPost: 3,
    narrative: { subjective: 'Sore.', objective: 'Tender.', assessment: 'Better.', plan: 'Go on.' },
  },
  SignSession: { type: 'SignSession' },
  VoidSession: { type: 'VoidSession', reason: 'Another patient.' },
  AmendSession: { type: 'AmendSession', text: 'Left out: ice.', reason: 'Forgotten.' },
};

/** When a command's clock rules let it pass. */
export const atFor = (command: SessionCommandType): string =>
  command === 'ScheduleSession' || command === 'RescheduleSession' ? BEFORE : AFTER;

export type History = readonly Fact<SessionEvent>[];

const fact = (event: SessionEvent, at = START): Fact<SessionEvent> =>
  past<SessionEvent>(event, THERAPIST, at);

export const scheduled = (more: Partial<SessionEventOf<'SessionScheduled'>> = {}): Fact<SessionEvent> =>
  fact(
    {
      type: 'SessionScheduled',
      data: {
        patientId: PATIENT,
        referralId: REFERRAL,
        organizationId: CLINIC,
        referrerOrganizationId: PRACTICE,
        payerProfile: 'US-MEDICARE-B',
        kind: 'treatment',
        therapistId: THERAPIST_ID,
        start: START,
        end: END,
        ...more,
      },
    },
    BEFORE,
  );

export const preScreened = (more: Partial<SessionEventOf<'PreScreenRecorded'>> = {}): Fact<SessionEvent> =>
  fact({
    type: 'PreScreenRecorded',
    data: { flags: [], vitals: {}, skinIntact: true, consentVerbal: true, nprsPre: 5, ...more },
  });

export const intervention = (
  more: Partial<SessionEventOf<'InterventionRecorded'>> = {},
): Fact<SessionEvent> =>
  fact({
    type: 'InterventionRecorded',
    data: {
      seq: 1,
      planId: PLAN,
      planVersion: 1,
      technique: 'DTFM',
      region: 'shoulder',
      side: 'right',
      tissue: 'tendon',
      pressureGrade: 3,
      minutes: 30,
      timed: true,
      cpt: '97140',
      deviations: [],
      ...more,
    },
  });

export const performed = (more: Partial<SessionEventOf<'SessionPerformed'>> = {}): Fact<SessionEvent> =>
  fact(
    {
      type: 'SessionPerformed',
      data: {
        start: START,
        end: END,
        totalTimedMinutes: 30,
        totalTreatmentMinutes: 45,
        nprsPost: 3,
        complianceFlags: [],
        narrative: { subjective: 'Sore.', objective: 'Tender.', assessment: 'Better.', plan: 'Go on.' },
        ...more,
      },
    },
    END,
  );

const signed = fact(
  {
    type: 'SessionSigned',
    data: {
      signature: { practitionerId: THERAPIST_ID, at: AFTER },
      credential: 'PT (CA)',
      complianceFlags: [],
    },
  },
  AFTER,
);
const checkedIn = fact({ type: 'PatientCheckedIn', data: {} });
const begun = fact({ type: 'SessionStarted', data: { planId: PLAN, planVersion: 1 } });

export const SCENES: Readonly<Record<SessionStage, History>> = {
  none: [],
  Scheduled: [scheduled()],
  CheckedIn: [scheduled(), checkedIn, preScreened()],
  InProgress: [scheduled(), checkedIn, preScreened(), begun, intervention()],
  Performed: [scheduled(), checkedIn, preScreened(), begun, intervention(), performed()],
  Signed: [scheduled(), checkedIn, preScreened(), begun, intervention(), performed(), signed],
  NoShow: [scheduled(), fact({ type: 'SessionNoShow', data: {} })],
  Cancelled: [
    scheduled(),
    fact({ type: 'SessionCancelled', data: { by: 'patient', noticeHours: 5, reason: 'A cold.' } }),
  ],
  Stopped: [
    scheduled(),
    checkedIn,
    preScreened(),
    begun,
    intervention(),
    fact({ type: 'SessionStopped', data: { reason: 'Dizzy.' } }),
  ],
  Voided: [scheduled(), checkedIn, fact({ type: 'SessionVoided', data: { reason: 'Another patient.' } })],
};

/** Checked in, without a pre-screen. */
export const ARRIVED: History = [scheduled(), checkedIn];
export const underWay = (...recorded: History): History => [
  scheduled(),
  checkedIn,
  preScreened(),
  begun,
  ...recorded,
];
