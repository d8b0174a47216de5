export * from './contract.js';
export { safetyContext } from './context.js';
export { flagModel, type FlagRow } from './read/flags/model.js';
export { flagsOf } from './read/lookups.js';
export { isFlagToldOf } from './write/flag-told.js';
export { toldTo } from './read/restricted.js';
export { flagAggregate, type FlagAggregate } from './write/flag.aggregate.js';
export { precautionAggregate, type PrecautionAggregate } from './write/precaution.aggregate.js';
export { contraindicationFacts, type ContraindicationFacts } from './write/contraindicated.js';
