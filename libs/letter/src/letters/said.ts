/** How values, days, places and codes stand in a letter. */
import type { StoredChange, StoredMeasurement } from '@fascia/assessment/contract';
import { sidesOf, type BodySite } from '@fascia/clinical';
import { cardWords, filled } from '../contract/card-words.js';
import { names } from '../contract/names.js';

const LOCALE = 'en-US';
const HUNDREDTHS = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const IN_LAW = 'UTC';

/** What a code is called; the code itself where it has no name, as what is stored may be older than the names. */
export const called = (of: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(of, code) ? (of[code] ?? code) : code;

/** With its unit, where that is more than a score. */
export const valueText = (value: number, instrument: string): string =>
  `${HUNDREDTHS.format(value)}${instrument === 'ROM' ? '°' : ''}`;

/** "Range of motion: Knee, flexion, left, active". */
export const kindText = ({
  instrument,
  joint,
  motion,
  side,
  mode,
  region,
}: Pick<StoredMeasurement, 'instrument' | 'joint' | 'motion' | 'side' | 'mode' | 'region'>): string => {
  const parts = [
    joint && called(names.joint, joint),
    motion && called(names.motion, motion),
    side !== undefined && side !== 'midline' && called(names.bodySide, side),
    mode && called(names.mode, mode),
    region && called(names.region, region),
  ].filter(Boolean);
  return [names.instrument[instrument], parts.join(', ')].filter(Boolean).join(': ');
};

/** What the table of thresholds calls by its number is told by its name. */
const sourceText = (source: string): string =>
  source.replaceAll(/\b(?:DEF|S\d+)\b/g, (code) => called(names.source, code));

/** "Better by 3. 2 or more counts. Source: …". */
export const changeText = (
  change: StoredChange,
  { instrument }: Pick<StoredMeasurement, 'instrument'>,
): string => {
  if (change.label === 'notComparable')
    return `${cardWords.label.notComparable}: ${filled(cardWords.because, { part: called(names.measurementPart, change.because) })}`;
  const { label, gain, threshold, source, weak } = change;
  return [
    filled(cardWords.label[label], { gain: valueText(Math.abs(gain), instrument) }),
    filled(cardWords.counts, { threshold: valueText(threshold, instrument) }),
    filled(cardWords.source, { source: sourceText(source) }),
    ...(weak ? [cardWords.weak] : []),
  ].join('. ');
};

/** "left, Lower back": a side is named where there is a choice. */
export const placeText = ({
  region,
  side,
}: {
  readonly region: string;
  readonly side?: string | null | undefined;
}): string => {
  const isChoice = sidesOf(region as BodySite['region']).length > 1;
  return [
    called(names.region, region),
    ...(side === undefined || side === null || !isChoice ? [] : [called(names.bodySide, side)]),
  ].join(', ');
};

/** Also of a Node whose tables of languages put narrow spaces into times. */
const said = (format: Intl.DateTimeFormat, at: string): string =>
  format.format(new Date(at)).replaceAll('\u202f', ' ');

/** A FHIR date as precise as it is known, or a moment in the zone of whoever signs. */
export const dayText = (day: string, timeZone = IN_LAW): string => {
  if (/^\d{4}(?:-\d{2})?$/.test(day)) return day;
  const zone = day.includes('T') ? timeZone : IN_LAW;
  return said(new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeZone: zone }), day);
};

/** With the name of the zone, as it is for whoever reads it elsewhere. */
export const momentText = (moment: string, timeZone: string): string =>
  said(new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeStyle: 'long', timeZone }), moment);
