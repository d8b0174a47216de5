/** The five benefits: what was measured of each, what the plan wants of it, and what follows for the outcome. */
import type { Instrument } from '@fascia/assessment/contract';
import { concerns, unmetGoals } from '@fascia/plan/rules';
import type { Answer } from '../api/questions.js';
import { names } from '../words/names.js';
import type { Series } from './series.js';

export type Category = keyof typeof names.goal;
export type Goal = NonNullable<NonNullable<Answer<'listPlans'>['inForce']>['goals']>[number];
type Referral = Answer<'getReferral'>;
type Outcome = NonNullable<Referral['outcome']>;

type Plan = Answer<'listPlans'>;

/** Of the plan that was signed last, over or not. */
export const goalsInForce = (plans: readonly Pick<Plan, 'establishedAt' | 'inForce'>[]): readonly Goal[] => {
  const [last] = plans
    .flatMap(({ establishedAt, inForce }) => (establishedAt === null ? [] : [{ establishedAt, inForce }]))
    .toSorted((one, other) => other.establishedAt.localeCompare(one.establishedAt));
  return last?.inForce?.goals ?? [];
};

const CATEGORIES = Object.keys(names.goal) as readonly Category[];

/** Of what benefit an instrument tells where no goal says otherwise. */
const TELLS_OF: Readonly<Record<Instrument, Category>> = { NPRS: 'pain', PSFS: 'recovery', ROM: 'mobility' };

export interface Line {
  readonly series?: Series;
  readonly goal?: Goal;
}

export interface Benefit {
  readonly category: Category;
  /** None where nothing was measured of it, and the plan wants nothing of it. */
  readonly lines: readonly Line[];
}

const linesOf = (goal: Goal, series: readonly Series[]): readonly Line[] => {
  const measured = series.filter(({ now }) => concerns(goal, now.measurement));
  return measured.length === 0 ? [{ goal }] : measured.map((one) => ({ series: one, goal }));
};

export const benefitsOf = (series: readonly Series[], goals: readonly Goal[]): readonly Benefit[] => {
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

const isMeasurable = ({ measure, baseline, target }: Goal): boolean =>
  measure !== undefined && baseline !== undefined && target !== undefined;

/** By what was measured last, as the service asks it of goals that are called met; a plan that is signed has goals. */
export const nothingUnmet = (series: readonly Series[], goals: readonly Goal[]): boolean =>
  goals.length > 0 &&
  unmetGoals(
    goals,
    series.map(({ now }) => now.measurement),
  ).length === 0;

/** After so many in a row it is decided whether care ends. */
const STAYED_AWAY = 3;

/** What is known already; nothing where only a person can say it. */
export const proposedKind = (
  { missed }: Pick<Referral, 'missed'>,
  series: readonly Series[],
  goals: readonly Goal[],
): Outcome['kind'] | undefined => {
  if (goals.some(isMeasurable) && nothingUnmet(series, goals)) return 'goals-met';
  return missed.inARow >= STAYED_AWAY ? 'lost-to-follow-up' : undefined;
};

const ENDS_BADLY: readonly Outcome['kind'][] = ['red-flag', 'lost-to-follow-up'];

/** Somebody has to say what happens next. */
export const isWorse = ({ kind }: Pick<Outcome, 'kind'>, series: readonly Series[]): boolean =>
  ENDS_BADLY.includes(kind) || series.some(({ now }) => now.change?.label === 'worsened');

/** Nothing is left to think about: the goals are met, and what was measured says so. */
export const isPlain = (
  { kind, goalsMetReason }: Pick<Outcome, 'kind' | 'goalsMetReason'>,
  series: readonly Series[],
): boolean => kind === 'goals-met' && goalsMetReason === null && !isWorse({ kind }, series);
