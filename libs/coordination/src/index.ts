import { askForTheNextFact } from './ask-for-the-next-fact.process.js';
import { endPlanWithLeg } from './end-plan-with-leg.process.js';
import { keepVisitsInStep } from './keep-visits-in-step.process.js';
import { showPlanToPhysician } from './show-plan-to-physician.process.js';
import { stopOnRedFlag } from './stop-on-red-flag.process.js';
import type { ProcessManager } from './process.js';

export { COORDINATION_SQL } from './checkpoint.js';
export { coordinationContext } from './context.js';
export * from './contract.js';
export {
  Coordinator,
  isDeclared,
  PROCESS_COMMANDS,
  PROCESS_INPUTS,
  type AnyAggregate,
  type CoordinatorParts,
} from './coordinator.js';

export const PROCESSES: readonly ProcessManager[] = [
  askForTheNextFact,
  keepVisitsInStep,
  stopOnRedFlag,
  showPlanToPhysician,
  endPlanWithLeg,
];
