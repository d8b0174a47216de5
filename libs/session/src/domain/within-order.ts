/** A booking stays within what was ordered and planned, or says why not (docs/domain/session.md#booking). */
import type { SessionKind } from '../contract/events.js';
import type { SessionRefusal } from '../contract/refusals.js';
import type { SessionFacts } from './facts.js';

export interface Booking {
  readonly kind: SessionKind;
  /** Why it goes beyond what was ordered or planned. */
  readonly beyondOrder?: string | undefined;
}

type Facts = Pick<SessionFacts, 'course' | 'day'>;

/** In words; nothing where the visit is within. */
const beyond = ({ kind }: Booking, { course, day }: Facts): string | undefined => {
  if (course === undefined) return undefined;
  const { visits, agreed, period } = course;
  if (agreed !== undefined && visits >= agreed)
    return `${String(agreed)} visits were agreed, and as many are booked or took place.`;
  if (kind === 'treatment' && period !== undefined && (day < period.from || day > period.to))
    return `The plan is for ${period.from} to ${period.to}.`;
  return undefined;
};

export const staysWithinOrder = (slot: Booking, facts: Facts): SessionRefusal | undefined => {
  const why = beyond(slot, facts);
  if (why === undefined || slot.beyondOrder !== undefined) return undefined;
  const { visits, agreed, period } = facts.course ?? {};
  return {
    code: 'SESSION_BEYOND_ORDER',
    detail: `${why} Choose another day, change the plan, or say why this visit goes beyond it.`,
    pointer: '/beyondOrder',
    about: {
      ...(visits === undefined ? {} : { visits }),
      ...(agreed === undefined ? {} : { agreed }),
      ...period,
    },
  };
};

/** The reason is kept where there is need of one. */
export const reasonKept = (slot: Booking, facts: Facts): { readonly beyondOrder?: string } =>
  slot.beyondOrder === undefined || beyond(slot, facts) === undefined
    ? {}
    : { beyondOrder: slot.beyondOrder };
