export { coordinationContext } from './context.js';
export * from './contract.js';
export {
  Coordinator,
  isDeclared,
  PROCESS_COMMANDS,
  PROCESS_INPUTS,
  type CoordinatorParts,
} from './runner/coordinator.js';
export { fireTimer } from './runner/handling.js';
export { instanceStream } from './runner/instance.js';
export type { AnyProcess } from './process.js';
export { timerModel, type TimerRow } from './runner/timer.model.js';
export { DEFAULT_TIMES, processes, type ProcessTimes } from './processes/list.js';
