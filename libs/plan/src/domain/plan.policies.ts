/**
 * The rules at establishing, by the names a clinician knows them by (docs/domain/plan.md#content). Each answers
 * nothing, or why not; `establishGuards` is the whole list, in the order in which people are told.
 */
import {
  DEFAULT_THRESHOLDS,
  isTechnique,
  mayPerform,
  payerProfile,
  siteFault,
  siteKey,
  sitesOverlap,
  workedSites,
  type BodySite,
} from '@fascia/clinical';
import { codesOf, judge, saidOf } from '@fascia/clinical/contraindications';
import { SHARING_CLOSED } from '@fascia/directory/contract';
import type { PlanContent, PlanGoal, PlanIntervention } from '../contract/content.js';
import type { PlanRefusal, PlanRefusalCode } from '../contract/refusals.js';
import type { PlanFacts } from './facts.js';
import { bodySiteOf } from './plan.js';

type Guard = (content: PlanContent, facts: PlanFacts) => PlanRefusal | undefined;

export const referralIsActive: Guard = (_content, { referral }) =>
  referral?.active === true
    ? undefined
    : {
        code: 'PLAN_REFERRAL_NOT_ACTIVE',
        detail:
          'A plan needs a referral that your organisation has accepted and that is not on hold or over.',
      };

/** What was planned stays as it is; nothing is written over the patient's no. */
export const sharingIsOpen: Guard = (_content, { sharingClosed }) =>
  sharingClosed ? SHARING_CLOSED : undefined;

/** Every diagnosis named is the patient's and stands. */
export const hasDiagnosis: Guard = ({ diagnosisIds = [] }, { diagnoses, referral }) => {
  const unfit = diagnosisIds.filter(
    (id) =>
      !diagnoses.some(
        (known) => known.diagnosisId === id && known.stands && known.patientId === referral?.patientId,
      ),
  );
  if (diagnosisIds.length > 0 && unfit.length === 0) return undefined;
  return {
    code: 'PLAN_NO_DIAGNOSIS',
    detail:
      unfit.length === 0
        ? 'A plan treats at least one diagnosis: name it.'
        : 'A plan treats diagnoses of this patient that are neither refuted nor resolved: take the others out.',
    pointer: '/content/diagnosisIds',
    ...(unfit.length === 0 ? {} : { about: { diagnosisIds: unfit } }),
  };
};

const isMeasurable = ({ measure, baseline, target, dueDate }: PlanGoal): boolean =>
  measure !== undefined && baseline !== undefined && target !== undefined && dueDate !== undefined;

export const hasMeasurableGoal: Guard = ({ goals = [] }) =>
  goals.some((goal) => goal.longTerm && isMeasurable(goal))
    ? undefined
    : {
        code: 'PLAN_NO_GOAL',
        detail: 'A plan has at least one long-term goal with a measure, a baseline, a target and a date.',
        pointer: '/content/goals',
      };

const PARTS = [
  'startDate',
  'durationDays',
  'frequency',
  'plannedVisits',
  'interventions',
  'precautionsConsidered',
] as const;

export const missingParts = (content: PlanContent): readonly string[] =>
  PARTS.filter(
    (part) =>
      content[part] === undefined || (part === 'interventions' && content.interventions?.length === 0),
  ).map((part) => `/content/${part}`);

export const isComplete: Guard = (content) => {
  const missing = missingParts(content);
  return missing.length === 0
    ? undefined
    : {
        code: 'PLAN_INCOMPLETE',
        detail: 'A plan says what, how much, how often and for how long: fill in the missing parts.',
        about: { missing },
      };
};

const improves = ({ measure, baseline, target }: PlanGoal): boolean => {
  if (measure === undefined || baseline === undefined || target === undefined) return true;
  const direction = DEFAULT_THRESHOLDS.rows.find((row) => row.instrument === measure)?.direction;
  return direction === 'up' ? target > baseline : target < baseline;
};

/** Lower is better for pain, higher for function and motion. */
export const goalsImprove: Guard = ({ goals = [] }) => {
  const index = goals.findIndex((goal) => !improves(goal));
  return index === -1
    ? undefined
    : {
        code: 'PLAN_GOAL_DIRECTION',
        detail: 'A target is better than its baseline: lower for NPRS, higher for PSFS and ROM.',
        pointer: `/content/goals/${String(index)}/target`,
      };
};

const sitesOf = (
  interventions: readonly PlanIntervention[],
): readonly { readonly pointer: string; readonly site: BodySite }[] =>
  interventions.flatMap(({ sites }, index) =>
    sites.map((site, at) => ({
      site: bodySiteOf(site),
      pointer: `/content/interventions/${String(index)}/sites/${String(at)}`,
    })),
  );

export const sitesAreWhole: Guard = ({ interventions = [] }) => {
  const bad = sitesOf(interventions).find(({ site }) => siteFault(site) !== undefined);
  return (
    bad && {
      code: 'PLAN_SITE_INVALID',
      detail: 'This region needs its side, or has no such side.',
      pointer: bad.pointer,
    }
  );
};

/** Both sides of a bilateral site must be referred. A widespread referral names no region, so it allows each. */
const isReferred = (site: BodySite, referred: readonly BodySite[]): boolean =>
  referred.some(({ region }) => region === 'widespread') ||
  workedSites(site).every((worked) => referred.some((other) => sitesOverlap(other, worked)));

