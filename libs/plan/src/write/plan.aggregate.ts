/** The door of the plan: which facts each command needs, who is what to it, and what a current one holds. */
import type { ServiceCodes } from '@fascia/clinical';
import { dayOf, daysAfter, endOfDay, instantAfterMs } from '@fascia/clinical/calendar';
import type { WhatHolds } from '@fascia/clinical/contraindications';
import {
  dayAt,
  isClosedTo,
  maySignOn,
  NOBODY,
  ofPatient,
  personOf,
  practitionerAggregate,
  zoneOf,
  type Person,
} from '@fascia/directory';
import type { DiagnosisAggregate } from '@fascia/diagnosis';
import type { Instant, ReferencesOf } from '@fascia/kernel';
import { subjectOfSides, underCare, type CareOrdered } from '@fascia/referral';
import type { Aggregate, Claim, FactRequest, FactTools, Lookup, Reference } from '@fascia/write-door';
import { PLAN_COMMANDS, type PlanCommand, type PlanCommandType } from '../contract/commands.js';
import type { PlanContent } from '../contract/content.js';
import { PLAN_CONTRACT, type PlanEvent } from '../contract/events.js';
import { PLAN_CURRENT } from '../contract/lifecycle.js';
import type { PlanRefusal } from '../contract/refusals.js';
import type { DiagnosisFact, PlanFacts, ReferralFact, SignerFact } from '../domain/facts.js';
import { decide } from '../domain/plan.decide.js';
import { evolve, stageOf, type PlanState } from '../domain/plan.js';
import { signedPlansOf } from '../read/lookups.js';
import { caredFor, type Care } from './cared-for.js';

export interface PlanPorts {
  readonly diagnoses: DiagnosisAggregate;
  /** When the first session began that took place under a referral: the sessions' rows. */
  firstTreatmentOf(referralId: string): Lookup<Instant | undefined>;
  /** Loaded at first use. */
  readonly serviceCodes: () => ServiceCodes;
}

type Request = FactRequest<PlanState, PlanCommand>;
export type PlanAggregate = Aggregate<PlanState, PlanCommand, PlanEvent, PlanFacts>;

type Need = 'sharing' | 'referral' | 'signer' | 'diagnoses' | 'precautions' | 'treatment' | 'codes';

/** Commands not named here decide on the state alone. */
const NEEDS: Readonly<Partial<Record<PlanCommandType, readonly Need[]>>> = {
  DraftPlan: ['referral', 'sharing'],
  EditPlan: ['sharing'],
  EstablishPlan: ['referral', 'sharing', 'signer', 'diagnoses', 'precautions', 'treatment', 'codes'],
  CertifyPlan: ['signer', 'treatment'],
};

/** Those that are of every record that the person has. */
const OF_PERSON: readonly Need[] = ['sharing', 'diagnoses', 'precautions'];

const referralIdOf = ({ command, state }: Request): string =>
  state.stage === 'none' ? (command.type === 'DraftPlan' ? command.referralId : '') : state.referralId;

/** @param plannedBy the organisation that has the plan already: the referral may have gone elsewhere since. */
const referralFact = (
  ordered: CareOrdered | undefined,
  plannedBy: string | undefined,
): ReferralFact | undefined => {
  if (ordered?.organizationId === undefined) return undefined;
  const { patientId, organizationId, referrerOrganizationId, payerProfile, sites, techniquesExcluded } =
    ordered;
  return {
    patientId,
    organizationId,
    referrerOrganizationId,
    active: ordered.active && (plannedBy ?? organizationId) === organizationId,
    payerProfile,
    sites,
    techniquesExcluded,
  };
};

const signerFact = async ({ by, at }: Request, tools: FactTools): Promise<SignerFact | undefined> => {
  if (by.practitionerId === undefined) return undefined;
  const { state } = await tools.load(practitionerAggregate, by.practitionerId);
  return (
    state && {
      practitionerId: by.practitionerId,
      taxonomies: state.taxonomies,
      maySign: maySignOn(state, await dayAt(by.organizationId, at, tools)),
    }
  );
};

const unknownCodes = (state: PlanState, codes: ServiceCodes): readonly string[] => {
  const interventions = state.stage === 'none' ? [] : (state.content.interventions ?? []);
  return interventions.map(({ cpt }) => cpt).filter((code) => codes.timingOf(code) === undefined);
};

/** On the plan's first day where that is to come: what is closed today may be open then. */
const whatHolds = (
  { state, at }: Request,
  { person, ordered, zone }: Pick<Care, 'person' | 'ordered' | 'zone'>,
  tools: FactTools,
): Promise<WhatHolds> => {
  const { startDate, precautionsConsidered = [] }: PlanContent = state.stage === 'none' ? {} : state.content;
  const begins = startDate === undefined ? at : instantAfterMs(endOfDay(daysAfter(startDate, -1), zone), 1);
  const care = { person, ordered, zone, considered: precautionsConsidered };
  return caredFor({ ...care, now: at, at: begins > at ? begins : at }, tools);
};

