/** A patient's record: who they are, which organisations hold it, whom it was merged into, and that they died. */
import {
  happened,
  type CalendarDate,
  type Decider,
  type Decision,
  type DecisionContext,
} from '@fascia/kernel';
import type { PatientCommand, PatientCommandOf } from '../contract/commands.js';
import type { PatientEvent } from '../contract/events.js';
import type { UnassignedFact } from '../contract/facts.js';
import { mergedRefusal, refuse } from '../contract/refusals.js';
import { decideContact, isAboutContact, spokenIn } from './contact.js';
import type { Patient, PatientState, Received } from './patient.state.js';
import { dismissMatch } from './matching.js';
import { receivePatient } from './receiving.js';
import { assignFact, noteFactMoved, unassignedAfter } from './unassigned.js';

type EventData<T extends PatientEvent['type']> = Extract<PatientEvent, { type: T }>['data'];

/** The record that another is to be merged into. */
export interface SurvivorFact {
  /** It is there, and whoever asks is something to it. */
  readonly known: boolean;
  /** Where its own chain ends, when it was merged itself. */
  readonly survivorId?: string | undefined;
  /** It was merged into the other one, or is being, directly or by others. */
  readonly under: boolean;
  readonly deceased: boolean;
  /** Referrals are open on both. */
  readonly bothUnderCare: boolean;
}

export interface PatientFacts {
  readonly today: CalendarDate;
  /** The record at the end of the chain, when this one was merged away. */
  readonly survivorId?: string | undefined;
  /** Of a merge. */
  readonly survivor?: SurvivorFact | undefined;
  /** Of a match: the other record is there, is no other's, and whoever asks may know of it. */
  readonly otherKnown?: boolean | undefined;
  /** Of a death: what is open on any record of the person, and who is something to them. */
  readonly openReferralIds?: readonly string[] | undefined;
  readonly organizationIds?: readonly string[] | undefined;
  /** Of an undoing: what was recorded since the merge on records that are then another person's. */
  readonly recordedSince?: readonly UnassignedFact[] | undefined;
}

type Context = DecisionContext<PatientFacts>;
type Answer = Decision<PatientEvent>;

// Decisions

const bornInFuture = (birthDate: string, today: CalendarDate): Decision<never> | undefined =>
  birthDate > today.slice(0, birthDate.length)
    ? refuse('BIRTH_DATE_IN_FUTURE', 'A date of birth lies in the past.', { pointer: '/birthDate' })
    : undefined;

const register = (
  { type: _type, organizationId, ...data }: PatientCommandOf<'RegisterPatient'>,
  state: PatientState,
  { by, facts }: Context,
): Answer => {
  if (state !== undefined) return refuse('PATIENT_EXISTS', 'This patient is registered already.');
  const homeOrganizationId = organizationId ?? by.organizationId;
  if (homeOrganizationId === undefined)
    return refuse('ORGANIZATION_REQUIRED', 'Say which organisation holds the record.', {
      pointer: '/organizationId',
    });
  return (
    bornInFuture(data.birthDate, facts.today) ??
    happened({ type: 'PatientRegistered', data: { ...data, homeOrganizationId } })
  );
};

const unfit = (detail: string, about?: { readonly survivorId: string }): Decision<never> =>
  refuse('MERGE_SURVIVOR_INVALID', detail, {
    pointer: '/survivorId',
    ...(about === undefined ? {} : { about }),
  });

/** Why the one record cannot be merged into the other. */
const mergeRefused = (
  { survivorId }: PatientCommandOf<'MergePatients'>,
  state: Patient,
  { id, facts: { survivor } }: Context,
): Decision<never> | undefined => {
  if (survivorId === id) return unfit('A record is not merged into itself.');
  if (survivor?.known !== true)
    return unfit('There is no such record, or your organisation is nothing to it.');
  if (survivor.under) return unfit('That record was merged into this one, or is being: undo that first.');
  if (survivor.survivorId !== undefined)
    return unfit('That record was merged itself: choose the one that survived.', {
      survivorId: survivor.survivorId,
    });
  return survivor.deceased === (state.death !== undefined)
    ? undefined
    : refuse(
        'MERGE_DEATH_DIFFERS',
        'A death is recorded on one of the two: record it on the other, or retract it, before they become one.',
      );
};

