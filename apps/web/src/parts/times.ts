/** Moments and days as people read them; the zone is always told. */
import { readersLocale } from '../words/words.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

/** "3 days": how long something has lasted. */
export const lasting = (since: string, now: number): string => {
  const passed = Math.max(0, now - Date.parse(since));
  const [unit, size] = UNITS.find(([, ms]) => passed >= ms) ?? UNITS[2];
  return new Intl.NumberFormat(readersLocale(), { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.floor(passed / size),
  );
};

/** "12 seconds", "3 hours". */
export const lengthText = (seconds: number): string => {
  const ms = seconds * SECOND;
  const [unit, size] = UNITS.find(([, least]) => ms >= least) ?? ['second', SECOND];
  return new Intl.NumberFormat(readersLocale(), { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.ceil(ms / size),
  );
};

const MOMENT: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
};

/** "Apr 3, 2026, 2:05 PM EDT". */
export const momentText = (moment: string): string =>
  new Intl.DateTimeFormat(readersLocale(), MOMENT).format(new Date(moment));

/** As {@link momentText}, to the second: for whoever compares moments. */
export const exactText = (moment: string): string =>
  new Intl.DateTimeFormat(readersLocale(), { ...MOMENT, second: '2-digit' }).format(new Date(moment));

/** A day of the calendar, wherever one is: `1979-02-11`. What is less precise is shown as it is kept. */
export const dayText = (day: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(day)
    ? new Intl.DateTimeFormat(readersLocale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day))
    : day;

/** "EDT", or with the style `long` "Eastern Daylight Time": what a zone is called at that moment; where the reader is when none is named. */
export const zoneText = (moment: number, style: 'short' | 'long', zone?: string): string =>
  new Intl.DateTimeFormat(readersLocale(), { timeZoneName: style, timeZone: zone })
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')?.value ??
  zone ??
  '';

/** The day on the calendar here: `2026-04-03`. */
export const dayOf = (moment: number): string => {
  const at = new Date(moment);
  const twoDigits = (number: number): string => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
};

/** "Apr 3, 2026, EDT": the day on which something was, where the reader is. */
export const dayOfMoment = (moment: string): string =>
  new Intl.DateTimeFormat(readersLocale(), {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    timeZoneName: 'short',
  }).format(new Date(moment));

/** "2:05 PM", as clocks of a place show it. */
export const timeText = (moment: string, zone: string): string =>
  new Intl.DateTimeFormat(readersLocale(), { hour: 'numeric', minute: '2-digit', timeZone: zone }).format(
    new Date(moment),
  );

/** "Monday, March 2, 2026", or with the style `short` "Mon, Mar 2". */
export const weekdayText = (day: string, style: 'long' | 'short'): string =>
  new Intl.DateTimeFormat(readersLocale(), {
    weekday: style,
    month: style,
    day: 'numeric',
    ...(style === 'long' ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(new Date(day));
