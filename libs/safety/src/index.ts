export * from './contract.js';
export { safetyContext } from './context.js';
export { flagModel, type FlagRow } from './read/flags/flag.js';
export { flagsOf } from './read/lookups.js';
export { flagAggregate, type FlagAggregate } from './write/flag.aggregate.js';
