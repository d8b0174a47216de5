/** The contexts as processes run them: which aggregates, which read models, which stored events. */
import { assessmentAggregate, assessmentModel, assessmentsOf, ASSESSMENT_CONTRACT } from '@fascia/assessment';
import { ACCESS_CONTRACT, accessRecordModel, type Replayable } from '@fascia/audit';
import { RED_FLAGS } from '@fascia/clinical';
import { loadIcdCatalogue } from '@fascia/clinical/icd10-files';
import { PROCESS_CONTRACT, type AnyAggregate } from '@fascia/coordination';
import { diagnosisAggregate, diagnosisModel, DIAGNOSIS_CONTRACT } from '@fascia/diagnosis';
import {
  consentAggregate,
  consentModel,
  listingAggregate,
  listingModel,
  organizationAggregate,
  organizationModel,
  patientAggregate,
  patientModel,
  practitionerAggregate,
  practitionerModel,
  timelineModel,
  CONSENT_CONTRACT,
  LISTING_CONTRACT,
  ORGANIZATION_CONTRACT,
  PATIENT_CONTRACT,
  PRACTITIONER_CONTRACT,
} from '@fascia/directory';
import { importAggregate, IMPORT_CONTRACT } from '@fascia/fhir';
import type { Category, Contract } from '@fascia/kernel';
import { planAggregate, planModel, PLAN_CONTRACT } from '@fascia/plan';
import type { ReadModel } from '@fascia/read-store';
import {
  careTeamOf,
  referralAggregate,
  referralModel,
  REFERRAL_CONTRACT,
  threadModel,
  type CareFact,
} from '@fascia/referral';
import { flagAggregate, flagModel, FLAG_CONTRACT } from '@fascia/safety';
import {
  firstTreatmentOf,
  sessionAggregate,
  sessionCareOf,
  sessionModel,
  SESSION_CONTRACT,
} from '@fascia/session';
import { taskAggregate, taskModel, TASK_CONTRACT } from '@fascia/task';
import { REGISTER_CONTRACT, type Lookup } from '@fascia/write-door';

/** Asked before every referral: flags that a person can be asked about; vital signs, questionnaires and safeguarding come later (domain notes 2.10). */
const NOT_ASKED_AT_SENDING = ['F10', 'F11', 'F12'];
const SCREENING_ITEMS = RED_FLAGS.map((flag) => flag.id).filter((id) => !NOT_ASKED_AT_SENDING.includes(id));

/** Sessions and final measures under a referral, as its guards ask for them. */
const careOf = (referralId: string): Lookup<CareFact> => ({
  run: async (db) => {
    const care = await sessionCareOf(referralId).run(db);
    const assessments = await assessmentsOf(referralId).run(db);
    return {
      ...care,
      finalMeasureIds: assessments.filter((row) => row.point === 'discharge').map((row) => row.id),
    };
  },
});

const diagnoses = diagnosisAggregate({ careTeamOf, catalogue: loadIcdCatalogue });
const referrals = referralAggregate({ diagnoses, careOf, screeningItems: SCREENING_ITEMS });
const plans = planAggregate({ referrals, diagnoses, firstTreatmentOf });
const sessions = sessionAggregate({ referrals, plans });
const assessments = assessmentAggregate(referrals);
const flags = flagAggregate(careTeamOf);

export const aggregates = { diagnoses, referrals, plans, sessions, assessments, flags } as const;

const ALL = [
  patientAggregate,
  consentAggregate,
  practitionerAggregate,
  organizationAggregate,
  listingAggregate,
  diagnoses,
  referrals,
  plans,
  sessions,
  assessments,
  flags,
  taskAggregate,
  importAggregate,
] as readonly unknown[] as readonly AnyAggregate[];

export const aggregateByCategory: ReadonlyMap<Category, AnyAggregate> = new Map(
  ALL.map((aggregate) => [aggregate.decider.category, aggregate]),
);

export const deciderByCategory = new Map(
  ALL.map(({ decider }) => [decider.category, decider]),
) as unknown as ReadonlyMap<Category, Replayable>;

/** Events about a patient: everything clinical. */
const CLINICAL: readonly Contract[] = [
  PATIENT_CONTRACT,
  CONSENT_CONTRACT,
  DIAGNOSIS_CONTRACT,
  REFERRAL_CONTRACT,
  PLAN_CONTRACT,
  SESSION_CONTRACT,
  ASSESSMENT_CONTRACT,
  FLAG_CONTRACT,
];

export const contracts: readonly Contract[] = [
  ...CLINICAL,
  PRACTITIONER_CONTRACT,
  ORGANIZATION_CONTRACT,
  LISTING_CONTRACT,
  TASK_CONTRACT,
  IMPORT_CONTRACT,
  PROCESS_CONTRACT,
  REGISTER_CONTRACT,
  ACCESS_CONTRACT,
];

/** What people work with; fed through Kafka where there is Kafka. */
export const careModels: readonly ReadModel[] = [
  patientModel,
  practitionerModel,
  organizationModel,
  listingModel,
  consentModel,
  diagnosisModel,
  referralModel,
  threadModel,
  planModel,
  sessionModel,
  assessmentModel,
  flagModel,
  taskModel,
  timelineModel(CLINICAL.flatMap((contract) => Object.keys(contract))),
];

/** What auditors ask; always fed from the store. */
export const auditModels: readonly ReadModel[] = [accessRecordModel];

/** Names of the two projections, as their checkpoints and Kafka's consumer groups have them. */
export const CARE = 'care';
export const AUDIT = 'audit';