/** The second person who asks for the same merge is the one who confirms it. */
const merge = (command: PatientCommandOf<'MergePatients'>, state: Patient, context: Context): Answer => {
  const refused = mergeRefused(command, state, context);
  if (refused !== undefined) return refused;
  const { survivorId, reason } = command;
  const { by, facts } = context;
  if (facts.survivor?.bothUnderCare !== true)
    return happened({ type: 'PatientMerged', data: { survivorId, reason } });
  if (state.proposed?.survivorId !== survivorId)
    return happened({ type: 'PatientMergeProposed', data: { survivorId, reason } });
  return state.proposed.by === by.sub
    ? refuse(
        'MERGE_NEEDS_ANOTHER',
        'Care is open on both records: a second person looks at them and asks for the same merge.',
      )
    : happened({ type: 'PatientMerged', data: { survivorId, reason } });
};

/** What came meanwhile may be of either: it is left to people. */
const undoMerge = (
  { reason }: PatientCommandOf<'UndoMerge'>,
  state: Patient,
  { facts: { recordedSince = [] } }: Context,
): Answer => {
  const survivorId = state.mergedInto ?? state.proposed?.survivorId;
  if (survivorId === undefined)
    return refuse('PATIENT_NOT_MERGED', 'This record was not merged, and nobody proposed it.');
  const left: readonly PatientEvent[] =
    recordedSince.length === 0
      ? []
      : [{ type: 'PatientFactsUnassigned', data: { facts: [...recordedSince] } }];
  return happened({ type: 'PatientMergeReversed', data: { survivorId, reason } }, ...left);
};

const recordDeath = (
  { on, source }: PatientCommandOf<'RecordDeath'>,
  { birthDate, death }: Patient,
  { facts: { today, openReferralIds = [], organizationIds = [] } }: Context,
): Answer => {
  if (death !== undefined && death.on === on && death.source === source) return happened();
  const bornLater = on !== undefined && birthDate.slice(0, on.length) > on.slice(0, birthDate.length);
  if (bornLater || (on !== undefined && on > today.slice(0, on.length)))
    return refuse('DEATH_DATE_INVALID', 'A death lies after the birth, and in the past.', { pointer: '/on' });
  return happened({
    type: 'PatientDeathRecorded',
    data: {
      ...(on === undefined ? {} : { on }),
      source,
      openReferralIds: [...openReferralIds],
      organizationIds: [...organizationIds],
    },
  });
};

const retractDeath = (
  { reason }: PatientCommandOf<'RetractDeath'>,
  { death }: Patient,
  { facts: { organizationIds = [] } }: Context,
): Answer =>
  death === undefined
    ? refuse('PATIENT_NOT_DECEASED', 'No death is recorded for this patient.')
    : happened({ type: 'PatientDeathRetracted', data: { reason, organizationIds: [...organizationIds] } });

const linkIdentifier = (
  { system, value }: PatientCommandOf<'LinkIdentifier'>,
  { identifiers }: Patient,
): Answer =>
  identifiers.some((known) => known.system === system && known.value === value)
    ? happened()
    : happened({ type: 'PatientIdentifierLinked', data: { system, value } });

const receive = (
  command: PatientCommandOf<'ReceivePatient'>,
  state: PatientState,
  { facts }: Context,
): Answer => bornInFuture(command.birthDate, facts.today) ?? receivePatient(command, state);

