/**
 * What sessions mean for the order, and the order for sessions (docs/domain/processes.md#visits): bookings, no-shows and
 * cancellations reach the referral, the first session starts treatment, a lapsed leg cancels its bookings. A visit that the order
 * does not take, since it was declined or ended in the same moment, is cancelled.
 */
import { idOf } from '@fascia/kernel';
import { isAmong, LEG_ENDS, type LegEnd } from './leg.js';
import {
  referralOf,
  type EventNamed,
  type InstanceState,
  type Process,
  type Requested,
  type Taken,
} from '../process.js';

const OF_SESSIONS = [
  'SessionScheduled',
  'SessionRescheduled',
  'SessionCancelled',
  'SessionNoShow',
  'SessionStarted',
  'SessionEnteredLate',
  'SessionStopped',
  'SessionVoided',
] as const;

type FromReferral = LegEnd | EventNamed<'ReferralPutOnHold'>;
type FromSession = EventNamed<(typeof OF_SESSIONS)[number]>;
type Told = Requested<
  'referral',
  'BookVisit' | 'MoveVisit' | 'CancelVisit' | 'RecordNoShow' | 'RecordAttendance' | 'StartTreatment'
>;
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
    ...told
      .filter(({ type }) => type !== 'BookVisit' && type !== 'MoveVisit')
      .map(({ sessionId }) => sessionId),
  ]);
  return told.flatMap(({ type, sessionId }) =>
    type === 'BookVisit' && !over.has(sessionId) ? [sessionId] : [],
  );
};

/** Whatever ends a leg ends the visits that were to come under it; a hold those that it names. */
const endedBy = (
  event: Taken<FromReferral>,
  requested: Asked['requested'],
  memory: State,
): readonly string[] => {
  const named = 'bookingsCancelled' in event.data ? event.data.bookingsCancelled : [];
  const others = event.type === 'ReferralPutOnHold' ? [] : stillBooked(requested, memory);
  return [...new Set([...named, ...others])];
};

const isFromSession = (event: Taken<FromReferral | FromSession>): event is Taken<FromSession> =>
  isAmong(OF_SESSIONS, event.type);

const meaning = (
  event: Taken<FromSession>,
  { treatmentStarted, dropped }: State,
  booked: readonly string[],
): Told['command'] | undefined => {
  const sessionId = idOf(event.stream);
  switch (event.type) {
    case 'SessionScheduled':
      return { type: 'BookVisit', sessionId, kind: event.data.kind, start: event.data.start };
    case 'SessionRescheduled':
      return dropped.includes(sessionId)
        ? undefined
        : { type: 'MoveVisit', sessionId, start: event.data.start };
    case 'SessionCancelled': {
      const { by, noticeHours } = event.data;
      return dropped.includes(sessionId) ? undefined : { type: 'CancelVisit', sessionId, by, noticeHours };
    }
    case 'SessionStopped':
    case 'SessionVoided':
      // Broken off before it began.
      return booked.includes(sessionId)
        ? { type: 'CancelVisit', sessionId, by: 'clinic', noticeHours: 0 }
        : undefined;
    case 'SessionNoShow':
      return { type: 'RecordNoShow', sessionId };
    case 'SessionStarted':
    case 'SessionEnteredLate':
      return { type: treatmentStarted ? 'RecordAttendance' : 'StartTreatment', sessionId };
  }
};

export const keepVisitsInStep: Process<FromReferral | FromSession, State, Gives> = {
  name: 'keep-visits-in-step',
  takes: [...OF_SESSIONS, 'ReferralPutOnHold', ...LEG_ENDS],
  initial: { treatmentStarted: false, dropped: [] },
  instanceOf: referralOf,
  react: (event, { memory, requested, key }) => {
    if (isFromSession(event)) {
      const began = event.type === 'SessionStarted' || event.type === 'SessionEnteredLate';
      const command = meaning(event, memory, stillBooked(requested, memory));
      return {
        ...(began ? { noted: { treatmentStarted: true } } : {}),
        ...(command === undefined ? {} : { gives: [{ category: 'referral', id: key.id, command }] }),
      };
    }
    const gone = endedBy(event, requested, memory);
    return {
      noted: { dropped: [...memory.dropped, ...gone] },
      gives: gone.map((id) => cancelled(id, event.type)),
    };
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
