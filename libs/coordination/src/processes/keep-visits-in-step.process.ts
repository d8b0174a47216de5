/**
 * What sessions mean for the order, and the order for sessions (docs/domain/processes.md#visits): bookings, no-shows and
 * cancellations reach the referral, the first session starts treatment, a lapsed leg cancels its bookings. A visit that the order
 * does not take, since it was declined or ended in the same moment, is cancelled.
 */
import { idOf } from '@fascia/kernel';
import { referralOf, type EventNamed, type Process, type Requested, type Taken } from '../process.js';

type FromReferral = EventNamed<'ReferralDeclined' | 'ReferralRedirected' | 'ReferralPutOnHold'>;
type FromSession = EventNamed<'SessionScheduled' | 'SessionCancelled' | 'SessionNoShow' | 'SessionStarted'>;
type Told = Requested<'referral', 'BookVisit' | 'CancelVisit' | 'RecordNoShow' | 'StartTreatment'>;
type Gives = Told | Requested<'session', 'CancelSession'>;

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
  ],
  initial: { treatmentStarted: false, dropped: [] },
  instanceOf: referralOf,
  react: (event, { memory, key }) => {
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
