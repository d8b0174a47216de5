/** What was typed of a measurement, what is sent of it, and what it says before it is sent. */
import type { Instrument, MeasurementSaid, Point } from '@fascia/assessment/contract';
import { changeSince, scored } from '@fascia/assessment/rules';
import { ROM_NORMALS, romNormal } from '@fascia/clinical';
import type { Assessment, Change, Measurement, Series } from './series.js';

const TEXTS = ['joint', 'motion', 'side', 'mode', 'device', 'position', 'region'] as const;

export type TextPart = (typeof TEXTS)[number];

export interface Typed extends Readonly<Record<TextPart, string>> {
  readonly instrument: Instrument;
  /** Of the kind that is measured again; empty where it is another. */
  readonly kind: string;
  readonly point: Point;
  readonly sessionId: string;
  readonly value: string;
  /** The patient's own activities, by their ratings. */
  readonly items: readonly string[];
  readonly confirmed: boolean;
  /** Of a correction. */
  readonly reason: string;
}

/** As many activities as can be rated. */
const MOST_ITEMS = ['', '', '', '', ''] as const;

const NOTHING = { joint: '', motion: '', side: '', mode: '', device: '', position: '', region: '' } as const;

/** The first of a kind is its baseline. */
export const anotherOf = (
  instrument: Instrument,
  before: Pick<Typed, 'sessionId'> = { sessionId: '' },
): Typed => ({
  ...NOTHING,
  instrument,
  kind: '',
  point: 'baseline',
  sessionId: before.sessionId,
  value: '',
  items: MOST_ITEMS,
  confirmed: false,
  reason: '',
});

const placed = (measurement: Measurement): Readonly<Record<TextPart, string>> => ({
  ...NOTHING,
  ...Object.fromEntries(TEXTS.map((part) => [part, measurement[part] ?? ''])),
});

/** Measured as it was measured first: in another way it could not be compared. */
export const againOf = ({ key, baseline: { measurement } }: Series, sessionId = ''): Typed => ({
  ...anotherOf(measurement.instrument, { sessionId }),
  ...placed(measurement),
  kind: key,
  point: 'interim',
});

export const correctionOf = ({ measurement, point }: Assessment): Typed => ({
  ...anotherOf(measurement.instrument),
  ...placed(measurement),
  point,
  value: String(measurement.value),
  items: MOST_ITEMS.map((empty, n) => String(measurement.items?.[n] ?? empty)),
});

const numberOf = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));

/** Nothing where no score has been typed yet. */
export const saidOf = (typed: Typed): MeasurementSaid | undefined => {
  const { instrument, region, confirmed } = typed;
  const items = typed.items.flatMap((item) => numberOf(item) ?? []);
  const value = numberOf(typed.value);
  if (instrument === 'PSFS') return items.length === 0 ? undefined : { instrument, items };
  if (value === undefined) return undefined;
  if (instrument === 'NPRS')
    return {
      instrument,
      value,
      ...(region === '' ? {} : { region: region as NonNullable<MeasurementSaid['region']> }),
    };
  const parts = (['joint', 'motion', 'side', 'mode', 'device', 'position'] as const).filter(
    (part) => typed[part].trim() !== '',
  );
  return {
    instrument,
    value,
    ...Object.fromEntries(parts.map((part) => [part, typed[part].trim()])),
    ...(confirmed ? { confirmed } : {}),
  };
};

/** Left and right where the motion has them. */
export const sidesOfMotion = ({ joint, motion }: Pick<Typed, 'joint' | 'motion'>): readonly string[] => {
  const normal = romNormal(joint, motion);
  if (normal === undefined) return [];
  return normal.sided ? ['left', 'right'] : ['midline'];
};

export const motionsOf = (joint: string): readonly string[] =>
  Object.keys((ROM_NORMALS as Readonly<Record<string, object>>)[joint] ?? {});

type Refusal = Extract<ReturnType<typeof scored>, { readonly code: string }>;

export interface Verdict {
  /** In the words of the rule that says no. */
  readonly refusal?: Refusal;
  readonly measurement?: Measurement;
  /** None for the first of a kind. */
  readonly change?: Change;
}

/** What will be stored of it, or why it will not; nothing while nothing has been typed. */
export const verdictOn = (typed: Typed, raterId: string, earlier: readonly Series[]): Verdict | undefined => {
  const said = saidOf(typed);
  if (said === undefined) return undefined;
  const measurement = scored(said);
  if ('code' in measurement) return { refusal: measurement };
  const change = earlier.flatMap(({ baseline }) => changeSince(baseline, { measurement, raterId }) ?? [])[0];
  return { measurement, ...(change === undefined ? {} : { change }) };
};
