/** Interventions that are not recorded yet: one row each, from a place, from the plan, or from the last visit. */
import {
  TECHNIQUES,
  siteKey,
  sitesOverlap,
  type BodySite,
  type Region,
  type Side,
  type Tissue,
} from '@fascia/clinical';
import { deviationsFrom, type Deviation } from '@fascia/session/contract';
import type { BodyOf } from '../api/commands.js';
import type { Answer } from '../api/questions.js';
import { siteOf } from './site.js';

export type Visit = Answer<'getSession'>;
export type Intervention = Visit['interventions'][number];
export type PlanInForce = NonNullable<Answer<'listPlans'>['inForce']>;

export interface Row {
  /** Of the intention to record it: sent twice, it is recorded once. */
  readonly id: string;
  readonly region: Region;
  readonly side?: Side;
  readonly technique?: string;
  readonly tissue?: Tissue;
  readonly pressureGrade?: number;
  readonly minutes?: number;
  readonly cpt: string;
  readonly position?: string;
  readonly tool?: string;
  readonly nprsDuring?: number;
  readonly response: string;
  readonly deviationReason: string;
  /** It was done over a contraindication before it could be asked: what happened. */
  readonly doneDespite: string;
}

export interface Typed {
  readonly rows: readonly Row[];
}

export const NO_ROWS: Typed = { rows: [] };

/** Whether both are of one place. */
export const isAt = (one: BodySite, other: BodySite): boolean => siteKey(one) === siteKey(other);

type PlannedWork = PlanInForce['interventions'][number];

/** What the plan means to be done there, in the plan's order; what is for widespread pain is for each place. */
const plannedAt = (plan: PlanInForce | undefined, site: BodySite): readonly PlannedWork[] =>
  plan?.interventions.filter(({ sites }) =>
    sites.some((one) => one.region === 'widespread' || sitesOverlap(one, site)),
  ) ?? [];

/** The plan's code for the technique, else the one that it is usually billed as. */
export const usualCode = (plan: PlanInForce | undefined, technique: string): string =>
  plan?.interventions.find((one) => one.technique === technique)?.cpt ??
  TECHNIQUES.find(({ code }) => code === technique)?.cpt[0] ??
  '';

const only = <T>(some: readonly T[]): T | undefined => (some.length === 1 ? some[0] : undefined);

const empty = (site: BodySite): Row => ({
  id: crypto.randomUUID(),
  region: site.region,
  ...(site.side === undefined ? {} : { side: site.side }),
  cpt: '',
  response: '',
  deviationReason: '',
  doneDespite: '',
});

/** As the plan says where it says one thing; pressure and response are never guessed. */
export const rowAt = (site: BodySite, plan: PlanInForce | undefined): Row => {
  const planned = only(plannedAt(plan, site));
  const tissue = planned && only(planned.tissues);
  return planned === undefined
    ? empty(site)
    : {
        ...empty(site),
        technique: planned.technique,
        minutes: planned.minutesPerVisit,
        cpt: planned.cpt,
        ...(tissue === undefined ? {} : { tissue }),
      };
};

/** The same work once more. How the patient took it, and why it left the plan, is said anew. */
export const rowLike = (done: Intervention): Row => {
  const { technique, region, side, tissue, position, tool, pressureGrade, minutes, cpt } = done;
  return {
    ...empty(side === undefined ? { region } : { region, side }),
    technique,
    tissue,
    pressureGrade,
    minutes,
    cpt,
    ...(position === undefined ? {} : { position }),
    ...(tool === undefined ? {} : { tool }),
  };
};

/** Whose work is carried forward: of the visits before this one the last that is signed. */
export const lastSigned = <V extends Pick<Visit, 'id' | 'state' | 'start' | 'interventions'>>(
  visits: readonly V[],
  { id, start }: Pick<Visit, 'id' | 'start'>,
): V | undefined =>
  visits
    .filter((one) => one.id !== id && one.state === 'Signed' && one.start < start)
    .toSorted((one, other) => other.start.localeCompare(one.start))[0];

const NEEDED = ['technique', 'tissue', 'pressureGrade', 'minutes'] as const;
export type Lacking = (typeof NEEDED)[number] | 'cpt' | 'deviationReason';

export const deviationsIn = (row: Row, plan: PlanInForce | undefined): readonly Deviation[] =>
  plan === undefined || row.technique === undefined
    ? []
    : deviationsFrom(
        {
          techniques: plan.interventions.map(({ technique }) => technique),
          sites: plan.interventions.flatMap(({ sites }) => sites as readonly BodySite[]),
        },
        row.technique,
        siteOf(row),
      );

/** One exception of each sort in a visit: what left the plan before in the same way is not excused again. */
export const isSecond = (
  deviation: Deviation,
  recorded: readonly Pick<Intervention, 'deviations'>[],
): boolean => recorded.some(({ deviations }) => deviations.includes(deviation));

/** @returns what is still to be said of it */
export const lackingIn = (row: Row, plan: PlanInForce | undefined): readonly Lacking[] => [
  ...NEEDED.filter((field) => row[field] === undefined),
  ...(row.cpt.trim() === '' ? (['cpt'] as const) : []),
  ...(deviationsIn(row, plan).length > 0 && row.deviationReason.trim() === ''
    ? (['deviationReason'] as const)
    : []),
];

const said = <K extends string>(name: K, text: string): { readonly [P in K]?: string } =>
  text.trim() === '' ? {} : ({ [name]: text.trim() } as { readonly [P in K]: string });

/** @returns nothing while something needed is not said */
export const interventionOf = (
  row: Row,
  plan: PlanInForce | undefined,
): BodyOf<'sessions', 'RecordIntervention'> | undefined => {
  const { technique, tissue, pressureGrade, minutes, nprsDuring, position, tool } = row;
  if (technique === undefined || tissue === undefined) return undefined;
  if (pressureGrade === undefined || minutes === undefined) return undefined;
  if (lackingIn(row, plan).length > 0) return undefined;
  return {
    technique,
    ...siteOf(row),
    tissue,
    pressureGrade,
    minutes,
    cpt: row.cpt.trim(),
    ...(position === undefined ? {} : { position }),
    ...(tool === undefined ? {} : { tool }),
    ...(nprsDuring === undefined ? {} : { nprsDuring }),
    ...said('response', row.response),
    ...(deviationsIn(row, plan).length > 0 ? said('deviationReason', row.deviationReason) : {}),
    ...said('doneDespite', row.doneDespite),
  };
};
