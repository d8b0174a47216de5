/** What is stored about people and places. Names, contact and identifiers are sealed under the entry's own key. */
import { z } from 'zod';
import { event, personal, ROLES, type EventsOf } from '@fascia/kernel/contract';
import { ASSIGNMENTS, FACT_CATEGORIES, factSchema, movedSchema } from './facts.js';

const id = z.uuid();
const text = personal(z.string().max(1000));

export const nameSchema = z.strictObject({
  family: text,
  given: z.array(text),
  prefix: z.array(text),
  text: text.optional(),
});
export const identifierSchema = z.strictObject({ system: z.string(), value: text });
export const telecomSchema = z.strictObject({ system: z.string(), value: text, use: z.string().optional() });
export const addressSchema = z.strictObject({
  line: z.array(text),
  city: text.optional(),
  state: text.optional(),
  postalCode: text.optional(),
  country: text.optional(),
});

/** Where something that was imported comes from. */
const received = z.strictObject({
  /** URI of the source system. */
  system: z.string(),
  /** When the source changed it last, by its own clock. */
  lastUpdated: z.string().optional(),
});

export const SEXES_AT_BIRTH = ['male', 'female', 'other', 'unknown'] as const;

/** Ways in which somebody may ask to be reached, or not to be. */
export const WAYS_OF_CONTACT = ['phone', 'voicemail', 'sms', 'email', 'fax', 'post', 'portal'] as const;

/** Who says that somebody died. */
export const DEATH_SOURCES = ['certificate', 'reported', 'import'] as const;

const demographics = z.strictObject({
  name: nameSchema,
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: FHIR `date`. */
  birthDate: text,
  sexAtBirth: z.enum(SEXES_AT_BIRTH),
  telecom: z.array(telecomSchema),
  address: z.array(addressSchema),
  /** BCP 47. */
  language: z.string().optional(),
  interpreter: z.boolean(),
});

export const PATIENT_CONTRACT = {
  PatientRegistered: event(
    demographics.extend({ identifiers: z.array(identifierSchema), homeOrganizationId: id }),
  ),
  PatientDemographicsCorrected: event(demographics),
  PatientContactCorrected: event(z.strictObject({ telecom: z.array(telecomSchema) })),
  PatientLanguageCorrected: event(
    z.strictObject({ language: z.string().optional(), interpreter: z.boolean() }),
  ),
  /** Confidential communication (45 CFR 164.522(b)), all that holds from then on. */
  PatientContactPreferencesRecorded: event(
    z.strictObject({
      preferred: z.enum(WAYS_OF_CONTACT).optional(),
      forbidden: z.array(z.enum(WAYS_OF_CONTACT)),
      /** Where or when to reach them, in their words. */
      note: text.optional(),
    }),
  ),
  PatientIdentifierLinked: event(identifierSchema),
  /** What the record said then is what the source says of the patient: by it a later file tells what changed there. */
  PatientReceived: event(
    received.extend({
      /** Identifiers that another record of the organisation has. */
      takenIdentifiers: z.array(identifierSchema),
      /** The source uses the record no more, and which it uses instead. */
      inactive: z.boolean().optional(),
      replacedById: id.optional(),
    }),
  ),
  /** One person has asked for it; another one has to, as care is open on both records. */
  PatientMergeProposed: event(z.strictObject({ survivorId: id, reason: text })),
  /** The survivor may be merged itself, before or after: the person's record is the one at the end. */
  PatientMerged: event(z.strictObject({ survivorId: id, reason: text })),
  /** Of a merge, or of what was only proposed. */
  PatientMergeReversed: event(z.strictObject({ survivorId: id, reason: text })),
  /** This record and that one are of two people, however alike they are. */
  PatientMatchDismissed: event(z.strictObject({ otherId: id, reason: text })),
  PatientDeathRecorded: event(
    z.strictObject({
      /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as far as it is known. */
      on: text.optional(),
      source: z.enum(DEATH_SOURCES),
      /** Of all records of the person: what was open when it was recorded, and ends with it. */
      openReferralIds: z.array(id),
      /** That are something to the person, and are told. */
      organizationIds: z.array(id),
    }),
  ),
  PatientDeathRetracted: event(z.strictObject({ reason: text, organizationIds: z.array(id) })),
  /** With the undoing of a merge: what was recorded meanwhile on the other person's records, and may be of this one. */
  PatientFactsUnassigned: event(z.strictObject({ facts: z.array(factSchema).min(1) })),
  PatientFactAssigned: event(
    factSchema.extend({
      assignment: z.enum(ASSIGNMENTS),
      /** As what it goes on, when it moves to this record. */
      toId: id.optional(),
      reason: text,
    }),
  ),
  /** One that moves has arrived: on this record, or on another that it was merged with. */
  PatientFactMoved: event(z.strictObject({ category: z.enum(FACT_CATEGORIES), id })),
};

