/** Helpful people: they bring whatever is open to an end, and try what is offered; and say what stopped them. */
import { PATIENT_DECEASED, SHARING_CLOSED } from '@fascia/directory/contract';
import type { Category } from '@fascia/kernel';
import {
  everything,
  isFull,
  isOver,
  movesToEnd,
  tasks,
  type Step,
  type Thing,
  type Town,
  isWithdrawn,
} from './dead-ends.moves.js';
import type { Move } from './dead-ends.world.js';

/** Where somebody is stuck, and what each was told who tried. */
export interface DeadEnd {
  readonly what: Category;
  readonly stage: string;
  readonly tried: readonly string[];
}

const DONE = 'done';
/** Deeds in a row that do not end: a circle is a dead end, too. */
export const MOST_DEEDS = 60;

const told = ({ command, by }: Move, code: string): string => `${command.type} by ${by.role}: ${code}`;

/** Something new. */
export const given = (
  { world }: Town,
  category: Category,
  by: Move['by'],
  { type, ...said }: Readonly<Record<string, unknown>>,
): Move => ({
  category,
  id: world.newId(category),
  by,
  command: { ...said, type: String(type) },
});

/** Nearer to an end by the table, the nearest first. */
const nearer = ({ category, stage, steps }: Thing): readonly Step[] => {
  const now = movesToEnd(category, stage);
  return steps
    .map((step) => ({ step, left: movesToEnd(category, step.to) }))
    .filter(({ left }) => left < now)
    .toSorted((a, b) => a.left - b.left)
    .map(({ step }) => step);
};

/** The first of some moves that is taken. @returns what each before it was told */
export const firstTaken = async (
  { world }: Town,
  moves: readonly Move[],
): Promise<{ readonly taken: Move | undefined; readonly tried: readonly string[] }> => {
  const tried: string[] = [];
  for (const move of moves) {
    const code = await world.give(move);
    if (code === DONE) return { taken: move, tried };
    tried.push(told(move, code));
  }
  return { taken: undefined, tried: [...new Set(tried)] };
};

/** Refusals that name what comes first: somebody mends it (the property of care shows that), or what is in the way ends by itself. */
const COMES_FIRST: Readonly<Record<string, string>> = {
  [SHARING_CLOSED.code]: 'a new consent',
  [PATIENT_DECEASED.code]: 'nothing: nobody is treated any more',
  CERT_NOT_REQUIRED: 'nothing: nobody asks for it',
  DECLINE_TOO_OLD: 'the physician sends it again',
  PATIENT_MERGED: 'a new order, for the record that stands',
  PLAN_NO_DIAGNOSIS: 'a diagnosis that stands',
  PLAN_REFERRAL_NOT_ACTIVE: 'the hold is taken off',
  PLAN_TECHNIQUE_CONTRAINDICATED: 'the precaution is resolved',
  RED_FLAG_OPEN: 'a physician clears the flag',
  REFERRAL_CONTRAINDICATED: 'the precaution is resolved',
  REFERRAL_DIAGNOSIS_INVALID: 'a diagnosis that stands',
  REFERRAL_DUPLICATE: 'the reason why both are needed',
  REFERRAL_FLAG_OPEN: 'a physician clears the flag',
  REFERRAL_INCOMPLETE: 'a diagnosis that stands',
  REFERRAL_SCREENING_POSITIVE: 'a physician settles what was answered',
  REFERRAL_TOO_MANY_LEGS: 'a new order',
  REFERRAL_VALIDITY_OVER: 'a new order',
  REFERRAL_VISIT_BOOKED: 'a message asks',
  REVISION_UNACKNOWLEDGED: 'the revision is acknowledged',
  SESSION_BEYOND_ORDER: 'the reason',
  SESSION_CONSENT_MISSING: 'the patient agrees',
  SESSION_CONTRAINDICATED: 'the precaution is resolved',
  SESSION_FUTURE: 'the hour of the visit',
  SESSION_IN_PROGRESS: 'the visit ends',
  SESSION_NO_PLAN: 'a plan',
  SESSION_NOT_ENDED: 'the visit ends',
  SESSION_OVERLAP: 'another hour',
  SESSION_PRESCREEN_MISSING: 'the pre-screen',
  SESSION_RED_FLAG_BLOCK: 'a physician clears the flag',
  SESSION_REFERRAL_NOT_ACTIVE: 'the hold is taken off',
  SESSION_UNSIGNED: 'the note is signed',
};

/** Who is nothing to it is told that it is not there. */
const NOT_THEIRS = ['notFound', 'forbidden'];

/** Of what somebody was told. */
export const codesIn = (one: string): readonly string[] => (one.split(': ')[1] ?? '').split(' ');

export const reasonsIn = ({ tried }: DeadEnd): readonly string[] =>
  tried.filter((one) => !codesIn(one).every((code) => NOT_THEIRS.includes(code)));

/** Whether each of some codes says what somebody has to do first. */
const comesFirst = (town: Town, codes: readonly string[]): boolean =>
  codes.every(
    (code) =>
      COMES_FIRST[code] !== undefined ||
      (code === 'REFERRAL_RECIPIENT_UNFIT' && (isFull(town) || isWithdrawn(town))),
  );

/** Tries every move of what is open, and does none. @returns what is offered and taken from nobody, for no reason that can be met */
export const offeredInVain = async (town: Town): Promise<readonly DeadEnd[]> => {
  const found: DeadEnd[] = [];
  for (const thing of everything(town).filter((one) => !isOver(one)))
    for (const steps of Map.groupBy(thing.steps, ({ command }) => command.type).values()) {
      const tried: string[] = [];
      let taken = false;
      for (const step of steps) {
        const codes = await town.world.would(step);
        tried.push(told(step, codes));
        taken = codes === DONE || comesFirst(town, codes.split(' '));
        if (taken) break;
      }
      const end = { what: thing.category, stage: thing.stage, tried: [...new Set(tried)] };
      // Where it is nobody's to do, no screen offers it.
      if (!taken && reasonsIn(end).length > 0) found.push(end);
    }
  return found;
};

/** Of timers, one after the other, at none of which somebody can go on: what is tried again every day is tried for ever. */
const MOST_WAITED_FOR = 20;

/** Everything is brought to an end, by whatever move is nearest. @returns what nobody can end */
export const allEnds = async (town: Town): Promise<readonly DeadEnd[]> => {
  let waited = 0;
  for (let deeds = 0; deeds < MOST_DEEDS; deeds += 1) {
    const stuck: DeadEnd[] = [];
    let moved = false;
    for (const thing of [...everything(town), ...tasks(town)].filter((one) => !isOver(one))) {
      const { taken, tried } = await firstTaken(town, nearer(thing));
      moved ||= taken !== undefined;
      if (taken === undefined) stuck.push({ what: thing.category, stage: thing.stage, tried });
    }
    if (moved) {
      waited = 0;
      continue;
    }
    const { nextTimer } = town.world;
    if (stuck.length === 0 || nextTimer === undefined || waited === MOST_WAITED_FOR) return stuck;
    waited += 1;
    await town.world.passes(nextTimer);
  }
  throw new Error('what is brought to an end comes nearer to it each time');
};
