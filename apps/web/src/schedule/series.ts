/** When the visits of a series could be: so many a week, spread over it, at the same time of day. */
import { daysLater, weekdayOf } from '../parts/zone.js';

const WEEK_DAYS = 7;
const SATURDAY = 6;

/** Where nobody is asked to come more often than there are working days. */
const nextWorkday = (day: string): string => {
  const weekday = weekdayOf(day);
  return weekday < SATURDAY ? day : daysLater(day, WEEK_DAYS + 1 - weekday);
};

/**
 * @param perWeek 0.5 is every other week
 * @returns the days, the first as it was given; no two on one day
 */
export const seriesFrom = (first: string, visits: number, perWeek: number): readonly string[] => {
  const fitting = perWeek < SATURDAY ? nextWorkday : (day: string): string => day;
  const days = [first];
  for (let n = 1; n < visits; n += 1) {
    const wanted = fitting(daysLater(first, Math.floor((n * WEEK_DAYS) / perWeek)));
    const last = days[n - 1] ?? first;
    days.push(wanted > last ? wanted : fitting(daysLater(last, 1)));
  }
  return days;
};
