/** What a later measurement says against the baseline (docs/domain/measures.md#labels). */
import {
  DEFAULT_THRESHOLDS,
  romNormal,
  thresholdFor,
  type Threshold,
  type ThresholdTable,
} from '@fascia/clinical';
import type { AssessmentRefusal } from '../contract/refusals.js';
import { creditedDegrees } from './rom.js';

export interface Measurement {
  readonly instrument: string;
  readonly version: string;
  /** `RAW50` and `PCT100` of one instrument differ by a factor: only like is compared with like. */
  readonly scale: string;
  readonly value: number;
  readonly rater: string;
  /** For instruments measured on the body. */
  readonly joint?: string;
  readonly motion?: string;
  readonly side?: string;
  readonly mode?: string;
  readonly device?: string;
  readonly position?: string;
}

export type ChangeLabel = 'improved' | 'worsened' | 'withinError' | 'unchanged' | 'notComparable';

/** Why two measurements cannot be compared: the first field that differs, or no threshold for the instrument. */
export type NotComparableBecause = keyof Measurement | 'threshold';

export type Change =
  | { readonly label: 'notComparable'; readonly because: NotComparableBecause }
  | {
      readonly label: Exclude<ChangeLabel, 'notComparable'>;
      /** Positive is better, whichever way the instrument counts. */
      readonly gain: number;
      /** The larger of `meaningful` and `mdc`. */
      readonly threshold: number;
      readonly meaningful: number;
      readonly mdc?: number;
      readonly source: string;
      readonly thresholdsVersion: string;
      readonly weak: boolean;
    };

const ALWAYS_EQUAL = ['instrument', 'version', 'scale'] as const;
/** Range of motion and posture: another device, mode or position is another measurement. */
const EQUAL_ON_THE_BODY = ['joint', 'motion', 'side', 'mode', 'device', 'position'] as const;
const ON_THE_BODY: readonly string[] = ['ROM', 'CVA', 'SHOULDER-ANGLE'];

/** @returns nothing when the two may be compared. */
export const differsIn = (baseline: Measurement, later: Measurement): keyof Measurement | undefined => {
  const fields = ON_THE_BODY.includes(baseline.instrument)
    ? [...ALWAYS_EQUAL, ...EQUAL_ON_THE_BODY]
    : ALWAYS_EQUAL;
  return fields.find((field) => baseline[field] !== later[field]);
};

const credited = ({ instrument, joint = '', motion = '', value }: Measurement): number => {
  const normal = instrument === 'ROM' ? romNormal(joint, motion) : undefined;
  return normal === undefined ? value : creditedDegrees(value, normal);
};

const SIGNIFICANT = 1e6;

/** Without the dust of binary fractions: 5.7 - 3.7 is 2. */
const difference = (a: number, b: number): number => Math.round((a - b) * SIGNIFICANT) / SIGNIFICANT;

const labelOf = (gain: number, { meaningful, mdc = 0 }: Threshold): Exclude<ChangeLabel, 'notComparable'> => {
  const size = Math.abs(gain);
  if (size >= Math.max(meaningful, mdc)) return gain > 0 ? 'improved' : 'worsened';
  return size >= meaningful ? 'withinError' : 'unchanged';
};

/** @param cohort such as `radiculopathy`, where a threshold is published for it. */
export const labelChange = (
  baseline: Measurement,
  later: Measurement,
  {
    cohort,
    thresholds = DEFAULT_THRESHOLDS,
  }: { readonly cohort?: string; readonly thresholds?: ThresholdTable } = {},
): Change => {
  const because = differsIn(baseline, later);
  if (because !== undefined) return { label: 'notComparable', because };
  const { instrument, scale, joint, motion, mode } = later;
  const threshold = thresholdFor(thresholds, instrument, scale, {
    raters: baseline.rater === later.rater ? 'same' : 'other',
    ...(joint === undefined ? {} : { joint }),
    ...(motion === undefined ? {} : { motion }),
    ...(mode === undefined ? {} : { mode }),
    ...(cohort === undefined ? {} : { cohort }),
  });
  if (threshold === undefined) return { label: 'notComparable', because: 'threshold' };
  const rise = difference(credited(later), credited(baseline));
  const gain = threshold.direction === 'up' ? rise : difference(0, rise);
  const { meaningful, mdc, source, weak = false } = threshold;
  return {
    label: labelOf(gain, threshold),
    gain,
    threshold: Math.max(meaningful, mdc ?? 0),
    meaningful,
    ...(mdc === undefined ? {} : { mdc }),
    source,
    thresholdsVersion: thresholds.version,
    weak,
  };
};

/** For a command that demands a comparison. @returns nothing when the two may be compared. */
export const comparabilityFault = (
  baseline: Measurement,
  later: Measurement,
): AssessmentRefusal | undefined => {
  const field = differsIn(baseline, later);
  if (field === undefined) return undefined;
  return {
    code: 'MEASURE_NOT_COMPARABLE',
    detail: `Measured another way than the baseline (${field}): measure again the same way, or start a new baseline.`,
    pointer: `/${field}`,
  };
};
