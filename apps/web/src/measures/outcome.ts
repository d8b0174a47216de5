/** What follows for the outcome from what was measured, and from what the plan wants. */
import type { Goal } from '@fascia/letter/rules';
import { unmetGoals } from '@fascia/plan/rules';
import type { Answer } from '../api/questions.js';
import type { Series } from './series.js';

type Referral = Answer<'getReferral'>;
type Outcome = NonNullable<Referral['outcome']>;

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
