import {
  careTeamOfAll,
  forStandingRecords,
  movable,
  personOf,
  toldFor,
  toldIn,
  zoneOf,
  type Person,
  type RecordFact,
  type Told,
} from '@fascia/directory';
import type { Parties } from '@fascia/kernel';
import type { Aggregate, FactTools, Lookup } from '@fascia/write-door';
import {
  FLAG_COMMANDS,
  type FlagCommand,
  type FlagCommandOf,
  type FlagMoving,
} from '../contract/commands.js';
import { FLAG_CONTRACT, type FlagEvent } from '../contract/events.js';
import { flagDecider, SUBJECTS, withoutSubjects, type FlagFacts, type FlagState } from '../domain/flag.js';

export type FlagAggregate = Aggregate<
  FlagState,
  FlagCommand | FlagMoving,
  FlagEvent,
  FlagFacts & Told<FlagEvent> & { readonly parties: Parties; readonly record: RecordFact }
>;

export interface SafetyPorts {
  /** Whose a referral or a session is; nothing when there is none. */
  readonly patientOf: Readonly<Record<(typeof SUBJECTS)[number], (id: string) => Lookup<string | undefined>>>;
  /** Under which a session was booked. */
  readonly referralOfSession: (id: string) => Lookup<string | undefined>;
}

/** What the product itself raises, of what it knows of a visit or an order. */
const isFromCare = ({ source }: FlagCommandOf<'RaiseFlag'>): boolean =>
  source === 'pre-screen' || source === 'decline';

/** What a pre-screen found comes from the session itself; what people say is looked up, as an emergency stops that referral. */
const elsewhereIn = async (
  command: FlagCommand | FlagMoving,
  { ids }: Person,
  { patientOf }: SafetyPorts,
  tools: FactTools,
): Promise<FlagFacts['elsewhere']> => {
  if (command.type !== 'RaiseFlag' || isFromCare(command)) return [];
  const found = await Promise.all(
    SUBJECTS.map(async (subject) => {
      const id = command[subject];
      if (id === undefined) return [];
      const patientId = await tools.lookup(patientOf[subject](id));
      return ids.some((one) => one === patientId) ? [] : [subject];
    }),
  );
  return found.flat();
};

const TOLD = toldIn<FlagEvent>('flag');

export const flagAggregate = (ports: SafetyPorts): FlagAggregate => ({
  // What the pre-screen of a visit finds is found for the record that the visit was booked for, merged since or not.
  decider: movable(
    forStandingRecords(
      flagDecider,
      (command, state) => state === undefined && command.type === 'RaiseFlag' && !isFromCare(command),
    ),
    (data) => ({ type: 'RedFlagMoved', data }),
    withoutSubjects,
  ),
  contract: FLAG_CONTRACT,
  commands: FLAG_COMMANDS,
  facts: async ({ command, state, by }, tools) => {
    const patientId = state?.patientId ?? ('patientId' in command ? command.patientId : '');
    const person = await personOf(patientId, tools);
    const parties = await careTeamOfAll(person, tools);
    const sessionId = command.type === 'RaiseFlag' ? command.sessionId : undefined;
    const raisedAt = by.organizationId ?? parties.recipient?.[0] ?? person.home[0];
    return {
      record: person.record,
      elsewhere: await elsewhereIn(command, person, ports, tools),
      told: await toldFor(TOLD, command, tools),
      parties,
      zone: command.type === 'RaiseFlag' ? await zoneOf(raisedAt, tools) : 'UTC',
      ...(sessionId === undefined
        ? {}
        : { referralOfSession: await tools.lookup(ports.referralOfSession(sessionId)) }),
    };
  },
  parties: (_about, { parties }) => parties,
  patientId: ({ command, state }) =>
    state?.patientId ?? ('patientId' in command ? command.patientId : undefined),
});
