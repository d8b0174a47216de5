/** How measurements, changes and their sources are said. */
import type { TFunction } from 'i18next';
import { readersLocale } from '../words/words.js';
import { names } from '../words/names.js';
import type { Measurement } from './series.js';

const HUNDREDTHS = { maximumFractionDigits: 2 } as const;

/** With its unit, where that is more than a score. */
export const valueText = (value: number, { instrument }: Pick<Measurement, 'instrument'>): string =>
  new Intl.NumberFormat(
    readersLocale(),
    instrument === 'ROM'
      ? { ...HUNDREDTHS, style: 'unit', unit: 'degree', unitDisplay: 'narrow' }
      : HUNDREDTHS,
  ).format(value);

const named = <N extends object>(of: N, code: string | undefined): code is keyof N & string =>
  code !== undefined && Object.hasOwn(of, code);

/** "Range of motion: Knee, flexion, left, active". */
export const kindText = (
  t: TFunction,
  { instrument, joint, motion, side, mode, region }: Measurement,
): string => {
  const parts = [
    named(names.joint, joint) && t(`names.joint.${joint}`),
    named(names.motion, motion) && t(`names.motion.${motion}`),
    side !== 'midline' && named(names.bodySide, side) && t(`names.bodySide.${side}`),
    named(names.mode, mode) && t(`names.mode.${mode}`),
    named(names.region, region) && t(`names.region.${region}`),
  ].filter((part) => part !== false);
  return [t(`names.instrument.${instrument}`), parts.join(', ')].filter(Boolean).join(': ');
};

/** What the table of thresholds calls by its number is told by its name. */
export const sourceText = (t: TFunction, source: string): string =>
  source.replaceAll(/\b(?:DEF|S\d+)\b/g, (code) =>
    named(names.source, code) ? t(`names.source.${code}`) : code,
  );