export const sitesAreReferred: Guard = ({ interventions = [] }, { referral }) => {
  const bad = sitesOf(interventions).find(({ site }) => !isReferred(site, referral?.sites ?? []));
  return (
    bad && {
      code: 'PLAN_SITE_NOT_REFERRED',
      detail: 'The referral does not cover this place: ask the referrer to revise it, or take the place out.',
      pointer: bad.pointer,
      about: { region: bad.site.region },
    }
  );
};

export const durationIsAllowed: Guard = ({ durationDays = 0 }, { referral }) => {
  const days = payerProfile(referral?.payerProfile ?? 'SELF-PAY').planMaxDays;
  return durationDays <= days
    ? undefined
    : {
        code: 'PLAN_DURATION_TOO_LONG',
        detail: `Under this payer a plan lasts at most ${String(days)} days: shorten it and renew later.`,
        pointer: '/content/durationDays',
        about: { maxDays: days },
      };
};

const techniqueRefusal = (
  content: PlanContent,
  unfit: (technique: string) => boolean,
  code: PlanRefusalCode,
  detail: string,
): PlanRefusal | undefined => {
  const interventions = content.interventions ?? [];
  const index = interventions.findIndex(({ technique }) => unfit(technique));
  const technique = interventions[index]?.technique;
  return technique === undefined
    ? undefined
    : { code, detail, pointer: `/content/interventions/${String(index)}/technique`, about: { technique } };
};

export const techniquesAreKnown: Guard = (content) =>
  techniqueRefusal(
    content,
    (technique) => !isTechnique(technique),
    'PLAN_TECHNIQUE_UNKNOWN',
    'Use a code of the technique catalogue.',
  );

export const techniquesAreWelcome: Guard = (content, { referral }) =>
  techniqueRefusal(
    content,
    (technique) => referral?.techniquesExcluded.includes(technique) === true,
    'PLAN_TECHNIQUE_EXCLUDED',
    'The referrer excluded this technique: choose another, or ask the referrer to revise the referral.',
  );

/** What is planned is billed by a code that there is (docs/domain/session.md#codes). */
export const codesAreKnown: Guard = ({ interventions = [] }, { unknownCodes }) => {
  const index = interventions.findIndex(({ cpt }) => unknownCodes.includes(cpt));
  return index < 0
    ? undefined
    : {
        code: 'PLAN_CODE_UNKNOWN',
        detail: 'The table of service codes has no such code.',
        pointer: `/content/interventions/${String(index)}/cpt`,
      };
};

/** Whatever of a plan the catalogue closes, where it would be done (docs/domain/safety.md#where-it-decides). */
export const techniquesAreNotContraindicated: Guard = ({ interventions = [] }, { holds }) => {
  for (const [index, { technique, sites, tissues }] of interventions.entries()) {
    const judged = judge({ ...holds, sites, ...(tissues.length === 0 ? {} : { tissues }) });
    for (const { site, findings } of judged) {
      const closing = findings.find(({ techniques }) => techniques.some((code) => code === technique));
      if (closing !== undefined)
        return {
          code: 'PLAN_TECHNIQUE_CONTRAINDICATED',
          detail: `${technique} is not for ${siteKey(site)}. ${saidOf(closing)}`,
          pointer: `/content/interventions/${String(index)}/technique`,
          about: { ...codesOf(closing, site), technique },
        };
    }
  }
  return undefined;
};

/** A plan covers the care from its first day on; one that follows another begins where it likes (42 CFR 410.61). */
export const beginsByFirstTreatment: Guard = ({ startDate }, { firstTreatment, followsAnother }) =>
  followsAnother || firstTreatment === undefined || startDate === undefined || startDate <= firstTreatment
    ? undefined
    : {
        code: 'PLAN_NOT_BEFORE_TREATMENT',
        detail: `The first session was on ${firstTreatment}: the plan begins on that day or before.`,
        pointer: '/content/startDate',
        about: { firstTreatment },
      };

export const signerMaySign: Guard = (_content, { signer }) =>
  signer?.maySign === true
    ? undefined
    : {
        code: 'SIGNER_NOT_LICENSED',
        detail: 'The signature needs a licence that is valid today and not suspended.',
      };

export const performerIsAllowed: Guard = (_content, { referral, signer }) =>
  mayPerform(payerProfile(referral?.payerProfile ?? 'SELF-PAY'), signer?.taxonomies ?? [])
    ? undefined
    : {
        code: 'PLAN_PERFORMER_NOT_ALLOWED',
        detail: 'Under this payer another profession treats: a colleague who is allowed to signs the plan.',
      };

export const establishGuards: readonly Guard[] = [
  referralIsActive,
  sharingIsOpen,
  hasDiagnosis,
  hasMeasurableGoal,
  isComplete,
  goalsImprove,
  sitesAreWhole,
  sitesAreReferred,
  durationIsAllowed,
  techniquesAreKnown,
  techniquesAreWelcome,
  codesAreKnown,
  techniquesAreNotContraindicated,
  beginsByFirstTreatment,
  signerMaySign,
  performerIsAllowed,
];
