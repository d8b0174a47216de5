import {
  careTeamOfAll,
  forStandingRecords,
  movable,
  ofPatient,
  personOf,
  subjectOfPatient,
  toldFor,
  toldIn,
  type Person,
  zoneOf,
  type RecordFact,
  type Told,
} from '@fascia/directory';
import { patientIn, type Actor, type ReferencesOf } from '@fascia/kernel';
import type { Aggregate, FactTools, Lookup, Reference } from '@fascia/write-door';
import {
  FLAG_COMMANDS,
  type FlagCommand,
  type FlagCommandOf,
  type FlagMoving,
} from '../contract/commands.js';
import { FLAG_CONTRACT, type FlagEvent } from '../contract/events.js';
import { flagDecider, withoutSubjects, type FlagFacts, type FlagState } from '../domain/flag.js';

export type FlagAggregate = Aggregate<
  FlagState,
  FlagCommand | FlagMoving,
  FlagEvent,
  FlagFacts & Told<FlagEvent> & { readonly record: RecordFact }
>;

export interface SafetyPorts {
  /** Under which a session was booked. */
  readonly referralOfSession: (id: string) => Lookup<string | undefined>;
}

/** What the product itself raises, of what it knows of a visit or an order. */
const isFromCare = ({ source }: FlagCommandOf<'RaiseFlag'>): boolean =>
  source === 'pre-screen' || source === 'decline';

/** What a reason may stand on. */
const anyEvidence = ofPatient('document', 'assessment', 'session', 'diagnosis', 'referral', 'precaution');

/** Where the patient is seen, when the product itself raises it. */
const raisedAt = async (by: Actor, person: Person, tools: FactTools): Promise<string | undefined> => {
  if (by.organizationId !== undefined) return by.organizationId;
  const { recipient = [] } = await careTeamOfAll(person, tools);
  return recipient[0] ?? person.home[0];
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
  subject: (request, tools) => subjectOfPatient(patientIn(request), tools),
  references: {
    RaiseFlag: {
      patientId: 'access',
      referralId: ofPatient('referral'),
      sessionId: ofPatient('session'),
      'settled.evidenceRef': anyEvidence,
    },
    ClearFlag: { evidenceRef: anyEvidence },
  } satisfies ReferencesOf<typeof FLAG_COMMANDS, Reference<FlagState, FlagCommand | FlagMoving>>,
  facts: async (request, tools) => {
    const { command, by } = request;
    const person = await personOf(patientIn(request) ?? '', tools);
    const sessionId = command.type === 'RaiseFlag' ? command.sessionId : undefined;
    return {
      record: person.record,
      told: await toldFor(TOLD, command, tools),
      zone: command.type === 'RaiseFlag' ? await zoneOf(await raisedAt(by, person, tools), tools) : 'UTC',
      ...(sessionId === undefined
        ? {}
        : { referralOfSession: await tools.lookup(ports.referralOfSession(sessionId)) }),
    };
  },
});
