/**
 * What sessions mean for the order, and the order for sessions (docs/domain/processes.md#visits): bookings, no-shows and
 * cancellations reach the referral, the first session starts treatment, a lapsed leg cancels its bookings. A visit that the order
 * does not take, since it was declined or ended in the same moment, is cancelled.
 */
import { idOf } from '@fascia/kernel';
import {
  referralOf,
  type EventNamed,
  type InstanceState,
  type Process,
  type Requested,
  type Taken,
} from '../process.js';

/** The order is over, and does not say which visits were still to come. */
const ENDS = ['ReferralCancelled', 'ReferralExpired', 'ReferralSuperseded'] as const;

type FromReferral = EventNamed<
  'ReferralDeclined' | 'ReferralRedirected' | 'ReferralPutOnHold' | (typeof ENDS)[number]
>;
type FromSession = EventNamed<'SessionScheduled' | 'SessionCancelled' | 'SessionNoShow' | 'SessionStarted'>;
type Told = Requested<'referral', 'BookVisit' | 'CancelVisit' | 'RecordNoShow' | 'StartTreatment'>;
type Gives = Told | Requested<'session', 'CancelSession'>;

type Asked = InstanceState<State, Gives>;

type State = {
  readonly treatmentStarted: boolean;
  /** Sessions whose cancellation this process asked for: the referral has dropped them already, or never had them. */
  readonly dropped: readonly string[];
};

const cancelled = (id: string, reason: string): Gives => ({
  category: 'session',
  id,
  command: { type: 'CancelSession', by: 'clinic', reason },
});

/** Visits that the order was told of, and of whose end it was not: what was asked for says so. */
const stillBooked = (requested: Asked['requested'], { dropped }: State): readonly string[] => {
  const told = requested.flatMap(({ command }) => ('sessionId' in command ? [command] : []));
  const over = new Set([
    ...dropped,
    ...told.filter(({ type }) => type !== 'BookVisit').map(({ sessionId }) => sessionId),
  ]);
  return told.flatMap(({ type, sessionId }) =>
    type === 'BookVisit' && !over.has(sessionId) ? [sessionId] : [],
  );
};

const meaning = (
  event: Taken<FromSession>,
  { treatmentStarted, dropped }: State,
): Told['command'] | undefined => {
  const sessionId = idOf(event.stream);
  switch (event.type) {
    case 'SessionScheduled':
      return { type: 'BookVisit', sessionId, kind: event.data.kind, start: event.data.start };
    case 'SessionCancelled': {
      const { by, noticeHours } = event.data;
      return dropped.includes(sessionId) ? undefined : { type: 'CancelVisit', sessionId, by, noticeHours };
    }
    case 'SessionNoShow':
      return { type: 'RecordNoShow', sessionId };
    case 'SessionStarted':
      return treatmentStarted ? undefined : { type: 'StartTreatment', sessionId };
  }
};

export const keepVisitsInStep: Process<FromReferral | FromSession, State, Gives> = {
  name: 'keep-visits-in-step',
  takes: [
    'SessionScheduled',
    'SessionCancelled',
    'SessionNoShow',
    'SessionStarted',
    'ReferralDeclined',
    'ReferralRedirected',
    'ReferralPutOnHold',
    ...ENDS,
  ],
  initial: { treatmentStarted: false, dropped: [] },
  instanceOf: referralOf,
  react: (event, { memory, requested, key }) => {
    switch (event.type) {
      case 'ReferralDeclined':
      case 'ReferralRedirected':
      case 'ReferralPutOnHold': {
        const { bookingsCancelled } = event.data;
        return {
          noted: { dropped: [...memory.dropped, ...bookingsCancelled] },
          gives: bookingsCancelled.map((id) => cancelled(id, event.type)),
        };
      }
      case 'ReferralCancelled':
      case 'ReferralExpired':
      case 'ReferralSuperseded': {
        const booked = stillBooked(requested, memory);
        return {
          noted: { dropped: [...memory.dropped, ...booked] },
          gives: booked.map((id) => cancelled(id, event.type)),
        };
      }
      default: {
        const command = meaning(event, memory);
        return {
          ...(event.type === 'SessionStarted' ? { noted: { treatmentStarted: true } } : {}),
          ...(command === undefined ? {} : { gives: [{ category: 'referral', id: key.id, command }] }),
        };
      }
    }
  },
  refused: ({ asked: { command }, code }, { memory }) => {
    switch (command.type) {
      case 'BookVisit': {
        const { sessionId } = command;
        return { noted: { dropped: [...memory.dropped, sessionId] }, gives: [cancelled(sessionId, code)] };
      }
      case 'StartTreatment':
        return { noted: { treatmentStarted: false } };
      default:
        return {};
    }
  },
};