const role = z.strictObject({ role: z.enum(ROLES), organizationId: id.optional() });
const licence = z.strictObject({
  state: z.string(),
  number: text,
  kind: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
});

export const PRACTITIONER_CONTRACT = {
  PractitionerEnrolled: event(
    z.strictObject({
      name: nameSchema,
      /** National Provider Identifier. */
      npi: text.optional(),
      /** NUCC Health Care Provider Taxonomy. */
      taxonomies: z.array(z.string()),
      /** Subject of the person's access tokens; absent for people who do not sign in. */
      account: z.string().optional(),
      roles: z.array(role),
      address: z.array(addressSchema),
    }),
  ),
  LicenceRecorded: event(licence),
  PractitionerSuspended: event(z.strictObject({ reason: text })),
  PractitionerReinstated: event(z.strictObject({ reason: text })),
  RoleAssigned: event(role),
  RoleEnded: event(role),
};

export const ORGANIZATION_KINDS = ['practice', 'clinic', 'network', 'other'] as const;

export const ORGANIZATION_CONTRACT = {
  OrganizationRegistered: event(
    z.strictObject({
      name: text,
      kind: z.enum(ORGANIZATION_KINDS),
      identifiers: z.array(identifierSchema),
      telecom: z.array(telecomSchema),
      address: z.array(addressSchema),
      /** IANA zone in which its days are counted. */
      timeZone: z.string(),
    }),
  ),
  SourceSystemRegistered: event(z.strictObject({ system: z.string(), byDefault: z.boolean() })),
  /** A mistake, or a zone that an import did not know: from then on it is as if it had always been so. */
  OrganizationTimeZoneCorrected: event(z.strictObject({ timeZone: z.string() })),
  /** Days of the week without work, 1 (Monday) to 7, and other days on which nobody works. */
  WorkCalendarSet: event(
    z.strictObject({ weekend: z.array(z.int().min(1).max(7)), holidays: z.array(z.iso.date()) }),
  ),
};

const offer = z.strictObject({
  title: text,
  services: z.array(z.string()).min(1),
  regions: z.array(z.string()).min(1),
  ageMin: z.int().min(0).max(130).optional(),
  ageMax: z.int().min(0).max(130).optional(),
  payers: z.array(z.string()).min(1),
  practitionerIds: z.array(id).min(1),
});

/** Soft tissue mobilisation. */
export const SERVICES = ['STM'] as const;
export const CAPACITIES = ['open', 'limited', 'closed'] as const;

export const LISTING_CONTRACT = {
  ListingPublished: event(offer.extend({ organizationId: id, capacity: z.enum(CAPACITIES) })),
  ListingRevised: event(offer),
  CapacityRecorded: event(z.strictObject({ capacity: z.enum(CAPACITIES) })),
  ListingWithdrawn: event(z.strictObject({})),
};

/** HL7 v3 PurposeOfUse codes. */
export const PURPOSES = ['TREAT', 'HPAYMT', 'HOPERAT'] as const;

export const CONSENT_METHODS = ['written', 'verbal', 'electronic'] as const;

export const CONSENT_CONTRACT = {
  ConsentGranted: event(
    z.strictObject({
      patientId: id,
      purposes: z.array(z.enum(PURPOSES)).min(1),
      organizationIds: z.array(id),
      from: z.iso.date(),
      to: z.iso.date().optional(),
      method: z.enum(CONSENT_METHODS),
    }),
  ),
  /** No organisations named: sharing with anybody is restricted. */
  ConsentRestricted: event(z.strictObject({ patientId: id, organizationIds: z.array(id), reason: text })),
  ConsentWithdrawn: event(z.strictObject({ effectiveAt: z.iso.datetime() })),
  ConsentMoved: event(movedSchema),
};

export type PatientEvent = EventsOf<typeof PATIENT_CONTRACT>;
export type PractitionerEvent = EventsOf<typeof PRACTITIONER_CONTRACT>;
export type OrganizationEvent = EventsOf<typeof ORGANIZATION_CONTRACT>;
export type ListingEvent = EventsOf<typeof LISTING_CONTRACT>;
export type ConsentEvent = EventsOf<typeof CONSENT_CONTRACT>;
export type Demographics = z.output<typeof demographics>;
export type Licence = z.output<typeof licence>;
export type Offer = z.output<typeof offer>;
export type RoleHeld = z.output<typeof role>;
