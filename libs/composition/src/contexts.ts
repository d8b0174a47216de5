/** The contexts, wired by what they ask of one another; what processes run, promise and answer to is read off this list. */
import type { Type } from '@nestjs/common';
import { assessmentContext, assessmentsOf, kindOf } from '@fascia/assessment';
import { assessmentDoors } from '@fascia/assessment/http';
import { auditContext, type Replayable } from '@fascia/audit';
import { CedarPolicy } from '@fascia/access';
import { ASKED_AT_SENDING } from '@fascia/clinical';
import { loadServiceCodes } from '@fascia/clinical/billing-files';
import { loadIcdCatalogue } from '@fascia/clinical/icd10-files';
import { coordinationContext, timerModel } from '@fascia/coordination';
import { deadlineContext } from '@fascia/deadline';
import { diagnosisContext } from '@fascia/diagnosis';
import { diagnosisDoors } from '@fascia/diagnosis/http';
import {
  careTeamModel,
  directoryContext,
  patientAggregateWith,
  timelineModel,
  type PartyFold,
} from '@fascia/directory';
import { directoryDoors } from '@fascia/directory/http';
import { documentContext } from '@fascia/document';
import { documentDoors } from '@fascia/document/http';
import { fhirContext } from '@fascia/fhir';
import { importDoors } from '@fascia/fhir/http';
import type { CommandDoor } from '@fascia/http';
import type { Category, Contract, Permission, Refusals } from '@fascia/kernel';
import { letterContext } from '@fascia/letter';
import { letterDoors } from '@fascia/letter/http';
import { lastSignedPlanOf, planContext, unmetGoals } from '@fascia/plan';
import { planDoors } from '@fascia/plan/http';
import type { Question, ReadModel } from '@fascia/read-store';
import { referralContext, referralsUnderWayOf, type CareFact } from '@fascia/referral';
import { referralDoors } from '@fascia/referral/http';
import { precautionAggregate, safetyContext } from '@fascia/safety';
import { safetyDoors } from '@fascia/safety/http';
import { firstTreatmentOf, referralOfSession, sessionCareOf, sessionContext } from '@fascia/session';
import { sessionDoors } from '@fascia/session/http';
import { taskContext } from '@fascia/task';
import { taskDoors } from '@fascia/task/http';
import {
  BOOKKEEPING_CONTRACT,
  REFERENCE_REFUSALS,
  REGISTER_CONTRACT,
  type AnyAggregate,
  type Lookup,
} from '@fascia/write-door';

interface ContextDoors {
  readonly commands: readonly CommandDoor[];
  readonly queries: readonly Type[];
}

/** What a context is made of, as others see it. */
interface Context {
  readonly name: string;
  readonly aggregates?: readonly unknown[];
  /** Stored beside what its aggregates store. */
  readonly contracts?: readonly Contract[];
  readonly questions?: readonly Question[];
  /** Beside those that its questions bring. */
  readonly models?: readonly ReadModel[];
  /** What its events make organisations to a patient. */
  readonly careTeam?: readonly PartyFold[];
  readonly permissions?: readonly Permission[];
  readonly refusals?: Refusals;
  /** Over HTTP, but for addresses that are no row of a table. */
  readonly doors?: ContextDoors;
}

/** Sessions, final measures and goals under a referral at a clinic, as its guards ask for them. */
const careOf = (referralId: string, clinic: string): Lookup<CareFact> => ({
  run: async (db) => {
    const care = await sessionCareOf(referralId, clinic).run(db);
    const assessments = await assessmentsOf(referralId).run(db);
    const plan = await lastSignedPlanOf(referralId, clinic).run(db);
    const last = new Map(assessments.map(({ measurement }) => [kindOf(measurement), measurement]));
    return {
      ...care,
      finalMeasureIds: assessments.filter((row) => row.point === 'discharge').map((row) => row.id),
      goals: plan && { planId: plan.id, unmet: unmetGoals(plan.in_force?.goals ?? [], [...last.values()]) },
    };
  },
});

const patients = patientAggregateWith({ openReferralsOf: referralsUnderWayOf });
const diagnosis = diagnosisContext({ catalogue: loadIcdCatalogue });
const safety = safetyContext({ referralOfSession });
const referral = referralContext({
  diagnoses: diagnosis.aggregate,
  sideOf: (code) => loadIcdCatalogue().sideOf(code),
  careOf,
  screeningItems: ASKED_AT_SENDING,
});
const assessment = assessmentContext({ referralOfSession });
const plan = planContext({
  diagnoses: diagnosis.aggregate,
  firstTreatmentOf,
  serviceCodes: loadServiceCodes,
});
const session = sessionContext({ serviceCodes: loadServiceCodes });
const document = documentContext();
const task = taskContext();
const audit: Context = auditContext();

/** Those that an import, and specs, are made of. */
export const aggregates = {
  patients,
  diagnoses: diagnosis.aggregate,
  precautions: precautionAggregate,
  referrals: referral.aggregate,
} as const;

