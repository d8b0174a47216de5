export * from './contract/events.js';
export type { CareTeam } from './write/care-team.js';
export { isLicensedOn, maySignOn, type Practitioner, type PractitionerState } from './domain/practitioner.js';
export type { PatientState } from './domain/patient.js';
export type { Listing, ListingState } from './domain/listing.js';
export { directoryCommands } from './http/commands.js';
export { DirectoryQueries, PatientQueries, TimelineQueries } from './http/queries.js';
export { CARE_TEAM_RELATIONS, CARE_TEAM_SCOPE, partiesBy, type WithRelations } from './read/care-team.js';
export { consentsOf } from './read/lookups.js';
export { timelineModel } from './read/timeline.js';
export { patientModel, practitionerModel, type PatientRow, type PractitionerRow } from './read/people.js';
export {
  consentModel,
  listingModel,
  organizationModel,
  type ConsentRow,
  type ListingRow,
  type OrganizationRow,
} from './read/places.js';
export {
  consentAggregate,
  listingAggregate,
  organizationAggregate,
  patientAggregate,
  practitionerAggregate,
} from './write/aggregates.js';
