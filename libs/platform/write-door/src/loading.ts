/**
 * What a stream comes to now: from what is remembered, else from a snapshot, else from its beginning; page by page, so that no more
 * than a page of it is held. From the event on with which the remembered ends: where the log has another one there, it was put back,
 * and what was remembered is of nothing.
 */
import type { EventStore, StoredEvent, StreamName } from '@fascia/kernel';
import type { Codec } from './codec.js';
import { nothingKnown, type Folding, type Known } from './folding.js';
import type { Memory } from './memory.js';
import { openOne } from './opened.js';
import { PAGE, pagesOf } from './read-whole.js';

export interface Log {
  readonly store: EventStore;
  readonly codec: Codec;
  /** Absent: nothing is remembered, and every stream is read whole. */
  readonly memory?: Memory;
}

const plus = async <S>(
  { codec }: Log,
  folding: Folding<S>,
  known: Known<S>,
  page: readonly StoredEvent[],
): Promise<Known<S>> => {
  const last = page.at(-1);
  if (last === undefined) return known;
  const seals = new Map(known.seals);
  // Asked before they are used: a key that goes meanwhile is otherwise than it was, and what it opened is forgotten.
  for (const event of page) {
    const seal = codec.sealOf(event);
    if (seal !== undefined && !seals.has(seal)) seals.set(seal, await codec.standing(seal));
  }
  const envelopes = await Promise.all(page.map((event) => openOne(codec, event)));
  let { state, read, patientId } = known;
  envelopes.forEach((envelope, index) => {
    const stored = page[index];
    if (stored === undefined) return;
    state = folding.evolve(state, envelope, stored);
    read += stored.data.length;
    patientId ??= envelope.patientId;
  });
  const { version: end, digest, position, recordedAt } = last;
  return {
    state,
    end,
    last: { digest, position, recordedAt },
    seals,
    read,
    taken: known.taken,
    ...(patientId === undefined ? {} : { patientId }),
  };
};

const rest = async <S>(
  log: Log,
  folding: Folding<S>,
  stream: StreamName,
  known: Known<S>,
): Promise<Known<S>> => {
  let sofar = known;
  for await (const page of pagesOf(log.store, stream, known.end + 1))
    sofar = await plus(log, folding, sofar, page);
  return sofar;
};

/** @returns nothing when this log has another event where that ends */
const goingOn = async <S>(
  log: Log,
  folding: Folding<S>,
  stream: StreamName,
  known: Known<S>,
): Promise<Known<S> | undefined> => {
  const [there, ...more] = await log.store.readStream(stream, known.end, PAGE);
  if (there?.digest !== known.last?.digest || there?.position !== known.last?.position) return undefined;
  const sofar = await plus(log, folding, known, more);
  return more.length < PAGE - 1 ? sofar : rest(log, folding, stream, sofar);
};

const asSealed = async ({ codec }: Log, { seals }: Known<unknown>): Promise<boolean> => {
  for (const [seal, standing] of seals) if ((await codec.standing(seal)) !== standing) return false;
  return true;
};

/** @returns nothing when it is known of another log, or of other keys */
const caughtUp = async <S>(
  log: Log,
  folding: Folding<S>,
  stream: StreamName,
  known: Known<S>,
): Promise<Known<S> | undefined> => {
  if (known.end === 0) return rest(log, folding, stream, known);
  return (await asSealed(log, known)) ? goingOn(log, folding, stream, known) : undefined;
};

const fromBeginning = async <S>(log: Log, folding: Folding<S>, stream: StreamName): Promise<Known<S>> => {
  const first = await log.store.readStream(stream, 1, PAGE);
  const { snapshots } = log.memory ?? {};
  if (first.length === PAGE && snapshots !== undefined) {
    const snapshot = await snapshots.find(stream, folding);
    const known = snapshot && (await goingOn(log, folding, stream, snapshot));
    if (known !== undefined) return known;
  }
  const sofar = await plus(log, folding, nothingKnown(folding), first);
  return first.length < PAGE ? sofar : rest(log, folding, stream, sofar);
};

/** What another call has read may be older than this one: it is gone on from, whether or not there was room to remember it. */
const readOnce = async <S>(
  log: Log,
  memory: Memory,
  folding: Folding<S>,
  stream: StreamName,
): Promise<Known<S> | undefined> => {
  const coming = memory.coming(folding, stream);
  if (coming !== undefined) return caughtUp(log, folding, stream, await coming);
  return memory.comes(folding, stream, fromBeginning(log, folding, stream));
};

/** @throws UpgradeNeeded, StreamUnreadable: with one fact left out, it would be decided wrongly */
export const knownOf = async <S>(log: Log, folding: Folding<S>, stream: StreamName): Promise<Known<S>> => {
  const { memory } = log;
  if (memory === undefined) return fromBeginning(log, folding, stream);
  for (;;) {
    const remembered = memory.recall(folding, stream);
    const current = remembered && (await caughtUp(log, folding, stream, remembered));
    if (remembered !== undefined && current === undefined) memory.forget(folding, stream);
    const known = current ?? (await readOnce(log, memory, folding, stream));
    if (known === undefined) continue;
    if (known.end > 0) memory.keep(folding, stream, known);
    return known;
  }
};
