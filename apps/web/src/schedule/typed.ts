/** What is typed to book visits, and the commands that come of it. */
import type { BodyOf } from '../api/commands.js';
import { clockMinute, momentAt } from '../parts/zone.js';
import type { Span } from './columns.js';
import { seriesFrom } from './series.js';

type Booking = BodyOf<'sessions', 'ScheduleSession'>;
export type Kind = Booking['kind'];

/** When, as fields have it: a day and a time of the clinic. */
export interface When {
  readonly day: string;
  readonly time: string;
}

export interface TypedVisit extends When {
  /** Of the intention: sent twice it is booked once. */
  readonly key: string;
  /** It stays where it was put when the series is spread anew. */
  readonly byHand?: boolean;
  /** The service has it: as it is here, whatever becomes of the others. */
  readonly booked?: boolean;
}

export interface Typed {
  readonly referralId: string;
  readonly kind: Kind;
  readonly therapistId: string;
  /** 0 while nothing is typed. */
  readonly minutes: number;
  readonly perWeek: number;
  /** In the order in which they are sent; at least one. */
  readonly visits: readonly TypedVisit[];
  readonly lateReason: string;
  readonly beyondOrder: string;
}

/** What a part of the form is given. */
export interface PartProps {
  readonly typed: Typed;
  readonly type: (typed: Typed) => void;
}

export const USUAL_MINUTES = 45;
/** Of an intention. */
export const newKey = (): string => crypto.randomUUID();

const USUAL_PER_WEEK = 2;
/** As many as a plan may hold in a quarter of a year at most. */
export const MOST_VISITS = 60;

export const nothingTyped = (first: When, keyOf: () => string): Typed => ({
  referralId: '',
  kind: 'treatment',
  therapistId: '',
  minutes: USUAL_MINUTES,
  perWeek: USUAL_PER_WEEK,
  visits: [{ ...first, key: keyOf() }],
  lateReason: '',
  beyondOrder: '',
});

/** A form that was left, begun again at a place of the calendar: the first of its visits is there, and booked as one of its own. */
export const beginningAt = (begun: Typed, left: Typed): Typed => ({
  ...begun,
  ...left,
  visits: [...begun.visits.slice(0, 1), ...left.visits.slice(1).filter((visit) => !isBooked(visit))],
});

export const isBooked = ({ booked }: TypedVisit): boolean => booked === true;

/** As many visits, so many a week, from the first on; those that are booked, or were put somewhere by hand, stay where they are. */
export const spread = (
  typed: Typed,
  count: number,
  perWeek: number,
  keyOf: () => string,
): Pick<Typed, 'visits' | 'perWeek'> => {
  const [first] = typed.visits;
  if (first === undefined) return { visits: [], perWeek };
  const least = 1 + Math.max(0, typed.visits.findLastIndex(isBooked));
  const days = seriesFrom(first.day, Math.min(Math.max(count, least), MOST_VISITS), perWeek);
  const visits = days.map((day, n): TypedVisit => {
    const visit = typed.visits[n];
    if (visit !== undefined && (n === 0 || visit.byHand === true || isBooked(visit))) return visit;
    return { day, time: first.time, key: visit?.key ?? keyOf() };
  });
  return { visits, perWeek };
};

export const spanOf = ({ time }: When, minutes: number): Span | undefined => {
  const from = clockMinute(time);
  return from === undefined ? undefined : { from, to: from + minutes };
};

export interface Period {
  readonly start: string;
  readonly end: string;
}

/** @returns nothing while day or time are no day or time yet */
export const periodOf = (when: When, minutes: number, zone: string): Period | undefined => {
  const span = spanOf(when, minutes);
  if (span === undefined || when.day === '' || minutes <= 0) return undefined;
  const start = momentAt(when.day, span.from, zone);
  // So long, whatever the clocks do meanwhile.
  return { start, end: new Date(Date.parse(start) + minutes * 60_000).toISOString() };
};

export const isOver = (period: Period | undefined, now: number): boolean =>
  period !== undefined && Date.parse(period.end) <= now;

export type Missing = 'referralId' | 'therapistId' | 'visits' | 'lateReason';

export const missingIn = (typed: Typed, zone: string, now: number): readonly Missing[] => {
  const periods = typed.visits
    .filter((visit) => !isBooked(visit))
    .map((visit) => periodOf(visit, typed.minutes, zone));
  const late = periods.some((period) => isOver(period, now));
  return [
    ...(typed.referralId === '' ? (['referralId'] as const) : []),
    ...(typed.therapistId === '' ? (['therapistId'] as const) : []),
    ...(periods.some((period) => period === undefined) ? (['visits'] as const) : []),
    ...(late && typed.lateReason.trim() === '' ? (['lateReason'] as const) : []),
  ];
};

/** Nobody is evaluated twice: what follows is treatment. */
const kindOf = ({ kind, visits }: Typed, visit: TypedVisit): Kind =>
  visits.length > 1 && visits[0]?.key !== visit.key ? 'treatment' : kind;

export const bodyOf = (
  typed: Typed,
  visit: TypedVisit,
  { zone, now }: { readonly zone: string; readonly now: number },
): Booking | undefined => {
  const period = periodOf(visit, typed.minutes, zone);
  if (period === undefined) return undefined;
  const { referralId, therapistId, lateReason, beyondOrder } = typed;
  return {
    referralId,
    therapistId,
    kind: kindOf(typed, visit),
    ...period,
    ...(isOver(period, now) ? { lateReason: lateReason.trim() } : {}),
    ...(beyondOrder.trim() === '' ? {} : { beyondOrder: beyondOrder.trim() }),
  };
};
