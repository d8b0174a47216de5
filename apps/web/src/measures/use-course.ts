/** The course of one referral: what was measured, the visits, and what the plan in force wants. */
import { useList } from '../api/use-service.js';
import { benefitsOf, goalsInForce, type Benefit, type Goal } from './benefits.js';
import { seriesOf, type Assessment, type Series } from './series.js';
import type { Visit } from './treated.js';

/** More than a referral has. */
const MOST = 200;

export interface Course {
  readonly assessments: readonly Assessment[];
  readonly series: readonly Series[];
  readonly visits: readonly Visit[];
  readonly goals: readonly Goal[];
  readonly benefits: readonly Benefit[];
  /** How many things the lists lack. */
  readonly lacking: number;
}

export const useCourse = (
  referralId: string,
): { readonly course: Course | undefined; readonly error: Error | null } => {
  const asked = { referralId, limit: MOST };
  const measured = useList('listAssessments', asked);
  const visited = useList('listSessions', asked);
  const planned = useList('listPlans', asked);
  const error = measured.error ?? visited.error ?? planned.error;
  const assessments = measured.data?.pages[0];
  const visits = visited.data?.pages[0];
  const plans = planned.data?.pages[0];
  if (assessments === undefined || visits === undefined || plans === undefined)
    return { course: undefined, error };
  const series = seriesOf(assessments.items);
  const goals = goalsInForce(plans.items);
  const lacking = [assessments, visits, plans].reduce(
    (sum, { incomplete }) => sum + (incomplete?.streams ?? 0),
    0,
  );
  return {
    course: {
      assessments: assessments.items,
      series,
      visits: visits.items,
      goals,
      benefits: benefitsOf(series, goals),
      lacking,
    },
    error,
  };
};