/** The floors, the lowest first: a context stands on those that are named before it. */
const CARE_CONTEXTS: readonly Context[] = [
  { ...directoryContext(patients), doors: directoryDoors(patients) },
  deadlineContext(),
  { ...diagnosis, doors: diagnosisDoors(diagnosis.aggregate) },
  { ...safety, doors: safetyDoors(safety.aggregate) },
  { ...document, doors: documentDoors(document.aggregate) },
  { ...referral, doors: referralDoors(referral.aggregate) },
  { ...assessment, doors: assessmentDoors(assessment.aggregate) },
  { ...plan, doors: planDoors(plan.aggregate) },
  { ...session, doors: sessionDoors(session.aggregate) },
  { ...task, doors: taskDoors(task.aggregate) },
  { ...letterContext(), doors: letterDoors() },
  { ...fhirContext(), doors: importDoors() },
  coordinationContext(),
];

const CONTEXTS: readonly Context[] = [...CARE_CONTEXTS, audit];

export const CONTEXT_NAMES: readonly string[] = CONTEXTS.map(({ name }) => name);

/** Their addresses. */
export const contextDoors: readonly ContextDoors[] = CONTEXTS.flatMap(({ doors }) => doors ?? []);

/** What the ids of an address are of, by its collection: `referrals`, and what an auditor calls a case. */
export const collections: ReadonlyMap<string, Category> = new Map([
  ...contextDoors.flatMap(({ commands }) => commands.map(({ path, category }) => [path, category] as const)),
  ['audit/cases', 'referral'],
]);

const AGGREGATES = CONTEXTS.flatMap(({ aggregates = [] }) => aggregates) as readonly AnyAggregate[];

export const aggregateByCategory: ReadonlyMap<Category, AnyAggregate> = new Map(
  AGGREGATES.map((aggregate) => [aggregate.decider.category, aggregate]),
);

export const deciderByCategory = new Map(
  AGGREGATES.map(({ decider }) => [decider.category, decider]),
) as unknown as ReadonlyMap<Category, Replayable>;

export const contracts: readonly Contract[] = [
  ...AGGREGATES.map(({ contract }) => contract),
  ...CONTEXTS.flatMap((context) => context.contracts ?? []),
  REGISTER_CONTRACT,
  BOOKKEEPING_CONTRACT,
];

/** Whose each command is that somebody can give at an address. */
export const addressedCommands: ReadonlyMap<string, AnyAggregate> = new Map(
  AGGREGATES.flatMap((aggregate) =>
    Object.entries(aggregate.commands)
      .filter(([, { kind }]) => kind === 'acts' || kind === 'creates')
      .map(([type]) => [type, aggregate] as const),
  ),
);

/** Every command that there is, by type. */
export const commandTypes: readonly string[] = AGGREGATES.flatMap(({ commands }) => Object.keys(commands));

export const questions: readonly Question[] = CONTEXTS.flatMap((context) => context.questions ?? []);

const REFUSALS = [
  ...Object.entries(REFERENCE_REFUSALS),
  ...CONTEXTS.flatMap(({ refusals = {} }) => Object.entries(refusals)),
];

/** Of all contexts by code: a code means the same wherever it is answered, so one context alone has it. */
export const refusalRows: Refusals = Object.fromEntries(REFUSALS);

const once = (what: string, names: readonly string[]): void => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two contexts have one ${what}: ${twice}`);
};

once(
  'refusal code',
  REFUSALS.map(([code]) => code),
);
once('command', commandTypes);
once(
  'category',
  AGGREGATES.map(({ decider }) => decider.category),
);

/** Decides for all contexts; made anew, as it remembers its answers. */
export const accessPolicy = (): CedarPolicy =>
  new CedarPolicy({
    permissions: CONTEXTS.flatMap((context) => context.permissions ?? []),
    commands: commandTypes,
  });

/** Of no patient: they are no part of a patient's timeline. */
const NOT_CLINICAL: readonly Category[] = ['practitioner', 'organization', 'listing', 'task', 'import'];

const CLINICAL = AGGREGATES.filter(({ decider }) => !NOT_CLINICAL.includes(decider.category));

const modelsOf = (contexts: readonly Context[]): readonly ReadModel[] => [
  ...new Set(
    contexts.flatMap((context) => [
      ...(context.questions ?? []).flatMap(({ models = [] }) => models),
      ...(context.models ?? []),
    ]),
  ),
];

/** What people work with; fed through Kafka where there is Kafka. */
export const careModels: readonly ReadModel[] = [
  ...modelsOf(CARE_CONTEXTS),
  careTeamModel(CARE_CONTEXTS.flatMap(({ careTeam = [] }) => careTeam)),
  timelineModel(CLINICAL.flatMap(({ contract }) => Object.keys(contract))),
];

/** What auditors ask; always fed from the store. */
export const auditModels: readonly ReadModel[] = modelsOf([audit]);

/** What coordinators find due timers by; theirs alone. */
export const timerModels: readonly ReadModel[] = [timerModel];

/** Names of the projections, as their checkpoints and Kafka's consumer groups have them. */
export const CARE = 'care';
export const AUDIT = 'audit';
export const TIMERS = 'timers';
