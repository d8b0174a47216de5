/**
 * Patient-specific functional scale: three to five activities of the patient's own choice, each 0 (unable) to
 * 10 (as before), and their mean. The activities' names are the patient's words and never needed here.
 */
import type { AssessmentRefusal } from '../contract/refusals.js';

export const PSFS_ACTIVITIES = { fewest: 3, most: 5 } as const;
const MAX = 10;
const HUNDREDTHS = 100;

const activityFault = (score: number, index: number): AssessmentRefusal | undefined => {
  const pointer = `/items/${String(index)}`;
  if (!Number.isFinite(score) || score < 0 || score > MAX) {
    return { code: 'MEASURE_RANGE', detail: 'Each activity is rated from 0 to 10.', pointer };
  }
  if (!Number.isInteger(score))
    return { code: 'MEASURE_INTEGER', detail: 'Each activity is rated in whole numbers.', pointer };
  return undefined;
};

/** @returns the first thing wrong with the ratings, or nothing. */
export const psfsFault = (scores: readonly number[]): AssessmentRefusal | undefined => {
  const { fewest, most } = PSFS_ACTIVITIES;
  if (scores.length < fewest || scores.length > most) {
    return {
      code: 'MEASURE_INCOMPLETE',
      detail: `Rate ${String(fewest)} to ${String(most)} activities.`,
      pointer: '/items',
    };
  }
  return scores.map(activityFault).find((fault) => fault !== undefined);
};

/** Mean of ratings that {@link psfsFault} lets pass, to hundredths. */
export const psfsMean = (scores: readonly number[]): number =>
  Math.round((scores.reduce((sum, score) => sum + score, 0) / scores.length) * HUNDREDTHS) / HUNDREDTHS;
