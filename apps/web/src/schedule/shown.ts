/** Which days the schedule shows, whose, and what is being booked; what is in its address. */
import { daysLater, isDay, weekdayOf } from '../parts/zone.js';

export const VIEWS = ['day', 'week'] as const;

export type View = (typeof VIEWS)[number];

export interface Shown {
  /** Today when absent. */
  readonly day?: string;
  readonly view?: View;
  /** One therapist's; all of the clinic's when absent. */
  readonly therapist?: string;
  /** A visit is being booked under this referral, or for {@link ANYBODY}. */
  readonly book?: string;
}

/** What is to be shown instead; nothing of it where it says so. */
export type Turn = { readonly [K in keyof Shown]?: Shown[K] | undefined };

/** Whose visit it is, is said where it is booked. */
export const ANYBODY = 'anybody';

const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const idOf = (text: unknown): string | undefined =>
  typeof text === 'string' && ID.test(text) ? text : undefined;

export const shownIn = ({ day, view, therapist, book }: Readonly<Record<string, unknown>>): Shown => {
  const [whose, booked] = [idOf(therapist), book === ANYBODY ? ANYBODY : idOf(book)];
  return {
    ...(typeof day === 'string' && isDay(day) ? { day } : {}),
    ...(view === 'week' ? { view } : {}),
    ...(whose === undefined ? {} : { therapist: whose }),
    ...(booked === undefined ? {} : { book: booked }),
  };
};

const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;

/** Of a week, from Monday on. */
export const daysOf = (view: View, day: string): readonly string[] => {
  if (view === 'day') return [day];
  const monday = daysLater(day, 1 - weekdayOf(day));
  return WEEK.map((n) => daysLater(monday, n));
};

/** @param by days or weeks, as they are shown */
export const turned = (view: View, day: string, by: 1 | -1): string =>
  daysLater(day, view === 'day' ? by : by * WEEK.length);
