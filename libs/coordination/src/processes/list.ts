/** Every process manager that there is: a file each, and its name here. */
import { askForTheNextFact } from './ask-for-the-next-fact.process.js';
import { discardOldDrafts } from './discard-old-drafts.process.js';
import { endCareOnDeath } from './end-care-on-death.process.js';
import { endPlanWithLeg } from './end-plan-with-leg.process.js';
import { keepVisitsInStep } from './keep-visits-in-step.process.js';
import { moveAssignedFacts } from './move-assigned-facts.process.js';
import { relabelAfterCorrection } from './relabel-after-correction.process.js';
import { shareUnsignedNotes } from './share-unsigned-notes.process.js';
import { showPlanToPhysician } from './show-plan-to-physician.process.js';
import { stopOnRedFlag } from './stop-on-red-flag.process.js';
import type { AnyProcess } from '../process.js';

/** Times that no source fixes; an installation may set others. */
export interface ProcessTimes {
  /** Days after which a draft is discarded. */
  readonly draftDays: number;
  /** After which an unsigned note is asked of the whole clinic. */
  readonly unsignedDays: number;
  /** Hours after the end of a visit, in which people say by themselves what became of it. */
  readonly untoldHours: number;
}

export const DEFAULT_TIMES: ProcessTimes = { draftDays: 30, unsignedDays: 7, untoldHours: 4 };

export const processes = ({ draftDays, unsignedDays, untoldHours }: ProcessTimes): readonly AnyProcess[] => [
  askForTheNextFact(untoldHours),
  keepVisitsInStep,
  stopOnRedFlag,
  showPlanToPhysician,
  endPlanWithLeg,
  endCareOnDeath,
  moveAssignedFacts,
  relabelAfterCorrection,
  discardOldDrafts(draftDays),
  shareUnsignedNotes(unsignedDays),
];
