/** A plan in every stage, by the events that lead there; and facts under which every command may succeed. */
import { past } from '@fascia/testkit';
import type { Actor, Fact, Role } from '@fascia/kernel';
import type { PlanCommandOf, PlanCommandType } from '../contract/commands.js';
import type { CompleteContent } from '../contract/content.js';
import type { PlanEvent } from '../contract/events.js';
import type { PlanStage } from '../contract/lifecycle.js';
import type { PlanFacts, ReferralFact } from './facts.js';
import { decide } from './plan.decide.js';
import { evolve, stageOf } from './plan.js';

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const PRACTICE = uuid(1);
export const CLINIC = uuid(2);
export const PATIENT = uuid(10);
export const REFERRAL = uuid(20);
export const DIAGNOSIS = uuid(30);
export const PLAN = uuid(40);
export const AT = '2026-04-01T10:00:00.000Z';

const actor = (role: Role, organizationId: string, n: number): Actor => ({
  sub: `${role}-${String(n)}`,
  role,
  organizationId,
  practitionerId: uuid(n),
});
export const PHYSICIAN = actor('physician', PRACTICE, 91);
export const THERAPIST = actor('therapist', CLINIC, 92);

export const PHYSICAL_THERAPIST = '225100000X';
export const FAMILY_PHYSICIAN = '207Q00000X';

export const decider = {
  category: 'plan',
  initial: { stage: 'none' },
  evolve,
  decide,
  stage: stageOf,
} as const;

export const CONTENT: CompleteContent = {
  diagnosisIds: [DIAGNOSIS],
  startDate: '2026-04-01',
  durationDays: 42,
  frequency: { timesPerWeek: 2 },
  plannedVisits: 12,
  coInterventions: [{ kind: 'exercise', by: 'patient', note: 'Daily pendulum.' }],
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

const { diagnosisIds: _named, ...nameless } = CONTENT;
/** For a world in which no diagnosis is recorded that a plan could name. */
export const NAMING_NOTHING = nameless;

export const REFERRAL_FACT: ReferralFact = {
  patientId: PATIENT,
  organizationId: CLINIC,
  referrerOrganizationId: PRACTICE,
  active: true,
  payerProfile: 'US-MEDICARE-B',
  sites: [{ region: 'shoulder', side: 'right' }],
  techniquesExcluded: ['CUP'],
};

/** The signer has both professions, so that the table alone decides. */
export const FACTS: PlanFacts = {
  today: '2026-04-01',
  referral: REFERRAL_FACT,
  sharingClosed: false,
  signer: { practitionerId: uuid(92), maySign: true, taxonomies: [PHYSICAL_THERAPIST, FAMILY_PHYSICIAN] },
  diagnoses: [{ diagnosisId: DIAGNOSIS, patientId: PATIENT, stands: true }],
  holds: { facts: [], at: AT, day: '2026-04-01' },
  followsAnother: false,
  unknownCodes: [],
};

export const COMMANDS: { readonly [T in PlanCommandType]: PlanCommandOf<T> } = {
  DraftPlan: { type: 'DraftPlan', referralId: REFERRAL, content: CONTENT },
  EditPlan: { type: 'EditPlan', content: { ...CONTENT, plannedVisits: 10 } },
  EstablishPlan: { type: 'EstablishPlan' },
  SubmitPlan: { type: 'SubmitPlan', channel: 'fax', proofRef: 'receipt 17' },
  ReviewPlan: { type: 'ReviewPlan', agree: true },
  CertifyPlan: { type: 'CertifyPlan' },
  CompletePlan: { type: 'CompletePlan' },
  DiscontinuePlan: { type: 'DiscontinuePlan', reason: 'The patient moves away.' },
};

export type History = readonly Fact<PlanEvent>[];

export const drafted = (
  content: Extract<PlanEvent, { type: 'PlanDrafted' }>['data']['content'] = CONTENT,
): Fact<PlanEvent> =>
  past<PlanEvent>(
    {
      type: 'PlanDrafted',
      data: {
        referralId: REFERRAL,
        patientId: PATIENT,
        organizationId: CLINIC,
        referrerOrganizationId: PRACTICE,
        payerProfile: 'US-MEDICARE-B',
        content,
      },
    },
    THERAPIST,
  );

export const established = (
  planVersion = 1,
  payerProfile: 'US-MEDICARE-B' | 'SELF-PAY' = 'US-MEDICARE-B',
): Fact<PlanEvent> =>
  past<PlanEvent>(
    {
      type: 'PlanEstablished',
      data: {
        planVersion,
        content: CONTENT,
        payerProfile,
        profileVersion: '1',
        needsCertification: payerProfile === 'US-MEDICARE-B',
        signature: { practitionerId: uuid(92), at: AT },
      },
    },
    THERAPIST,
  );

const submitted = past<PlanEvent>(
  { type: 'PlanSubmitted', data: { toOrganizationId: PRACTICE, channel: 'portal' } },
  THERAPIST,
);
const changesAsked: History = [
  past<PlanEvent>(
    { type: 'PlanReviewed', data: { planVersion: 1, agree: false, text: 'Fewer visits.' } },
    PHYSICIAN,
  ),
  past<PlanEvent>({ type: 'PlanChangesRequested', data: { text: 'Fewer visits.' } }, PHYSICIAN),
];
const certified = past<PlanEvent>(
  {
    type: 'PlanCertified',
    data: {
      mode: 'SIGNATURE',
      planVersion: 1,
      certifiedBy: uuid(91),
      from: '2026-04-01',
      until: '2026-05-13',
      profileVersion: '2026.1',
    },
  },
  PHYSICIAN,
);

export const SCENES: Readonly<Record<PlanStage, History>> = {
  none: [],
  Draft: [drafted()],
  Established: [drafted(), established()],
  Submitted: [drafted(), established(), submitted],
  ChangesRequested: [drafted(), established(), submitted, ...changesAsked],
  Certified: [drafted(), established(), submitted, certified],
  Completed: [drafted(), established(), past<PlanEvent>({ type: 'PlanCompleted', data: {} }, THERAPIST)],
  Discontinued: [
    drafted(),
    past<PlanEvent>({ type: 'PlanDiscontinued', data: { reason: 'Moved away.' } }, THERAPIST),
  ],
};
