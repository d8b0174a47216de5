/** What was measured under a referral, kind by kind, and what of a change counts. */
import { DEFAULT_THRESHOLDS, thresholdFor } from '@fascia/clinical';
import {
  seriesOf,
  type Benefit as BenefitOf,
  type Line as LineOf,
  type Series as SeriesOf,
} from '@fascia/letter/rules';
import type { Answer } from '../api/questions.js';

export type Assessment = Answer<'listAssessments'>;
export type Measurement = Assessment['measurement'];
export type Change = NonNullable<Assessment['change']>;

export type Visit = Answer<'listSessions'>;

export type Series = SeriesOf<Assessment>;
export type Line = LineOf<Assessment>;
export type Benefit = BenefitOf<Assessment>;

/** What was measured before one of them: it is labelled against that alone. */
export const earlierThan = (all: readonly Assessment[], { id }: Assessment): readonly Series[] =>
  seriesOf(
    all.slice(
      0,
      all.findIndex((one) => one.id === id),
    ),
  );

/** How large a change must be to count: as the last label says; before there is one, as it will be for the same person's eye. */
export const countsFrom = ({ points, baseline: { measurement } }: Series): number | undefined => {
  const labelled = points.findLast(
    ({ change }) => change !== null && change.label !== 'notComparable',
  )?.change;
  if (labelled !== undefined && labelled !== null && labelled.label !== 'notComparable')
    return labelled.threshold;
  const { instrument, scale, joint, motion, mode } = measurement;
  const row = thresholdFor(DEFAULT_THRESHOLDS, instrument, scale, {
    raters: 'same',
    ...(joint === undefined ? {} : { joint }),
    ...(motion === undefined ? {} : { motion }),
    ...(mode === undefined ? {} : { mode }),
  });
  return row && Math.max(row.meaningful, row.mdc ?? 0);
};
