/** Instants and days of pure rules, in UTC. */
import type { CalendarDate, Instant } from '@fascia/kernel';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** One spelling per instant: UTC with milliseconds. The HTTP layer lets nothing through that is no instant. */
export const normalInstant = (text: string): Instant => new Date(text).toISOString();

export const dateOf = (at: Instant): CalendarDate => at.slice(0, 10);

export const plusDays = (day: CalendarDate, days: number): CalendarDate => dateOf(new Date(Date.parse(day) + days * DAY_MS).toISOString());

/** Milliseconds from one instant to a later one; negative when it is earlier. */
export const elapsed = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

/** `2026-W14` (ISO 8601: weeks begin on Monday, week 1 holds the first Thursday). */
export const isoWeekOf = (at: Instant): string => {
  const midnight = new Date(`${dateOf(at)}T00:00:00.000Z`);
  const daysFromMonday = (midnight.getUTCDay() + 6) % 7;
  const thursday = new Date(midnight.getTime() + (3 - daysFromMonday) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${String(year)}-W${String(week).padStart(2, '0')}`;
};
