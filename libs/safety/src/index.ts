export { FLAG_CONTRACT, type FlagEvent } from './contract/events.js';
export type { FlagCommand } from './domain/flag.js';
export { flagCommands, FlagQueries } from './http/flags.js';
export { flagModel, flagsOf, type FlagRow } from './read/flag.js';
export { flagAggregate, type FlagAggregate } from './write/flag.aggregate.js';
