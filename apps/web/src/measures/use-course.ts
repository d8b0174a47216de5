/**
 * The course of one referral: what was measured, the visits, and what the plan in force wants. A course may be long: a
 * page shows where it began and what is new of it, and all of it to whoever asks for that or says what it came to.
 */
import {
  benefitsOf,
  givenIn,
  givenOf,
  goalsInForce,
  seriesOf,
  type Given,
  type Goal,
} from '@fascia/letter/rules';
import type { Answer } from '../api/questions.js';
import { useList, useWhole } from '../api/use-service.js';
import { useNow } from '../parts/use-now.js';
import { usePlans } from '../plans/use-plans.js';
import type { Assessment, Benefit, Series, Visit } from './series.js';

/** Of each kind of measurement, as the service says of `brief`; and of the visits. */
export const LATEST = 20;

interface Found {
  /** Oldest first, as everything here. */
  readonly assessments: readonly Assessment[];
  readonly visits: readonly Visit[];
  /** Of all visits, also where not all of them are there. */
  readonly given: Given | undefined;
}

export interface Course extends Found {
  readonly series: readonly Series[];
  readonly goals: readonly Goal[];
  readonly benefits: readonly Benefit[];
  /** How many things the lists lack. */
  readonly lacking: number;
  /** There is more between its beginning and its latest part. */
  readonly isCut: boolean;
}

interface Known {
  readonly course: Course | undefined;
  readonly error: Error | null;
}

const courseOf = (found: Found, plans: readonly Answer<'listPlans'>[], lacking: number): Course => {
  const series = seriesOf(found.assessments);
  const goals = goalsInForce(plans);
  const isCut =
    series.some(({ points }) => points.length > LATEST) ||
    (found.given?.count ?? 0) > givenOf(found.visits).length;
  return { ...found, series, goals, benefits: benefitsOf(series, goals), lacking, isCut };
};

const sum = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((all, one) => all + (one ?? 0), 0);

/** By the reader's clock; visits that are still to come are no part of a course. */
const useEndOfToday = (): string => new Date(new Date(useNow()).setHours(24, 0, 0, 0)).toISOString();

/** Its beginning and its latest part. */
export const useCourse = (referralId: string): Known => {
  const latest = { referralId, to: useEndOfToday(), latestFirst: true, counted: true, limit: LATEST };
  // Of every kind its latest: a page may end before the last of them.
  const measured = useWhole('listAssessments', { referralId, brief: true });
  const visited = useList('listSessions', latest);
  const begun = useList('listSessions', { referralId, state: 'Signed', limit: 1 });
  const planned = usePlans(referralId);
  const error = measured.error ?? visited.error ?? begun.error ?? planned.error;
  const { items: assessments } = measured;
  const [visits, plans] = [visited.data?.pages[0], planned.data?.pages[0]];
  if (assessments === undefined || visits === undefined || plans === undefined || begun.data === undefined)
    return { course: undefined, error };
  const shown = visits.items.toReversed();
  const first = begun.data.pages[0]?.items[0]?.start;
  const found = {
    assessments,
    visits: shown,
    given: first === undefined ? undefined : givenIn(shown, { first, count: visits.counts?.['signed'] }),
  };
  const lacking = sum([measured.lacking, visits.incomplete?.streams, plans.incomplete?.streams]);
  return { course: courseOf(found, plans.items, lacking), error };
};

/** All of it: for who asks for that, and for what is said of it in the end. */
export const useWholeCourse = (referralId: string, enabled = true): Known => {
  const measured = useWhole('listAssessments', { referralId }, enabled);
  const visited = useWhole('listSessions', { referralId, to: useEndOfToday() }, enabled);
  const planned = usePlans(referralId);
  const error = measured.error ?? visited.error ?? planned.error;
  const { items: assessments } = measured;
  const { items: visits } = visited;
  const plans = planned.data?.pages[0];
  if (assessments === undefined || visits === undefined || plans === undefined)
    return { course: undefined, error };
  const lacking = sum([measured.lacking, visited.lacking, plans.incomplete?.streams]);
  const course = courseOf({ assessments, visits, given: givenIn(visits) }, plans.items, lacking);
  return { course: { ...course, isCut: false }, error };
};
