/**
 * What counts as a change worth the name: versioned configuration, each row with its source (docs/domain/measures.md#thresholds).
 * Values differ by cohort and anchor, so the source is stored and shown with every label. `DEF` is a default of the product; `S24`
 * and its like are sections of docs/domain/sources.md.
 */

/** `up`: higher is better. */
export type Direction = 'up' | 'down';

/** A row applies when every condition that it names is met. */
export interface ThresholdConditions {
  readonly joint?: string;
  readonly motion?: string;
  readonly mode?: string;
  /** Whether both measurements were taken by one person. */
  readonly raters?: 'same' | 'other';
  readonly cohort?: string;
}

export interface Threshold {
  readonly instrument: string;
  readonly scale: string;
  readonly direction: Direction;
  /** The smallest change that matters to patients (MCID or a default). */
  readonly meaningful: number;
  /** Minimal detectable change: what lies below may be error of measurement. */
  readonly mdc?: number;
  readonly when?: ThresholdConditions;
  readonly source: string;
  /** Weak evidence: never decides an outcome alone. */
  readonly weak?: true;
}

export interface ThresholdTable {
  readonly version: string;
  readonly rows: readonly Threshold[];
}

type Evidence = Pick<Threshold, 'source' | 'mdc' | 'when' | 'weak'>;

const up = (instrument: string, scale: string, meaningful: number, more: Evidence): Threshold => ({
  instrument,
  scale,
  direction: 'up',
  meaningful,
  ...more,
});

const down = (instrument: string, scale: string, meaningful: number, more: Evidence): Threshold => ({
  instrument,
  scale,
  direction: 'down',
  meaningful,
  ...more,
});

const rom = (meaningful: number, source: string, when: ThresholdConditions, mdc?: number): Threshold =>
  up('ROM', 'deg', meaningful, { source, when, ...(mdc === undefined ? {} : { mdc }) });

// prettier-ignore
export const DEFAULT_THRESHOLDS: ThresholdTable = {
  version: '1',
  rows: [
    down('NPRS', '0-10', 2, { source: 'S24', mdc: 2 }),
    down('VAS', '0-100', 15, { source: 'S24' }),
    up('PSFS', '0-10', 2, { source: 'S24', mdc: 2 }),
    up('PSFS-ACTIVITY', '0-10', 2, { source: 'S24', mdc: 3 }),
    up('LEFS', '0-80', 9, { source: 'S24', mdc: 9 }),
    down('QUICKDASH', '0-100', 15.9, { source: 'S24: Franchignoni 2014', mdc: 12.85 }),
    down('NDI', 'RAW50', 7.5, { source: 'S24', mdc: 5 }),
    down('NDI', 'RAW50', 7.5, { source: 'S24', mdc: 10.2, when: { cohort: 'radiculopathy' } }),
    down('NDI', 'PCT100', 15, { source: 'S24', mdc: 10 }),
    down('NDI', 'PCT100', 15, { source: 'S24', mdc: 20.4, when: { cohort: 'radiculopathy' } }),
    down('ODI', 'PCT100', 10, { source: 'S24: Ostelo 2008' }),
    up('CVA', 'deg', 1.4, { source: 'S29: distribution-based, students', weak: true }),
    up('SHOULDER-ANGLE', 'deg', 1.34, { source: 'S29: distribution-based, students', weak: true }),
    up('WHO-5', 'PCT100', 10, { source: 'S25: Topp 2015' }),
    up('PROMIS-10-PHYSICAL', 'T', 5, { source: 'DEF, S26' }),
    up('PROMIS-10-MENTAL', 'T', 5, { source: 'DEF, S26' }),
    rom(5, 'DEF', { raters: 'same' }),
    rom(10, 'DEF', { raters: 'other' }),
    rom(20, 'DEF', { raters: 'other', joint: 'shoulder' }),
    // The upper end of each published range: the stricter reading.
    rom(20, 'DEF, MDC S28', { raters: 'other', joint: 'shoulder', mode: 'passive' }, 25),
    rom(5, 'DEF, MDC S28', { raters: 'same', joint: 'knee', motion: 'extension' }, 3.5),
    rom(10, 'DEF, MDC S28', { raters: 'other', joint: 'knee', motion: 'extension' }, 10.4),
  ],
};

const conditionsOf = ({ when = {} }: Threshold): readonly [string, string][] =>
  Object.entries(when) as [string, string][];

/** The row with the most conditions met wins. */
export const thresholdFor = (
  table: ThresholdTable,
  instrument: string,
  scale: string,
  conditions: ThresholdConditions,
): Threshold | undefined => {
  const known: Readonly<Record<string, string>> = { ...conditions };
  return table.rows
    .filter((row) => row.instrument === instrument && row.scale === scale)
    .filter((row) => conditionsOf(row).every(([name, value]) => known[name] === value))
    .toSorted((a, b) => conditionsOf(b).length - conditionsOf(a).length)[0];
};
