/** The directory's doors: what each aggregate needs to know before it decides, and who is what to it. */
import { dayOf } from '@fascia/clinical/calendar';
import type { Parties } from '@fascia/kernel';
import type { Aggregate } from '@fascia/write-door';
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
import {
  consentDecider,
  type ConsentCommand,
  type ConsentFacts,
  type ConsentState,
} from '../domain/consent.js';
import { listingDecider, type ListingCommand, type ListingState } from '../domain/listing.js';
import {
  organizationDecider,
  type OrganizationCommand,
  type OrganizationState,
} from '../domain/organization.js';
import {
  patientDecider,
  type PatientCommand,
  type PatientFacts,
  type PatientState,
} from '../domain/patient.js';
import {
  practitionerDecider,
  type PractitionerCommand,
  type PractitionerState,
} from '../domain/practitioner.js';

/** The organisations that hold a patient's record. */
export const homeOf = (patient: PatientState): Parties => ({ home: patient?.homeOrganizationIds ?? [] });

export const patientAggregate: Aggregate<PatientState, PatientCommand, PatientEvent, PatientFacts> = {
  decider: patientDecider,
  contract: PATIENT_CONTRACT,
  creates: ['RegisterPatient'],
  facts: async ({ command, at }, tools) => {
    const today = dayOf(at);
    if (command.type !== 'MergePatients') return { today };
    const { state, version } = await tools.load(patientAggregate, command.survivorId);
    return { today, survivor: { exists: version > 0, mergedInto: state?.mergedInto } };
  },
  parties: ({ command, state, by }) => {
    if (command.type !== 'RegisterPatient') return homeOf(state);
    const organizationId = command.organizationId ?? by.organizationId;
    return organizationId === undefined ? {} : { home: [organizationId] };
  },
  patientId: ({ id }) => id,
};

export const consentAggregate: Aggregate<
  ConsentState,
  ConsentCommand,
  ConsentEvent,
  ConsentFacts & { readonly patient: PatientState }
> = {
  decider: consentDecider,
  contract: CONSENT_CONTRACT,
  creates: ['GrantConsent', 'RestrictConsent'],
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

export const practitionerAggregate: Aggregate<
  PractitionerState,
  PractitionerCommand,
  PractitionerEvent,
  undefined
> = {
  decider: practitionerDecider,
  contract: PRACTITIONER_CONTRACT,
  creates: ['EnrolPractitioner'],
  facts: () => Promise.resolve(undefined),
  parties: ({ id, state }) => partiesOfPractitioner(id, state),
  patientId: () => undefined,
  holds: (state) =>
    state?.account === undefined
      ? []
      : [
          {
            key: ['account', state.account],
            refusal: {
              code: 'ACCOUNT_TAKEN',
              detail: 'Another practitioner signs in with this account.',
              pointer: '/account',
            },
          },
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
  creates: ['RegisterOrganization'],
  facts: () => Promise.resolve(undefined),
  parties: ({ id }) => ({ owner: [id] }),
  patientId: () => undefined,
};

export const listingAggregate: Aggregate<ListingState, ListingCommand, ListingEvent, undefined> = {
  decider: listingDecider,
  contract: LISTING_CONTRACT,
  creates: ['PublishListing'],
  facts: () => Promise.resolve(undefined),
  parties: ({ command, state, by }) => {
    const asked =
      command.type === 'PublishListing' ? (command.organizationId ?? by.organizationId) : undefined;
    const organizationId = state?.organizationId ?? asked;
    return organizationId === undefined ? {} : { owner: [organizationId] };
  },
  patientId: () => undefined,
};
