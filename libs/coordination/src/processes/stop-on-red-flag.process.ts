/**
 * What is seen becomes a flag, and a flag stops what it must (docs/domain/processes.md#red-flags): what a pre-screen finds and what a
 * recipient declines for is raised, an emergency stops the visit that is going on and puts the referral on hold at once. The
 * physician's review is asked for by the care tasks. Only the physician's reason lifts a flag, but for vital signs: measured again
 * after their time, and inside the limits, they lift it themselves.
 */
import { isInsideAgain } from '@fascia/clinical';
import { instantAfterMs, MINUTE_MS } from '@fascia/clinical/calendar';
import { idOf, uuidFrom, type Instant } from '@fascia/kernel';
import { referralOf, type EventNamed, type Process, type Requested, type Taken } from '../process.js';

const VISIT_ENDS = ['SessionPerformed', 'SessionStopped'] as const;

type Input = EventNamed<
  'PreScreenRecorded' | 'RedFlagRaised' | 'ReferralDeclined' | 'SessionStarted' | (typeof VISIT_ENDS)[number]
>;
type Gives =
  | Requested<'flag', 'RaiseFlag' | 'ClearByRecheck'>
  | Requested<'referral', 'HoldReferral'>
  | Requested<'session', 'StopSession'>;

/** Vital signs that were outside: which, by which flag, and from when they may be measured again. */
type Measured = { readonly flagId: string; readonly outside: readonly string[]; readonly againFrom: Instant };

type State = {
  /** Visits that are going on. */
  readonly running: readonly string[];
  /** Not measured inside again. */
  readonly vitals: readonly Measured[];
};

const VITAL_SIGNS = 'F10';
const REASON = 'A red flag was raised.';

const flagId = (eventId: string, catalogueId: string): string => uuidFrom('flag', eventId, catalogueId);

/** Rather a parked instance and its alarm than a flag that its contract refuses for good. */
const patientIn = ({ patientId, type }: Taken): string => {
  if (patientId === undefined) throw new TypeError(`${type} of nobody`);
  return patientId;
};

const found = (event: Taken<EventNamed<'PreScreenRecorded'>>, referralId: string): readonly Gives[] =>
  event.data.flags.map((catalogueId) => ({
    category: 'flag',
    id: flagId(event.id, catalogueId),
    command: {
      type: 'RaiseFlag',
      referralId,
      sessionId: idOf(event.stream),
      catalogueId,
      source: 'pre-screen',
      patientId: patientIn(event),
    },
  }));

const declinedFor = (event: Taken<EventNamed<'ReferralDeclined'>>, referralId: string): readonly Gives[] =>
  (event.data.catalogueIds ?? []).map((catalogueId) => ({
    category: 'flag',
    id: flagId(event.id, catalogueId),
    command: { type: 'RaiseFlag', referralId, catalogueId, source: 'decline', patientId: patientIn(event) },
  }));

/** What was outside now, and what of it from before is inside again. */
const measured = (
  { id, occurredAt, data, stream }: Taken<EventNamed<'PreScreenRecorded'>>,
  { vitals }: State,
): { readonly vitals: readonly Measured[]; readonly cleared: readonly Gives[] } => {
  const inside = vitals.filter(
    ({ againFrom, outside }) => occurredAt >= againFrom && isInsideAgain(outside, data.vitals),
  );
  const { vitalFinding } = data;
  const outside =
    vitalFinding === undefined
      ? []
      : [
          {
            flagId: flagId(id, VITAL_SIGNS),
            outside: vitalFinding.outside,
            againFrom: instantAfterMs(occurredAt, vitalFinding.recheckAfterMinutes * MINUTE_MS),
          },
        ];
  return {
    vitals: [...vitals.filter((one) => !inside.includes(one)), ...outside],
    cleared: inside.map((one) => ({
      category: 'flag',
      id: one.flagId,
      command: { type: 'ClearByRecheck', sessionId: idOf(stream) },
    })),
  };
};

/** By when it is looked at again, the referral counts: it knows which day it is at the clinic. */
const stopped = (
  { stream, data }: Taken<EventNamed<'RedFlagRaised'>>,
  referralId: string,
  { running }: State,
): readonly Gives[] => {
  if (data.urgency !== 'emergency') return [];
  const raised = idOf(stream);
  return [
    ...running.map((id): Gives => ({
      category: 'session',
      id,
      command: { type: 'StopSession', reason: REASON, flagId: raised },
    })),
    {
      category: 'referral',
      id: referralId,
      command: { type: 'HoldReferral', reason: REASON, flagId: raised },
    },
  ];
};

export const stopOnRedFlag: Process<Input, State, Gives> = {
  name: 'stop-on-red-flag',
  takes: ['PreScreenRecorded', 'RedFlagRaised', 'ReferralDeclined', 'SessionStarted', ...VISIT_ENDS],
  initial: { running: [], vitals: [] },
  instanceOf: referralOf,
  react: (event, { memory, key }) => {
    const running = memory.running.filter((id) => id !== idOf(event.stream));
    switch (event.type) {
      case 'PreScreenRecorded': {
        const { vitals, cleared } = measured(event, memory);
        return { noted: { vitals }, gives: [...found(event, key.id), ...cleared] };
      }
      case 'RedFlagRaised':
        return { gives: stopped(event, key.id, memory) };
      case 'ReferralDeclined':
        return { gives: declinedFor(event, key.id) };
      case 'SessionStarted':
        return { noted: { running: [...running, idOf(event.stream)] } };
      default:
        return { noted: { running } };
    }
  },
};
