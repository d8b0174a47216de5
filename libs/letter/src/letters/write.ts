/** A letter, from what whoever asks for it may read: all of it of one moment, and named by where that stands in the log. */
import type { IcdCatalogue } from '@fascia/clinical/icd10';
import type { Actor, StreamName } from '@fascia/kernel';
import type { NotingDesk } from '@fascia/read-store';
import { courseTold, orderTold, type OrderTold } from '../read/case.js';
import { newestOf, organizationOf } from '../read/standing.js';
import { TEMPLATES, type Letter, type LetterKind } from './letter.js';
import { orderLetter, type Writing } from './order.js';
import { outcomeLetter } from './outcome.js';

export interface LetterParts {
  /** Loaded at first use. */
  readonly catalogue: () => IcdCatalogue;
  /** Nothing where the stream does not hold it any more. */
  readonly positionOf: (stream: StreamName, eventId: string) => Promise<bigint | undefined>;
}

export interface Written {
  readonly letter: Letter;
  readonly patientId: string;
  readonly template: string;
  /** Of the last event of the patient that it tells of. */
  readonly position: string;
}

/** There is nothing to write yet. */
export class NoLetterYet extends Error {
  override readonly name = 'NoLetterYet';
}

/** What it tells of went on while it was read. */
export class StillMoving extends Error {
  override readonly name = 'StillMoving';
}

const TRIES = 5;

const writingFor = async (
  desk: NotingDesk,
  { referral }: OrderTold,
  kind: LetterKind,
  catalogue: () => IcdCatalogue,
): Promise<Omit<Writing, 'made'>> => {
  const { referrer, recipient, legs } = referral;
  const writer = kind === 'referral' ? referrer : (recipient ?? referrer);
  const asked = recipient === null ? (legs.at(-1)?.organizationIds ?? []) : [];
  const pool = await Promise.all(asked.map(async (id) => (await organizationOf(desk.rows, id))?.name));
  return {
    timeZone: (await organizationOf(desk.rows, writer.organizationId))?.timeZone ?? 'UTC',
    codeText: (code) => catalogue().text(code),
    pool: pool.filter((name) => name !== undefined),
  };
};

/**
 * @returns nothing of a referral that is not there, or not theirs to see
 * @throws NoLetterYet, NotAllIsTheirs, StillMoving
 */
export const writeLetter = async (
  { catalogue, positionOf }: LetterParts,
  kind: LetterKind,
  { desk, by, id }: { readonly desk: NotingDesk; readonly by: Actor; readonly id: string },
): Promise<Written | undefined> => {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = await newestOf(desk.rows, id);
    const order = await orderTold(desk, by, id);
    if (order === undefined) return undefined;
    if (order.referral.loop.sent === undefined) throw new NoLetterYet();
    const course = kind === 'outcome' ? await courseTold(desk, by, order.referral) : undefined;
    const writing = await writingFor(desk, order, kind, catalogue);
    const after = await newestOf(desk.rows, id);
    const position = after && (await positionOf(after.stream, after.eventId));
    if (position === undefined || before?.eventId !== after?.eventId) continue;
    const template = TEMPLATES[kind];
    const made = `Made by Fascia from what was recorded of the patient up to position ${String(position)} of the log.\nReferral ${id}. Template ${template}.`;
    const letter =
      course === undefined
        ? orderLetter(order, { ...writing, made })
        : outcomeLetter(order, course, { ...writing, made });
    if (letter === undefined) throw new NoLetterYet();
    return { letter, patientId: order.patient.id, template, position: String(position) };
  }
  throw new StillMoving();
};
