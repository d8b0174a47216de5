import { askForTheNextFact } from './ask-for-the-next-fact.process.js';
import { discardOldDrafts } from './discard-old-drafts.process.js';
import { endPlanWithLeg } from './end-plan-with-leg.process.js';
import { keepVisitsInStep } from './keep-visits-in-step.process.js';
import { showPlanToPhysician } from './show-plan-to-physician.process.js';
import { stopOnRedFlag } from './stop-on-red-flag.process.js';
import type { AnyProcess } from './process.js';

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
export { fireTimer, instanceStream } from './instance.js';
export type { AnyProcess } from './process.js';
export { timerModel, type TimerRow } from './timer.js';

/** Times that no source fixes; an installation may set others. */
export interface ProcessTimes {
  /** Days after which a draft is discarded. */
  readonly draftDays: number;
}

export const DEFAULT_TIMES: ProcessTimes = { draftDays: 30 };

export const processes = ({ draftDays }: ProcessTimes): readonly AnyProcess[] => [
  askForTheNextFact,
  keepVisitsInStep,
  stopOnRedFlag,
  showPlanToPhysician,
  endPlanWithLeg,
  discardOldDrafts(draftDays),
];
