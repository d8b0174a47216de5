/** Days on the calendar of pure rules: UTC days and weekdays (organisation calendars come with deadlines). */
import type { CalendarDate, Instant } from '@fascia/kernel';

const DAY_MS = 86_400_000;

export const plusDays = (at: Instant, days: number): Instant => new Date(Date.parse(at) + days * DAY_MS).toISOString();

export const dateOf = (at: Instant): CalendarDate => at.slice(0, 10);

/** The end of the n-th weekday after an instant. */
export const plusBusinessDays = (at: Instant, days: number): Instant => {
  let day = at;
  for (let left = days; left > 0; ) {
    day = plusDays(day, 1);
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return day;
};
