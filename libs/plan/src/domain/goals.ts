/** Whether the goals of a plan are met, by what was measured last (docs/domain/plan.md#goals). The door `./rules`: a screen says it too. */
import type { PlanGoal } from '../contract/content.js';

/** As it was measured last, of its kind. */
export interface MeasuredLast {
  readonly instrument: string;
  readonly value: number;
  readonly region?: string | undefined;
  readonly side?: string | undefined;
}

export interface UnmetGoal {
  readonly goalId: string;
  /** JSON pointer into the plan's content. */
  readonly pointer: string;
}

/** Measured there, or nobody said where. */
export const concerns = ({ measure, site }: PlanGoal, { instrument, region, side }: MeasuredLast): boolean =>
  measure === instrument &&
  (site === undefined || region === undefined || site.region === region) &&
  (site?.side === undefined || side === undefined || site.side === side);

/** Goals in words are met when the therapist says so. */
const isMet = (goal: PlanGoal, measured: readonly MeasuredLast[]): boolean => {
  const { measure, baseline, target } = goal;
  if (measure === undefined || baseline === undefined || target === undefined) return true;
  return measured.some(
    (one) => concerns(goal, one) && (target < baseline ? one.value <= target : one.value >= target),
  );
};

/** @param measured of each kind of measurement the last. Where several kinds concern a goal (motions of one joint), one is enough. */
export const unmetGoals = (
  goals: readonly PlanGoal[],
  measured: readonly MeasuredLast[],
): readonly UnmetGoal[] =>
  goals.flatMap((goal, index) =>
    isMet(goal, measured) ? [] : [{ goalId: goal.goalId, pointer: `/content/goals/${String(index)}` }],
  );
