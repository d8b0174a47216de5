/** Visits as the calendar of a clinic has them. */
import type { Answer } from '../api/questions.js';
import { dayIn, minuteIn } from '../parts/zone.js';
import type { Span } from './columns.js';

export type Visit = Answer<'listSessions'>;

const NOT_HELD: readonly Visit['state'][] = ['Cancelled', 'Voided'];

/** It stands in the calendar. */
export const isHeld = ({ state }: Pick<Visit, 'state'>): boolean => !NOT_HELD.includes(state);

/** Whoever did not come takes up nobody's time. */
export const takesTime = (visit: Pick<Visit, 'state'>): boolean => isHeld(visit) && visit.state !== 'NoShow';

const DAY_MINUTES = 24 * 60;

export interface VisitSpan extends Span {
  readonly visit: Visit;
  readonly day: string;
}

/** On the day on which it begins; what goes on after midnight is shown until then. */
export const spanIn = (visit: Visit, zone: string): VisitSpan => {
  const day = dayIn(visit.start, zone);
  const to = dayIn(visit.end, zone) === day ? minuteIn(visit.end, zone) : DAY_MINUTES;
  return { visit, day, from: minuteIn(visit.start, zone), to };
};
