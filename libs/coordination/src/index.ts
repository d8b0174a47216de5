export { coordinationContext } from './context.js';
export * from './contract.js';
export {
  Coordinator,
  isDeclared,
  isPassing,
  PROCESS_COMMANDS,
  PROCESS_INPUTS,
  type AnyAggregate,
  type CoordinatorParts,
} from './coordinator.js';
export { fireTimer } from './handling.js';
export { instanceStream } from './instance.js';
export type { AnyProcess } from './process.js';
export { timerModel, type TimerRow } from './timer.js';
export { DEFAULT_TIMES, processes, type ProcessTimes } from './processes.js';
