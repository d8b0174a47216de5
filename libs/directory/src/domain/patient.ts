/** A patient: who they are, and which organisations hold their record. */
import { happened, type CalendarDate, type Decider, type Decision } from '@fascia/kernel';
import type { PatientCommand } from '../contract/commands.js';
import type { Demographics, PatientEvent } from '../contract/events.js';
import { refuse } from '../contract/refusals.js';
import { receivePatient, type Received } from './receiving.js';

type Identifier = Extract<PatientEvent, { type: 'PatientIdentifierLinked' }>['data'];

// State

export interface Patient {
  readonly birthDate: string;
  readonly demographics: Demographics;
  /** By source system, the last of each. */
  readonly received: readonly Received[];
  readonly homeOrganizationIds: readonly string[];
  readonly identifiers: readonly Identifier[];
  readonly mergedInto?: string | undefined;
}

export type PatientState = Patient | undefined;

export interface PatientFacts {
  readonly today: CalendarDate;
  /** Of a merge. */
  readonly survivor?: { readonly exists: boolean; readonly mergedInto?: string | undefined } | undefined;
}

// Decisions

const bornInFuture = (birthDate: string, today: CalendarDate): Decision<never> | undefined =>
  birthDate > today.slice(0, birthDate.length)
    ? refuse('BIRTH_DATE_IN_FUTURE', 'A date of birth lies in the past.', { pointer: '/birthDate' })
    : undefined;

const decide: Decider<PatientState, PatientCommand, PatientEvent, PatientFacts>['decide'] = (
  command,
  state,
  context,
) => {
  if (command.type === 'RegisterPatient') {
    if (state !== undefined) return refuse('PATIENT_EXISTS', 'This patient is registered already.');
    const { type: _type, organizationId, ...data } = command;
    const homeOrganizationId = organizationId ?? context.by.organizationId;
    if (homeOrganizationId === undefined)
      return refuse('ORGANIZATION_REQUIRED', 'Say which organisation holds the record.', {
        pointer: '/organizationId',
      });
    return (
      bornInFuture(data.birthDate, context.facts.today) ??
      happened({ type: 'PatientRegistered', data: { ...data, homeOrganizationId } })
    );
  }
  if (state?.mergedInto !== undefined) {
    return refuse('PATIENT_MERGED', 'This record was merged into another: use the surviving record.', {
      about: { survivorId: state.mergedInto },
    });
  }
  switch (command.type) {
    case 'ReceivePatient':
      return bornInFuture(command.birthDate, context.facts.today) ?? receivePatient(command, state);
    case 'CorrectDemographics': {
      const { type: _type, ...data } = command;
      return (
        bornInFuture(data.birthDate, context.facts.today) ??
        happened({ type: 'PatientDemographicsCorrected', data })
      );
    }
    case 'LinkIdentifier': {
      const { system, value } = command;
      const known =
        state?.identifiers.some(
          (identifier) => identifier.system === system && identifier.value === value,
        ) === true;
      return known ? happened() : happened({ type: 'PatientIdentifierLinked', data: { system, value } });
    }
    case 'MergePatients': {
      const { survivor } = context.facts;
      const usable =
        survivor?.exists === true && survivor.mergedInto === undefined && command.survivorId !== context.id;
      return usable
        ? happened({
            type: 'PatientMerged',
            data: { survivorId: command.survivorId, reason: command.reason },
          })
        : refuse(
            'MERGE_SURVIVOR_INVALID',
            'A record is merged into another that exists and was not merged itself.',
            { pointer: '/survivorId' },
          );
    }
  }
};

type Registered = Extract<PatientEvent, { type: 'PatientRegistered' }>['data'];

const registered = ({ identifiers, homeOrganizationId, ...demographics }: Registered): Patient => ({
  birthDate: demographics.birthDate,
  demographics,
  homeOrganizationIds: [homeOrganizationId],
  identifiers,
  received: [],
});

const receivedIn = (
  { received, demographics }: Patient,
  data: Omit<Received, 'said'>,
): readonly Received[] => [
  ...received.filter(({ system }) => system !== data.system),
  { ...data, said: demographics },
];

export const patientDecider: Decider<PatientState, PatientCommand, PatientEvent, PatientFacts> = {
  category: 'patient',
  initial: undefined,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'PatientRegistered':
        return registered(fact.data);
      case 'PatientDemographicsCorrected':
        return state && { ...state, birthDate: fact.data.birthDate, demographics: fact.data };
      case 'PatientReceived':
        return state && { ...state, received: receivedIn(state, fact.data) };
      case 'PatientIdentifierLinked':
        return state && { ...state, identifiers: [...state.identifiers, fact.data] };
      case 'PatientMerged':
        return state && { ...state, mergedInto: fact.data.survivorId };
    }
  },
  decide,
  stage: (state) => (state === undefined ? 'none' : state.mergedInto === undefined ? 'registered' : 'merged'),
};
