/**
 * One-to-one minutes of visits that one therapist had at the same time (docs/domain/session.md#one-to-one). A minute with one
 * patient is no minute with another, so whatever lies within some span of time may not claim more minutes than the span has.
 */
import { elapsedMs, MINUTE_MS } from '@fascia/clinical/calendar';
import type { VisitFact } from './facts.js';

const overlaps = (a: VisitFact, b: VisitFact): boolean => a.start < b.end && b.start < a.end;

/** Those that overlap with it, and those that overlap with those. */
const together = (visits: readonly VisitFact[], others: readonly VisitFact[]): readonly VisitFact[] => {
  const joined = others.filter((other) => visits.some((visit) => overlaps(visit, other)));
  if (joined.length === 0) return visits;
  return together(
    [...visits, ...joined],
    others.filter((other) => !joined.includes(other)),
  );
};

const isWithin = ({ start, end }: VisitFact, from: string, to: string): boolean => start >= from && end <= to;

/**
 * Whether a visit is part of more than its therapist can have given: exact for a therapist who may go to and fro, as every such
 * excess shows between the start of one visit and the end of another.
 */
export const exceedsJointTime = (visit: VisitFact, beside: readonly VisitFact[]): boolean => {
  const all = together([visit], beside);
  const starts = all.map(({ start }) => start).filter((start) => start <= visit.start);
  const ends = all.map(({ end }) => end).filter((end) => end >= visit.end);
  return starts.some((from) =>
    ends.some((to) => {
      const claimed = all
        .filter((one) => isWithin(one, from, to))
        .reduce((sum, { timedMinutes }) => sum + timedMinutes, 0);
      return claimed * MINUTE_MS > elapsedMs(from, to);
    }),
  );
};
