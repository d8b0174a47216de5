/** What is stored about people and places and may be asked of them: safe for a browser. */
export * from './contract/commands.js';
export * from './contract/events.js';
export * from './contract/facts.js';
export { isNpi } from './contract/npi.js';
export { closing, coversTreatmentBy, isSharingClosed, type SharingSaid } from './contract/sharing.js';
export { isOlder } from './contract/sources.js';
export {
  DIRECTORY_REFUSALS,
  FACTS_UNASSIGNED,
  mergedRefusal,
  PATIENT_DECEASED,
  replacedRefusal,
  SHARING_CLOSED,
  type DirectoryRefusal,
} from './contract/refusals.js';
