/** Numeric pain rating scale: 0 (none) to 10 (worst imaginable), whole numbers. LOINC 72514-3. */
import type { AssessmentRefusal } from '../contract/refusals.js';

export const NPRS_MAX = 10;

/** @returns what is wrong with the value, or nothing. */
export const nprsFault = (value: number, pointer = '/value'): AssessmentRefusal | undefined => {
  if (!Number.isFinite(value) || value < 0 || value > NPRS_MAX) {
    return { code: 'MEASURE_RANGE', detail: 'Pain is rated from 0 to 10.', pointer };
  }
  if (!Number.isInteger(value))
    return { code: 'MEASURE_INTEGER', detail: 'Pain is rated in whole numbers.', pointer };
  return undefined;
};
