/** When a visit is to be booked, and what it means that one was missed. */
import type { Taken } from '../process.js';
import type { Known } from './order-known.js';

/** Two in a row, or two before anybody came at all; a third one more than that. */
const missedAtLeast = (count: number, event: Taken, { treated }: Known): boolean =>
  event.type === 'ReferralVisitMissed' &&
  (event.data.consecutive >= count || (!treated && event.data.total >= count));

export const isSecondMiss = (event: Taken, known: Known): boolean => missedAtLeast(2, event, known);

export const isThirdMiss = (event: Taken, known: Known): boolean => missedAtLeast(3, event, known);

/** Nobody is to come, and somebody may be booked: after a third visit that was missed, it is decided first whether that is to be. */
const nobodyComes = (event: Taken, known: Known): boolean =>
  known.booked.length === 0 && known.hold === null && !known.cancelling && !isThirdMiss(event, known);

/** A first visit that fell away is booked again, unless another is to come. */
export const noFirstVisit = (event: Taken, known: Known): boolean =>
  !known.treated && nobodyComes(event, known);

/** Treatment goes on with a visit to come, until its plan is over. */
export const noNextVisit = (event: Taken, known: Known): boolean =>
  known.treated && !known.planOver && nobodyComes(event, known);

/** Somebody is to book a visit, the first or another. */
export const nobodyIsBooked = (event: Taken, known: Known): boolean =>
  noFirstVisit(event, known) || noNextVisit(event, known);
