/**
 * What a pre-screen finds becomes a flag, and an emergency flag puts the referral on hold at once
 * (docs/domain/processes.md#red-flags). The physician's review is asked for by the care tasks; only the physician's reason lifts the flag.
 */
import { idOf, uuidFrom } from '@fascia/kernel';
import { referralOf, type EventNamed, type Process, type Requested, type Taken } from '../process.js';

type Input = EventNamed<'PreScreenRecorded' | 'RedFlagRaised'>;
type Gives = Requested<'flag', 'RaiseFlag'> | Requested<'referral', 'HoldReferral'>;

const flagsFound = (
  { id, stream, data, patientId }: Taken<EventNamed<'PreScreenRecorded'>>,
  referralId: string,
): readonly Gives[] => {
  // Rather a parked instance and its alarm than a flag that its contract refuses for good.
  if (patientId === undefined) throw new TypeError('a pre-screen of nobody');
  return data.flags.map((catalogueId) => ({
    category: 'flag',
    id: uuidFrom('flag', id, catalogueId),
    command: {
      type: 'RaiseFlag',
      referralId,
      sessionId: idOf(stream),
      catalogueId,
      source: 'pre-screen',
      patientId,
    },
  }));
};

/** By when it is looked at again, the referral counts: it knows which day it is at the clinic. */
const hold = ({ stream, data }: Taken<EventNamed<'RedFlagRaised'>>, referralId: string): readonly Gives[] => {
  if (data.urgency !== 'emergency') return [];
  return [
    {
      category: 'referral',
      id: referralId,
      command: { type: 'HoldReferral', reason: 'A red flag was raised.', flagId: idOf(stream) },
    },
  ];
};

export const stopOnRedFlag: Process<Input, Record<never, never>, Gives> = {
  name: 'stop-on-red-flag',
  takes: ['PreScreenRecorded', 'RedFlagRaised'],
  initial: {},
  instanceOf: referralOf,
  react: (event, { key }) => ({
    gives: event.type === 'PreScreenRecorded' ? flagsFound(event, key.id) : hold(event, key.id),
  }),
};
