export * from './contract.js';
export { directoryContext } from './context.js';
export { isLicensedOn, maySignOn, type Practitioner, type PractitionerState } from './domain/practitioner.js';
export { sourceOf, type SourceSystem } from './contract/sources.js';
export type { PatientState } from './domain/patient.state.js';
export { movable, type Told } from './domain/moving.js';
export { forStandingRecords, type RecordFact } from './domain/person.js';
export type { Listing, ListingState } from './domain/listing.js';
export {
  CARE_TEAM_RELATIONS,
  CARE_TEAM_SCOPE,
  partiesBy,
  PATIENT_SCOPE,
  type WithRelations,
} from './read/care-team/scope.js';
export {
  CARE_RELATIONS,
  careTeamModel,
  recordHolders,
  type PartyFold,
  type PartyRow,
} from './read/care-team/model.js';
export { CARE_TEAM_PHONES, type WithPhones } from './read/care-team/phones.js';
export { consentModel, sharingSaidIn, type ConsentRow } from './read/consent.js';
export { listingModel, type ListingRow } from './read/listings/model.js';
export { patientsNumbered } from './read/lookups.js';
export { organizationModel, type OrganizationRow } from './read/organizations/model.js';
export { endOfToday } from './read/organizations/today.js';
export { timelineModel, type TimelineRow } from './read/patient-timeline/model.js';
export { askedUnder, mayCall, phoneOf, type WithContact } from './read/patients/contact.js';
export { fitsPatient, PATIENT_SOUGHT, soughtAs, type PatientSought } from './read/patients/finding.js';
export { patientModel, type PatientRow } from './read/patients/model.js';
export { ofPerson } from './read/patients/person.js';
export { getPatient } from './read/patients/question.js';
export { unassignedAs, unassignedWord } from './read/unassigned/question.js';
export { practitionerModel, type PractitionerRow } from './read/practitioners/model.js';
export {
  careTeamOfAll,
  patientAggregate,
  patientAggregateWith,
  personOf,
  subjectOfPatient,
} from './write/patient.aggregate.js';
export { isListed, listingAggregate } from './write/listing.aggregate.js';
export { practitionerAggregate, worksAt } from './write/practitioner.aggregate.js';
export { isKeptNowhere, ofPatient } from './write/belongs.js';
export { consentAggregate } from './write/consent.aggregate.js';
export { calendarOf, dayAt, organizationAggregate, zoneOf } from './write/organization.aggregate.js';
export {
  consentsThatCount,
  isClosedTo,
  NOBODY,
  ofAll,
  ofAllPerhaps,
  type PatientAggregate,
  type Person,
} from './write/person.js';
export { toldFor, toldIn } from './write/told.js';
