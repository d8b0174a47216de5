/** The door to the JSON reader alone: for who reads files, in a thread of its own, and serves nobody. */
export { StrictJsonError } from './strict-json.faults.js';
export { FHIR_LIMITS, readLenientJson } from './strict-json.js';
