/** The directory's doors: what each aggregate needs to know before it decides, and who is what to it. */
import { dayOf } from '@fascia/clinical/calendar';
import type { Parties } from '@fascia/kernel';
import type { Aggregate } from '@fascia/write-door';
import {
  CONSENT_COMMANDS,
  LISTING_COMMANDS,
  ORGANIZATION_COMMANDS,
  PATIENT_COMMANDS,
  PRACTITIONER_COMMANDS,
  type ConsentCommand,
  type ListingCommand,
  type OrganizationCommand,
  type PatientCommand,
  type PractitionerCommand,
} from '../contract/commands.js';
import {
  CONSENT_CONTRACT,
  LISTING_CONTRACT,
  ORGANIZATION_CONTRACT,
  PATIENT_CONTRACT,
  PRACTITIONER_CONTRACT,
  type ConsentEvent,
  type ListingEvent,
  type OrganizationEvent,
  type PatientEvent,
  type PractitionerEvent,
} from '../contract/events.js';
import type { DirectoryRefusal } from '../contract/refusals.js';
import { consentDecider, type ConsentFacts, type ConsentState } from '../domain/consent.js';
import { listingDecider, type ListingState } from '../domain/listing.js';
import { organizationDecider, type OrganizationState } from '../domain/organization.js';
import { patientDecider, type PatientFacts, type PatientState } from '../domain/patient.js';
import { practitionerDecider, type PractitionerState } from '../domain/practitioner.js';

/** The organisations that hold a patient's record. */
export const homeOf = (patient: PatientState): Parties => ({ home: patient?.homeOrganizationIds ?? [] });

const IDENTIFIER_TAKEN: DirectoryRefusal = {
  code: 'IDENTIFIER_TAKEN',
  detail: 'Another record of the organisation has this identifier: use that one, or correct the number.',
  pointer: '/identifiers',
};

export const patientAggregate: Aggregate<PatientState, PatientCommand, PatientEvent, PatientFacts> = {
  decider: patientDecider,
  contract: PATIENT_CONTRACT,
  commands: PATIENT_COMMANDS,
  facts: async ({ command, at }, tools) => {
    const today = dayOf(at);
    if (command.type !== 'MergePatients') return { today };
    const { state, version } = await tools.load(patientAggregate, command.survivorId);
    return { today, survivor: { exists: version > 0, mergedInto: state?.mergedInto } };
  },
  parties: ({ command, state, by }) => {
    if (command.type === 'ReceivePatient')
      return state === undefined ? { home: [command.organizationId] } : homeOf(state);
    if (command.type !== 'RegisterPatient') return homeOf(state);
    const organizationId = command.organizationId ?? by.organizationId;
    return organizationId === undefined ? {} : { home: [organizationId] };
  },
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

export const organizationAggregate: Aggregate<
  OrganizationState,
  OrganizationCommand,
  OrganizationEvent,
  undefined
> = {
  decider: organizationDecider,
  contract: ORGANIZATION_CONTRACT,
  commands: ORGANIZATION_COMMANDS,
  facts: () => Promise.resolve(undefined),
  parties: ({ id }) => ({ owner: [id] }),
  patientId: () => undefined,
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
