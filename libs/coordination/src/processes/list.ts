/** Every process manager that there is: a file each, and its name here. */
import { askForTheNextFact, type TaskHours } from './ask-for-the-next-fact.process.js';
import { discardOldDrafts } from './discard-old-drafts.process.js';
import { endCareOnDeath } from './end-care-on-death.process.js';
import { endPlanWithLeg } from './end-plan-with-leg.process.js';
import { keepDeadlines } from './keep-deadlines.process.js';
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
  /** Hours in which a task is done that no clock of the order runs for. */
  readonly taskHours: TaskHours;
}

const DAY_OR_TWO = 48;

/** A session is signed within a day; a plan is certified within 30 (42 CFR 410.61). The others are the product's own. */
export const DEFAULT_TIMES: ProcessTimes = {
  draftDays: 30,
  unsignedDays: 7,
  untoldHours: 4,
  taskHours: {
    SIGN_SESSION: 24,
    RECORD_VISIT: 24,
    CERTIFY_PLAN: 720,
    SIGN_ORDER: DAY_OR_TWO,
    NOTE_MISSED_VISITS: DAY_OR_TWO,
    DECIDE_DISCHARGE: DAY_OR_TWO,
    ESTABLISH_PLAN: 120,
    ANSWER_PROPOSAL: DAY_OR_TWO,
    ACKNOWLEDGE_REVISION: DAY_OR_TWO,
    RENEW_ORDER: 120,
  },
};

export const processes = ({
  draftDays,
  unsignedDays,
  untoldHours,
  taskHours,
}: ProcessTimes): readonly AnyProcess[] => [
  askForTheNextFact(untoldHours, taskHours),
  keepDeadlines,
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
