/** What documents say and store, for whoever refers to one. */
export * from './contract/commands.js';
export * from './contract/events.js';
export * from './contract/lifecycle.js';
export { DOCUMENT_REFUSALS, type DocumentRefusal } from './contract/refusals.js';
