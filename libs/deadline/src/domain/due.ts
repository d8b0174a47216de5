/** When a deadline is due: over the calendars of those who have to act. Of several, whoever can be first. */
import {
  businessDaysAfter,
  elapsedMs,
  endOfDay,
  endOfWorkingDay,
  HOUR_MS,
  instantAfterDays,
  instantAfterMs,
  whenWorked,
  type WorkCalendar,
} from '@fascia/clinical/calendar';
import type { Instant } from '@fascia/kernel';
import type { DeadlineCommand } from '../contract/commands.js';
import { spanOf, type Span } from '../contract/policy.js';

const after = (at: Instant, { amount, unit }: Span, calendar: WorkCalendar): Instant => {
  switch (unit) {
    case 'h':
      return instantAfterMs(at, amount * HOUR_MS);
    case 'd':
      return instantAfterDays(at, amount);
    case 'bd':
      return amount === 0 ? endOfWorkingDay(at, calendar) : businessDaysAfter(at, amount, calendar);
  }
};

export interface Due {
  readonly dueAt: Instant;
  readonly span?: Span;
  readonly zone: string;
}

/** @param calendars of those who have to act, at least one @returns nothing where neither a span nor a moment says it */
export const dueOf = (
  { name, priority, at, dueAt, dueOn }: Extract<DeadlineCommand, { type: 'SetDeadline' }>,
  calendars: readonly WorkCalendar[],
): Due | undefined => {
  const [first] = calendars;
  if (first === undefined) return undefined;
  if (dueAt !== undefined) return { dueAt, zone: first.zone };
  if (dueOn !== undefined) return { dueAt: endOfDay(dueOn, first.zone), zone: first.zone };
  const span = spanOf(name, priority);
  if (span === undefined) return undefined;
  return calendars
    .map((calendar) => ({ dueAt: after(at, span, calendar), span, zone: calendar.zone }))
    .reduce((earliest, due) => (due.dueAt < earliest.dueAt ? due : earliest));
};

/** As much later as it stood still; of business days, at a time of one. */
export const resumedAt = (
  { dueAt, span, pausedAt }: { readonly dueAt: Instant; readonly span?: Span; readonly pausedAt: Instant },
  at: Instant,
  calendars: readonly WorkCalendar[],
): Instant => {
  const later = instantAfterMs(dueAt, Math.max(0, elapsedMs(pausedAt, at)));
  if (span?.unit !== 'bd') return later;
  const [first, ...others] = calendars.map((calendar) => whenWorked(later, calendar));
  return first === undefined ? later : others.reduce((one, other) => (other < one ? other : one), first);
};
