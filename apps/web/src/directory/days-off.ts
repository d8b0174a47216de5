/** Days on which nobody works, as they are typed: a day of the week each, and other days one to a line. */
import { daysLater, isDay } from '../parts/zone.js';
import { readersLocale } from '../words/words.js';

/** 1 is Monday, as in ISO 8601. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

const A_MONDAY = '2024-01-01';

/** "Monday". */
export const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(readersLocale(), { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(daysLater(A_MONDAY, weekday - 1)),
  );

export interface Lines {
  readonly days: readonly string[];
  /** Lines that are no day. */
  readonly wrong: readonly string[];
}

export const linesOf = (text: string): Lines => {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return { days: lines.filter(isDay), wrong: lines.filter((line) => !isDay(line)) };
};
