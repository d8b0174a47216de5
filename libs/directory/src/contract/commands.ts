/** What may be asked of the directory: of patients, consents, practitioners, organisations and listings. */
import { PAYER_PROFILES, REGIONS } from '@fascia/clinical';
import {
  acts,
  body,
  code,
  creates,
  day,
  flag,
  id,
  internal,
  line,
  lineOrEmpty,
  list,
  partialDay,
  receives,
  ref,
  ROLES,
  shape,
  text,
  whole,
  type CommandOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import {
  CAPACITIES,
  CONSENT_METHODS,
  DEATH_SOURCES,
  ORGANIZATION_KINDS,
  PURPOSES,
  SERVICES,
  SEXES_AT_BIRTH,
  WAYS_OF_CONTACT,
} from './events.js';
import {
  ASSIGNMENTS,
  FACT_CATEGORIES,
  MOVING,
  TAKING_OVER,
  type MovingOf,
  type OwnCommands,
} from './facts.js';

// People and places

/** Many people have one name, and it is not always a family name. */
const personName = shape('PersonName', {
  family: lineOrEmpty(200, 'Empty for a person who has none.'),
  given: list(line(200), { max: 10 }),
  prefix: list(line(60), { max: 5 }),
  text: line(400, 'The whole name as the person writes it.').optional(),
}).refine(({ family, given, text }) => family !== '' || given.length > 0 || text !== undefined, {
  error: 'must have a family name, a given name or the whole name as text',
});

const identifier = { system: line(300, 'A URI that names who assigned it.'), value: line(200) };
const identifiers = list(shape('Identifier', identifier), { max: 20 });

const reached = { value: line(300), use: line(20).optional() };
const telecom = list(
  shape('Telecom', { system: code(['phone', 'email', 'fax', 'sms', 'url', 'pager', 'other']), ...reached }),
  { max: 20 },
);
/** As the source of an import says it. */
const telecomOfSource = list(body({ system: line(300), ...reached }), { max: 20 });

const address = list(
  shape('Address', {
    line: list(line(300), { max: 5 }),
    city: line(200).optional(),
    state: line(200).optional(),
    postalCode: line(40).optional(),
    country: line(100).optional(),
  }),
  { max: 10 },
);

const reason = { reason: text(1000) };

/** Where something that was imported comes from. */
const received = {
  system: line(300, 'URI of the source system.'),
  lastUpdated: line(40, 'When the source changed it last, by its own clock (FHIR instant).').optional(),
};

// Patients

const spoken = { language: line(35, 'BCP 47, such as es or ar-EG.').optional(), interpreter: flag() };

const demographics = {
  name: personName,
  birthDate: partialDay('FHIR date: YYYY, YYYY-MM or YYYY-MM-DD.'),
  sexAtBirth: code(SEXES_AT_BIRTH),
  telecom,
  address,
  ...spoken,
};

const fact = {
  category: code(FACT_CATEGORIES),
  factId: ref('anything', 'As the list of what is unassigned names it.'),
};

export const PATIENT_COMMANDS = {
  RegisterPatient: creates(
    'Register a patient',
    {
      ...demographics,
      identifiers,
      organizationId: ref(
        'organization',
        'Who holds the record; your own organisation when absent.',
      ).optional(),
    },
    { telecom: telecomOfSource },
  ),
  CorrectDemographics: acts('correct-demographics', 'Correct who the patient is', demographics),
  CorrectContact: acts(
    'correct-contact',
    'Correct the numbers and addresses that the patient is reached at',
    {
      telecom,
    },
  ),
  CorrectLanguage: acts('correct-language', 'Correct which language the patient speaks', spoken),
  ChangeContactPreferences: acts(
    'change-contact-preferences',
    'Record how the patient asks to be reached, and how not: all of it, what is left out holds no more',
    {
      preferred: code(WAYS_OF_CONTACT).optional(),
      forbidden: list(code(WAYS_OF_CONTACT), { max: WAYS_OF_CONTACT.length }),
      note: text(1000, 'Where or when, in their words.').optional(),
    },
  ),
  LinkIdentifier: acts('link-identifier', 'Add an identifier', identifier),
  /** What a file says of a patient now, under the id that follows from its source. */
  ReceivePatient: receives('An import', {
    ...demographics,
    telecom: telecomOfSource,
    identifiers,
    /** Identifiers that another record of the organisation has: kept beside, never as this record's own. */
    takenIdentifiers: identifiers,
    organizationId: id('Who holds the record.'),
    inactive: flag('The source uses the record no more.').optional(),
    replacedById: id('The record that the source uses instead.').optional(),
    ...received,
  }),
  MergePatients: acts(
    'merge',
    'Merge this record into another of the same person; where care is open on both, two people ask for it',
    { survivorId: ref('patient'), ...reason },
  ),
  UndoMerge: acts('undo-merge', 'Undo a merge, or what was proposed of one', reason),
  DismissMatch: acts('dismiss-match', 'Say that this record and another are of two people', {
    otherId: ref('patient', 'The record with the greater id, as the list of matches names it.'),
    ...reason,
  }),
  RecordDeath: acts('record-death', 'Record that the patient died', {
    on: partialDay('FHIR date: YYYY, YYYY-MM or YYYY-MM-DD.').optional(),
    source: code(DEATH_SOURCES),
  }),
  RetractDeath: acts('retract-death', 'Take back that the patient died', reason),
  AssignFact: acts(
    'assign-fact',
    'Say whose it is, of what was recorded while this record was merged into another: it stays where it is, or moves to this record',
    { ...fact, assignment: code(ASSIGNMENTS), ...reason },
  ),
  NoteFactMoved: internal('the process that moves what is assigned', fact),
};

export type PatientCommand = CommandsOf<typeof PATIENT_COMMANDS>;
export type PatientCommandOf<T extends PatientCommand['type']> = CommandOf<typeof PATIENT_COMMANDS, T>;

// Consents

export const CONSENT_COMMANDS = {
  GrantConsent: creates('Record a consent', {
    patientId: ref('patient'),
    purposes: list(code(PURPOSES), { min: 1, max: 3 }),
    organizationIds: list(ref('organization'), { max: 100 }),
    from: day(),
    to: day().optional(),
    method: code(CONSENT_METHODS),
  }),
  WithdrawConsent: acts('withdraw', 'Withdraw a consent'),
  RestrictConsent: creates('Record that sharing is restricted', {
    patientId: ref('patient'),
    organizationIds: list(ref('organization'), { max: 100 }, 'Empty: sharing with anybody.'),
    ...reason,
  }),
  TakeOverConsent: receives('the process that moves what is assigned', TAKING_OVER),
  MoveConsent: internal('the process that moves what is assigned', MOVING),
};

/** What is asked of one wherever it is; with which it goes to somebody else's record is apart. */
export type ConsentCommand = OwnCommands<CommandsOf<typeof CONSENT_COMMANDS>>;
export type ConsentMoving = MovingOf<CommandsOf<typeof CONSENT_COMMANDS>>;

// Practitioners

const role = { role: code(ROLES), organizationId: ref('organization').optional() };

const practitioner = {
  name: personName,
  npi: line(10, 'National Provider Identifier.', /^\d{10}$/).optional(),
  taxonomies: list(line(10), { max: 10 }, 'NUCC taxonomy codes.'),
  address,
};

export const PRACTITIONER_COMMANDS = {
  EnrolPractitioner: creates('Enrol a practitioner or member of staff', {
    ...practitioner,
    account: line(200, "Subject of the person's access tokens.").optional(),
    roles: list(shape('PractitionerRole', role), { max: 10 }),
  }),
  ReceivePractitioner: receives('An import', practitioner),
  RecordLicence: acts('record-licence', 'Record a licence', {
    state: line(40),
    number: line(100),
    kind: line(100),
    from: day(),
    to: day(),
  }),
  SuspendPractitioner: acts('suspend', 'Suspend: no signature and no sign-in', reason),
  ReinstatePractitioner: acts('reinstate', 'End a suspension', reason),
  AssignRole: acts('assign-role', 'Give a role', role),
  EndRole: acts('end-role', 'Take a role away', role),
};

export type PractitionerCommand = CommandsOf<typeof PRACTITIONER_COMMANDS>;

// Organisations and what they offer

const timeZone = { timeZone: line(60, 'IANA time zone.') };

export const ORGANIZATION_COMMANDS = {
  RegisterOrganization: creates(
    'Register an organisation',
    {
      name: line(300),
      kind: code(ORGANIZATION_KINDS),
      identifiers,
      telecom,
      address,
      ...timeZone,
    },
    { telecom: telecomOfSource },
  ),
  ReceiveOrganization: receives('An import', {
    name: line(300),
    identifiers,
    telecom: telecomOfSource,
    address,
  }),
  RegisterSourceSystem: acts('register-source-system', 'Name a system whose files are imported', {
    system: line(
      300,
      'A URI that names the system, such as https://ehr.example.org/fhir.',
      /^[a-z][a-z0-9+.-]*:\S+$/,
    ),
    byDefault: flag('Files that name no system are of this one.'),
  }),
  CorrectTimeZone: acts('correct-time-zone', 'Correct the zone in which its days are counted', timeZone),
  SetWorkCalendar: acts(
    'set-work-calendar',
    'Say on which days nobody works: no business day is counted then',
    {
      weekend: list(whole(1, 7), { max: 6 }, 'Days of the week without work: 1 is Monday, 7 is Sunday.'),
      holidays: list(day(), { max: 400 }, 'Other days without work, of this year and the next.'),
    },
  ),
};

export type OrganizationCommand = CommandsOf<typeof ORGANIZATION_COMMANDS>;

const offer = {
  title: line(300),
  services: list(code(SERVICES), { min: 1, max: 5 }),
  regions: list(code(REGIONS), { min: 1, max: 40 }),
  ageMin: whole(0, 130).optional(),
  ageMax: whole(0, 130).optional(),
  payers: list(code(PAYER_PROFILES), { min: 1, max: 10 }),
  practitionerIds: list(ref('practitioner'), { min: 1, max: 100 }),
};

const capacity = { capacity: code(CAPACITIES) };

export const LISTING_COMMANDS = {
  PublishListing: creates('Offer a service', {
    ...offer,
    ...capacity,
    organizationId: ref('organization', 'Your own organisation when absent.').optional(),
  }),
  ReviseListing: acts('revise', 'Change what is offered', offer),
  RecordCapacity: acts('record-capacity', 'Say whether patients are taken now', capacity),
  WithdrawListing: acts('withdraw', 'Take the listing down'),
};

export type ListingCommand = CommandsOf<typeof LISTING_COMMANDS>;
