/** Care that was given is recorded late (docs/domain/session.md#entered-late): the rules, in the order in which people are told. */
import { DAY_MS, elapsedMs } from '@fascia/clinical/calendar';
import type { SessionRefusal } from '../contract/refusals.js';
import type { SessionFacts } from './facts.js';
import type { Visit } from './session.js';
import {
  performerIsAllowed,
  periodFault,
  therapistIsLicensed,
  type BookingGuard,
  type Period,
} from './session.policies.js';

/** People are seen before their order is in the system, but not before it is written. */
const SEEN_BEFORE_ORDER_DAYS = 1;

/** Of a visit that took place: the clinic may document it late, and never before anybody asked for it. */
export const visitFollowsOrder = (
  { start }: Period,
  { referral }: Pick<SessionFacts, 'referral'>,
): SessionRefusal | undefined =>
  referral !== undefined && elapsedMs(start, referral.sentAt) > SEEN_BEFORE_ORDER_DAYS * DAY_MS
    ? {
        code: 'SESSION_PERIOD_INVALID',
        detail: 'The visit would lie before its referral: check the date.',
        pointer: '/start',
        about: { sentAt: referral.sentAt },
      }
    : undefined;

/** People are seen before their clinic has said yes to the system, and not long before. */
const SEEN_BEFORE_ACCEPTED_DAYS = 1;

const wasAccepted: BookingGuard = ({ start }, { referral }) =>
  referral?.accepted?.some(
    ({ from, to }) =>
      elapsedMs(start, from) <= SEEN_BEFORE_ACCEPTED_DAYS * DAY_MS && (to === undefined || start <= to),
  ) === true
    ? undefined
    : {
        code: 'SESSION_REFERRAL_NOT_ACTIVE',
        detail:
          'A visit is entered late under a referral that your organisation had accepted then: check the date.',
        pointer: '/start',
      };

const isOver: BookingGuard = (slot, _facts, at) =>
  slot.end > at
    ? {
        code: 'SESSION_FUTURE',
        detail: 'A visit is entered late once it is over: book one that is to come.',
        pointer: '/end',
      }
    : periodFault(slot);

/** Care that was given is documented: what became of the order, the patient's word or a flag since keeps nobody from it. */
export const lateGuards: readonly BookingGuard[] = [
  wasAccepted,
  isOver,
  visitFollowsOrder,
  (_slot, facts) => therapistIsLicensed(facts),
  performerIsAllowed,
];

/** What is entered late stays the visit that was entered. */
export const isSameVisit = ({ start }: Period, visit: Visit): SessionRefusal | undefined =>
  visit.enteredLate && Math.abs(elapsedMs(start, visit.start)) > DAY_MS
    ? {
        code: 'SESSION_PERIOD_INVALID',
        detail: 'This is not when the visit was entered for: enter another one for that day.',
        pointer: '/start',
      }
    : undefined;
