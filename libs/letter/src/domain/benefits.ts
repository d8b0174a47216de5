/**
 * The five benefits: what was measured of each, what the plan wants of it, and what was treated. The door `./rules`: a screen shows what
 * a letter says.
 */
import type { Instrument, StoredChange, StoredMeasurement } from '@fascia/assessment/contract';
import { kindOf } from '@fascia/assessment/rules';
import type { BodySite, Tissue } from '@fascia/clinical';
import type { CompleteContent } from '@fascia/plan/contract';
import { concerns } from '@fascia/plan/rules';
import { names } from '../contract/names.js';

// What was measured

export interface Measured {
  readonly measurement: StoredMeasurement;
  /** Since the first of its kind; null of that one. */
  readonly change: StoredChange | null;
  readonly recordedAt: string;
}

export interface Series<M extends Measured = Measured> {
  /** Of the kind. */
  readonly key: string;
  /** Oldest first. */
  readonly points: readonly M[];
  /** The first: the others are labelled against it. */
  readonly baseline: M;
  readonly now: M;
}

/** What was measured, kind by kind. @param all oldest first, as the service lists them */
export const seriesOf = <M extends Measured>(all: readonly M[]): readonly Series<M>[] =>
  [...Map.groupBy(all, ({ measurement }) => kindOf(measurement))].flatMap(([key, points]) => {
    const [baseline, now] = [points[0], points.at(-1)];
    return baseline === undefined || now === undefined ? [] : [{ key, points, baseline, now }];
  });

// What is wanted

export type Goal = CompleteContent['goals'][number];
export type Category = Goal['category'];

interface PlanSigned {
  readonly establishedAt: string | null;
  readonly inForce: { readonly goals: readonly Goal[] } | null;
}

/** Of the plan that was signed last, over or not. */
export const goalsInForce = (plans: readonly PlanSigned[]): readonly Goal[] => {
  const [last] = plans
    .flatMap(({ establishedAt, inForce }) => (establishedAt === null ? [] : [{ establishedAt, inForce }]))
    .toSorted((one, other) => other.establishedAt.localeCompare(one.establishedAt));
  return last?.inForce?.goals ?? [];
};

// Both

export interface Line<M extends Measured = Measured> {
  readonly series?: Series<M>;
  readonly goal?: Goal;
}

export interface Benefit<M extends Measured = Measured> {
  readonly category: Category;
  /** None where nothing was measured of it, and the plan wants nothing of it. */
  readonly lines: readonly Line<M>[];
}

const CATEGORIES = Object.keys(names.goal) as readonly Category[];

/** Of what benefit an instrument tells where no goal says otherwise. */
const TELLS_OF: Readonly<Record<Instrument, Category>> = { NPRS: 'pain', PSFS: 'recovery', ROM: 'mobility' };

const linesOf = <M extends Measured>(goal: Goal, series: readonly Series<M>[]): readonly Line<M>[] => {
  const measured = series.filter(({ now }) => concerns(goal, now.measurement));
  return measured.length === 0 ? [{ goal }] : measured.map((one) => ({ series: one, goal }));
};

export const benefitsOf = <M extends Measured>(
  series: readonly Series<M>[],
  goals: readonly Goal[],
): readonly Benefit<M>[] => {
  const wanted = goals.map((goal) => ({ goal, lines: linesOf(goal, series) }));
  const named = new Set(wanted.flatMap(({ lines }) => lines.map((line) => line.series)));
  return CATEGORIES.map((category) => ({
    category,
    lines: [
      ...wanted.flatMap(({ goal, lines }) => (goal.category === category ? lines : [])),
      ...series
        .filter((one) => !named.has(one) && TELLS_OF[one.now.measurement.instrument] === category)
        .map((one) => ({ series: one })),
    ],
  }));
};

// What was done

export interface Visited {
  readonly state: string;
  readonly start: string;
  readonly interventions: readonly (BodySite & { readonly tissue: Tissue })[];
}

/** Those that are signed. */
export const givenOf = <V extends Visited>(visits: readonly V[]): readonly V[] =>
  visits.filter(({ state }) => state === 'Signed');

export interface Given {
  readonly count: number;
  /** When the first and the last of them began. */
  readonly first: string;
  readonly last: string;
}

/** @param known where not all visits are there: how many are signed, and when the first of them began */
export const givenIn = (
  visits: readonly Visited[],
  known: { readonly first?: string; readonly count?: number | undefined } = {},
): Given | undefined => {
  const given = givenOf(visits);
  const first = known.first ?? given[0]?.start;
  return first === undefined
    ? undefined
    : { count: known.count ?? given.length, first, last: given.at(-1)?.start ?? first };
};

export interface Treated extends BodySite {
  readonly tone: Tissue;
}

/** Each place once for each tissue, by the visits that are signed. */
export const treatedIn = (visits: readonly Visited[]): readonly Treated[] => {
  const sites = givenOf(visits)
    .flatMap(({ interventions }) => interventions)
    .map(({ region, side, tissue }) => ({ region, ...(side === undefined ? {} : { side }), tone: tissue }));
  return [...new Map(sites.map((site) => [JSON.stringify(site), site])).values()];
};