const decide: Decider<PatientState, PatientCommand, PatientEvent, PatientFacts>['decide'] = (
  command,
  state,
  context,
) => {
  if (command.type === 'RegisterPatient') return register(command, state, context);
  if (state === undefined)
    return command.type === 'ReceivePatient'
      ? receive(command, state, context)
      : refuse('PATIENT_UNKNOWN', 'There is no such patient.');
  if (command.type === 'UndoMerge') return undoMerge(command, state, context);
  if (command.type === 'NoteFactMoved') return noteFactMoved(command, state);
  if (state.mergedInto !== undefined)
    return { ok: false, refusal: mergedRefusal(context.facts.survivorId ?? state.mergedInto) };
  if (isAboutContact(command)) return decideContact(command, state);
  switch (command.type) {
    case 'ReceivePatient':
      return receive(command, state, context);
    case 'CorrectDemographics': {
      const { type: _type, ...data } = command;
      return (
        bornInFuture(data.birthDate, context.facts.today) ??
        happened({ type: 'PatientDemographicsCorrected', data })
      );
    }
    case 'LinkIdentifier':
      return linkIdentifier(command, state);
    case 'MergePatients':
      return merge(command, state, context);
    case 'DismissMatch':
      return dismissMatch(command, state, context);
    case 'RecordDeath':
      return recordDeath(command, state, context);
    case 'RetractDeath':
      return retractDeath(command, state, context);
    case 'AssignFact':
      return assignFact(command, state, context);
  }
};

const registered = ({
  identifiers,
  homeOrganizationId,
  ...demographics
}: EventData<'PatientRegistered'>): Patient => ({
  birthDate: demographics.birthDate,
  demographics,
  homeOrganizationIds: [homeOrganizationId],
  identifiers,
  received: [],
  unassigned: [],
  dismissed: [],
});

const receivedIn = (
  { received, demographics }: Patient,
  data: Omit<Received, 'said'>,
): readonly Received[] => [
  ...received.filter(({ system }) => system !== data.system),
  { ...data, said: demographics },
];

const stage = (state: PatientState): string => {
  if (state === undefined) return 'none';
  if (state.mergedInto !== undefined) return 'merged';
  if (state.proposed !== undefined) return 'merge-proposed';
  return state.death === undefined ? 'registered' : 'deceased';
};

export const patientDecider: Decider<PatientState, PatientCommand, PatientEvent, PatientFacts> = {
  category: 'patient',
  initial: undefined,
  evolve: (state, fact) => {
    if (fact.type === 'PatientRegistered') return registered(fact.data);
    if (state === undefined) return state;
    switch (fact.type) {
      case 'PatientDemographicsCorrected':
        return { ...state, birthDate: fact.data.birthDate, demographics: fact.data };
      case 'PatientContactCorrected':
        return { ...state, demographics: { ...state.demographics, ...fact.data } };
      case 'PatientLanguageCorrected':
        return { ...state, demographics: spokenIn(state, fact.data) };
      case 'PatientContactPreferencesRecorded':
        return { ...state, contactPreferences: fact.data };
      case 'PatientReceived':
        return { ...state, received: receivedIn(state, fact.data) };
      case 'PatientIdentifierLinked':
        return { ...state, identifiers: [...state.identifiers, fact.data] };
      case 'PatientMergeProposed':
        return { ...state, proposed: { survivorId: fact.data.survivorId, by: fact.by.sub } };
      case 'PatientMerged':
        return { ...state, mergedInto: fact.data.survivorId, mergedAt: fact.at, proposed: undefined };
      case 'PatientMergeReversed':
        return { ...state, mergedInto: undefined, mergedAt: undefined, proposed: undefined };
      case 'PatientMatchDismissed':
        return { ...state, dismissed: [...state.dismissed, fact.data.otherId] };
      case 'PatientDeathRecorded':
        return { ...state, death: { on: fact.data.on, source: fact.data.source } };
      case 'PatientDeathRetracted':
        return { ...state, death: undefined };
      case 'PatientFactsUnassigned':
      case 'PatientFactAssigned':
      case 'PatientFactMoved':
        return { ...state, unassigned: unassignedAfter(state, fact) };
    }
  },
  decide,
  stage,
};
