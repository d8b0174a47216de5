/** The directory as one value. */
import { permissions, type Relation, type Role } from '@fascia/kernel';
import type {
  ConsentCommand,
  ConsentMoving,
  ListingCommand,
  OrganizationCommand,
  PatientCommand,
  PractitionerCommand,
} from './contract/commands.js';
import { DIRECTORY_REFUSALS } from './contract/refusals.js';
import { recordHolders } from './read/care-team/model.js';
import { consentModel } from './read/consent.js';
import { listUnassigned } from './read/unassigned/question.js';
import { listListings } from './read/listings/question.js';
import { listMatches } from './read/matches/question.js';
import { listMerges } from './read/merges/question.js';
import { listOrganizations } from './read/organizations/question.js';
import { getTimeline } from './read/patient-timeline/question.js';
import { getPatient, listPatients } from './read/patients/question.js';
import { getPractitioner, listPractitioners } from './read/practitioners/question.js';
import { listingAggregate } from './write/listing.aggregate.js';
import { practitionerAggregate } from './write/practitioner.aggregate.js';
import { consentAggregate } from './write/consent.aggregate.js';
import { organizationAggregate } from './write/organization.aggregate.js';
import type { PatientAggregate } from './write/person.js';

export const PATIENT_QUESTIONS = [
  listPatients,
  getPatient,
  getTimeline,
  listMatches,
  listMerges,
  listUnassigned,
] as const;
export const NETWORK_QUESTIONS = [
  listPractitioners,
  getPractitioner,
  listOrganizations,
  listListings,
] as const;
export const DIRECTORY_QUESTIONS = [...PATIENT_QUESTIONS, ...NETWORK_QUESTIONS] as const;

/** The practice that holds a patient's record: who may write in it. */
const PRACTICE: readonly Role[] = ['physician', 'delegate', 'coordinator'];
const AT_HOME: readonly Relation[] = ['home'];

// prettier-ignore
const KEPT = [
  'RegisterPatient', 'ReceivePatient', 'CorrectDemographics', 'CorrectContact', 'CorrectLanguage', 'ChangeContactPreferences',
  'LinkIdentifier', 'RecordDeath',
] as const;
// prettier-ignore
const STAFF = [
  'EnrolPractitioner', 'ReceivePractitioner', 'RecordLicence', 'SuspendPractitioner', 'ReinstatePractitioner', 'AssignRole', 'EndRole',
] as const;
const OFFERED = ['PublishListing', 'ReviseListing', 'RecordCapacity', 'WithdrawListing'] as const;

/** @param patients as they are given commands: with what they ask of contexts above */
export const directoryContext = (patients: PatientAggregate) => ({
  name: 'directory',
  aggregates: [patients, consentAggregate, practitionerAggregate, organizationAggregate, listingAggregate],
  questions: DIRECTORY_QUESTIONS,
  models: [consentModel],
  careTeam: [recordHolders],
  // The system imports and seeds.
  permissions: [
    ...permissions<PatientCommand['type']>('patient', {
      home: { roles: PRACTICE, commands: KEPT, when: AT_HOME },
      network: { roles: ['operator', 'system'], commands: KEPT, when: 'anything' },
      // What is said of whole lives and of whose they are is left to those who answer for records.
      records: {
        roles: ['records'],
        commands: ['MergePatients', 'UndoMerge', 'AssignFact', 'RecordDeath', 'RetractDeath'],
        when: AT_HOME,
      },
      moving: { roles: ['system'], commands: ['NoteFactMoved'], when: 'anything' },
      matches: { roles: ['records'], commands: ['DismissMatch'], when: ['home', 'referrer', 'network'] },
    }),
    ...permissions<(ConsentCommand | ConsentMoving)['type']>('consent', {
      home: {
        roles: PRACTICE,
        commands: ['GrantConsent', 'RestrictConsent', 'WithdrawConsent'],
        when: AT_HOME,
      },
      system: {
        roles: ['system'],
        commands: ['GrantConsent', 'TakeOverConsent', 'MoveConsent'],
        when: 'anything',
      },
    }),
    ...permissions<PractitionerCommand['type']>('practitioner', {
      operator: { roles: ['operator'], commands: STAFF, when: 'anything' },
      system: {
        roles: ['system'],
        commands: ['EnrolPractitioner', 'ReceivePractitioner', 'RecordLicence', 'AssignRole'],
        when: 'anything',
      },
    }),
    ...permissions<OrganizationCommand['type']>('organization', {
      network: {
        roles: ['operator', 'system'],
        commands: ['RegisterOrganization', 'ReceiveOrganization', 'RegisterSourceSystem'],
        when: 'anything',
      },
      owner: { roles: ['coordinator', 'records'], commands: ['RegisterSourceSystem'], when: ['owner'] },
      calendar: { roles: ['coordinator'], commands: ['SetWorkCalendar'], when: ['owner'] },
      operator: {
        roles: ['operator'],
        commands: ['CorrectTimeZone', 'SetWorkCalendar'],
        when: 'anything',
      },
    }),
    ...permissions<ListingCommand['type']>('listing', {
      owner: { roles: ['coordinator'], commands: OFFERED, when: ['owner'] },
      operator: { roles: ['operator'], commands: OFFERED, when: 'anything' },
      system: { roles: ['system'], commands: ['PublishListing'], when: 'anything' },
    }),
  ],
  refusals: DIRECTORY_REFUSALS,
});
