/** The directory's doors: what each aggregate needs to know before it decides, and who is what to it. */
import type { CalendarDate, Parties } from '@fascia/kernel';
import type { Aggregate, FactRequest, FactTools } from '@fascia/write-door';
import {
  CONSENT_COMMANDS,
  LISTING_COMMANDS,
  PATIENT_COMMANDS,
  PRACTITIONER_COMMANDS,
  type ConsentCommand,
  type ListingCommand,
  type PatientCommand,
  type PractitionerCommand,
} from '../contract/commands.js';
import {
  CONSENT_CONTRACT,
  LISTING_CONTRACT,
  PATIENT_CONTRACT,
  PRACTITIONER_CONTRACT,
  type ConsentEvent,
  type ListingEvent,
  type PatientEvent,
  type PractitionerEvent,
} from '../contract/events.js';
import type { DirectoryRefusal } from '../contract/refusals.js';
import { consentDecider, type ConsentFacts, type ConsentState } from '../domain/consent.js';
import { listingDecider, type ListingState } from '../domain/listing.js';
import { patientDecider, type PatientFacts, type PatientState } from '../domain/patient.js';
import { practitionerDecider, type PractitionerState } from '../domain/practitioner.js';
import { dayAt } from './organization.aggregate.js';

/** The organisations that hold a patient's record. */
export const homeOf = (patient: PatientState): Parties => ({ home: patient?.homeOrganizationIds ?? [] });

type PatientRequest = FactRequest<PatientState, PatientCommand>;

const homesOf = ({ command, state, by }: PatientRequest): readonly string[] => {
  if (command.type === 'ReceivePatient' && state === undefined) return [command.organizationId];
  if (command.type !== 'RegisterPatient') return state?.homeOrganizationIds ?? [];
  const organizationId = command.organizationId ?? by.organizationId;
  return organizationId === undefined ? [] : [organizationId];
};

/** A date of birth has no zone. Where several hold the record the latest day counts, so that nobody born today is refused. */
const todayAtHome = async (request: PatientRequest, tools: FactTools): Promise<CalendarDate> => {
  const [first, ...others] = homesOf(request);
  const days = await Promise.all([first, ...others].map((home) => dayAt(home, request.at, tools)));
  return days.reduce((latest, day) => (day > latest ? day : latest));
};

const IDENTIFIER_TAKEN: DirectoryRefusal = {
  code: 'IDENTIFIER_TAKEN',
  detail: 'Another record of the organisation has this identifier: use that one, or correct the number.',
  pointer: '/identifiers',
};

export const patientAggregate: Aggregate<PatientState, PatientCommand, PatientEvent, PatientFacts> = {
  decider: patientDecider,
  contract: PATIENT_CONTRACT,
  commands: PATIENT_COMMANDS,
  facts: async (request, tools) => {
    const today = await todayAtHome(request, tools);
    const { command } = request;
    if (command.type !== 'MergePatients') return { today };
    const { state, version } = await tools.load(patientAggregate, command.survivorId);
    return { today, survivor: { exists: version > 0, mergedInto: state?.mergedInto } };
  },
  parties: (request) => ({ home: homesOf(request) }),
  patientId: ({ id }) => id,
  holds: (state) =>
    (state?.homeOrganizationIds ?? []).flatMap((organizationId) =>
      (state?.identifiers ?? []).map(({ system, value }) => ({
        key: ['identifier', organizationId, system, value],
        personal: true as const,
        refusal: IDENTIFIER_TAKEN,
      })),
    ),
};

export const consentAggregate: Aggregate<
  ConsentState,
  ConsentCommand,
  ConsentEvent,
  ConsentFacts & { readonly patient: PatientState }
> = {
  decider: consentDecider,
  contract: CONSENT_CONTRACT,
  commands: CONSENT_COMMANDS,
  facts: async ({ command, state }, tools) => {
    const patientId = state?.patientId ?? ('patientId' in command ? command.patientId : '');
    const patient = await tools.load(patientAggregate, patientId);
    return { patientExists: patient.version > 0, patient: patient.state };
  },
  parties: (_about, { patient }) => homeOf(patient),
  patientId: ({ command, state }) =>
    state?.patientId ?? ('patientId' in command ? command.patientId : undefined),
};

/** The person themself, and where they work. */
const partiesOfPractitioner = (id: string, state: PractitionerState): Parties => ({
  self: [id, ...(state?.account === undefined ? [] : [state.account])],
  owner: state?.roles.flatMap((role) => role.organizationId ?? []) ?? [],
});

const ACCOUNT_TAKEN: DirectoryRefusal = {
  code: 'ACCOUNT_TAKEN',
  detail: 'Another practitioner signs in with this account.',
  pointer: '/account',
};

const NPI_TAKEN: DirectoryRefusal = {
  code: 'NPI_TAKEN',
  detail: 'Another practitioner of the network has this NPI.',
  pointer: '/npi',
};

export const practitionerAggregate: Aggregate<
  PractitionerState,
  PractitionerCommand,
  PractitionerEvent,
  undefined
> = {
  decider: practitionerDecider,
  contract: PRACTITIONER_CONTRACT,
  commands: PRACTITIONER_COMMANDS,
  facts: () => Promise.resolve(undefined),
  parties: ({ id, state }) => partiesOfPractitioner(id, state),
  patientId: () => undefined,
  holds: (state) => [
    ...(state?.account === undefined ? [] : [{ key: ['account', state.account], refusal: ACCOUNT_TAKEN }]),
    ...(state?.npi === undefined
      ? []
      : [{ key: ['npi', state.npi], personal: true as const, refusal: NPI_TAKEN }]),
  ],
};

export const listingAggregate: Aggregate<ListingState, ListingCommand, ListingEvent, undefined> = {
  decider: listingDecider,
  contract: LISTING_CONTRACT,
  commands: LISTING_COMMANDS,
  facts: () => Promise.resolve(undefined),
  parties: ({ command, state, by }) => {
    const asked =
      command.type === 'PublishListing' ? (command.organizationId ?? by.organizationId) : undefined;
    const organizationId = state?.organizationId ?? asked;
    return organizationId === undefined ? {} : { owner: [organizationId] };
  },
  patientId: () => undefined,
};