const PLAN_TAKEN: PlanRefusal = {
  code: 'PLAN_EXISTS',
  detail: 'The referral has a current plan: edit that one, or complete or discontinue it first.',
  pointer: '/referralId',
};

const currentPlanClaims = (state: PlanState): readonly Claim[] =>
  state.stage !== 'none' && PLAN_CURRENT.includes(state.stage)
    ? [{ key: ['current-plan', state.referralId], refusal: PLAN_TAKEN }]
    : [];

/** Those that a plan names; one on another record of the person is its patient's too. */
const diagnosisFacts = async (
  state: PlanState,
  { ids: theirs }: Pick<Person, 'ids'>,
  diagnoses: DiagnosisAggregate,
  tools: FactTools,
): Promise<readonly DiagnosisFact[]> => {
  if (state.stage === 'none') return [];
  const { patientId, content } = state;
  const loaded = await Promise.all(
    (content.diagnosisIds ?? []).map(async (diagnosisId) => ({
      diagnosisId,
      ...(await tools.load(diagnoses, diagnosisId)),
    })),
  );
  return loaded.flatMap(({ diagnosisId, state: diagnosis }) =>
    diagnosis === undefined
      ? []
      : {
          diagnosisId,
          patientId: theirs.includes(diagnosis.patientId) ? patientId : diagnosis.patientId,
          stands:
            !diagnosis.resolved && diagnosis.verification !== 'refuted' && diagnosis.movedTo === undefined,
        },
  );
};

export const planAggregate = (ports: PlanPorts): PlanAggregate => {
  const facts = async (request: Request, tools: FactTools): Promise<PlanFacts> => {
    const { command, state, at, id } = request;
    const needs = NEEDS[command.type] ?? [];
    const need = async <T>(what: Need, load: () => Promise<T>, otherwise: T): Promise<T> =>
      needs.includes(what) ? load() : otherwise;
    const referralId = referralIdOf(request);
    const plannedBy = state.stage === 'none' ? undefined : state.organizationId;
    const ordered = await need('referral', () => tools.view(underCare, referralId), undefined);
    const zone = await zoneOf(plannedBy ?? ordered?.organizationId, tools);
    const treated = await need(
      'treatment',
      () => tools.lookup(ports.firstTreatmentOf(referralId)),
      undefined,
    );
    const today = dayOf(at, zone);
    const patientId = state.stage === 'none' ? ordered?.patientId : state.patientId;
    const person =
      patientId !== undefined && needs.some((one) => OF_PERSON.includes(one))
        ? await personOf(patientId, tools)
        : NOBODY;
    const clinic = plannedBy ?? ordered?.organizationId ?? '';
    return {
      today,
      holds: await need('precautions', () => whatHolds(request, { person, ordered, zone }, tools), {
        facts: [],
        at,
        day: today,
      }),
      referral: referralFact(ordered, plannedBy),
      sharingClosed: await need(
        'sharing',
        () => isClosedTo(person, { organizationId: clinic, day: today }, tools),
        false,
      ),
      signer: await need('signer', () => signerFact(request, tools), undefined),
      diagnoses: await need('diagnoses', () => diagnosisFacts(state, person, ports.diagnoses, tools), []),
      firstTreatment: treated === undefined ? undefined : dayOf(treated, zone),
      followsAnother: await need(
        'treatment',
        async () => (await tools.lookup(signedPlansOf(referralId))).some((plan) => plan.id !== id),
        false,
      ),
      unknownCodes: needs.includes('codes') ? unknownCodes(state, ports.serviceCodes()) : [],
    };
  };

  return {
    decider: { category: 'plan', initial: { stage: 'none' }, evolve, decide, stage: stageOf },
    contract: PLAN_CONTRACT,
    commands: PLAN_COMMANDS,
    subject: async (request, tools) =>
      subjectOfSides(
        request.state.stage === 'none'
          ? referralFact(await tools.view(underCare, referralIdOf(request)), undefined)
          : request.state,
      ),
    references: {
      DraftPlan: { referralId: 'access', 'content.diagnosisIds': ofPatient('diagnosis') },
      EditPlan: { 'content.diagnosisIds': ofPatient('diagnosis') },
      SubmitPlan: { proofRef: ofPatient('document') },
    } satisfies ReferencesOf<typeof PLAN_COMMANDS, Reference<PlanState, PlanCommand>>,
    facts,
    holds: currentPlanClaims,
  };
};
