/**
 * A parked stream is taken again: what it held back is folded, up to where the slice stands. One of whose events some were passed over
 * is made anew from its beginning, because what came after them is in its rows already.
 */
import type { Pool } from 'pg';
import { inTransaction } from '@fascia/delivery';
import type { EventStore, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { stampSlice, type Generation, type Held } from './checkpoints.js';
import type { Folding } from './folding.js';
import type { Passed } from './opening.js';
import type { ParkedStream, ParkingLot } from './parking-lot.js';
import { groupsOf } from './read-model.js';

/** Events per transaction. */
const PAGE = 1_000;

export interface AgainParts {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly folding: Folding;
  readonly parked: ParkingLot;
  readonly isKnown: (stored: StoredEvent) => boolean;
}

/** The slice stands still meanwhile: of a stream there is what it has passed, the rest comes with the batches. */
interface At {
  readonly held: Held;
  readonly upTo: Position;
}

async function* pagesOf(store: EventStore, stream: StreamName, from: number, upTo: Position) {
  for (let at = from; ; at += PAGE) {
    const page = await store.readStream(stream, at, PAGE);
    const passed = page.filter(({ position }) => position <= upTo);
    const ended = passed.length < PAGE;
    yield { events: passed, next: at + PAGE, ended };
    if (ended) return;
  }
}

/** @returns the slice's new stamp */
export const takeAgain = async (
  parts: AgainParts,
  generation: Generation,
  parkedStream: ParkedStream,
  { held, upTo }: At,
): Promise<number> => {
  const { pool, parked } = parts;
  const { stream, fromVersion, whole } = parkedStream;
  if (!parkedStream.held && !(await isKnownNow(parts, parkedStream, upTo))) {
    await inTransaction(pool, (client) => parked.leave(client, generation, stream));
    return held.stamp;
  }
  if (!whole) return fold(parts, generation, { stream, fromVersion }, { held, upTo });
  const stamp = await startOver(parts, generation, stream, { held, upTo });
  return fold(parts, generation, { stream, fromVersion: 1 }, { held: { ...held, stamp }, upTo });
};

const isKnownNow = async (
  { store, isKnown }: AgainParts,
  { stream, fromVersion }: ParkedStream,
  upTo: Position,
): Promise<boolean> => {
  for await (const { events } of pagesOf(store, stream, fromVersion, upTo))
    if (!events.every(isKnown)) return false;
  return true;
};

/** Takes the stream's rows away; it is held back until they are there again. */
const startOver = async (
  { pool, store, folding, parked }: AgainParts,
  generation: Generation,
  stream: StreamName,
  { held, upTo }: At,
): Promise<number> => {
  const groups = new Set<string>();
  for await (const { events } of pagesOf(store, stream, 1, upTo))
    for (const group of folding.groupsTouched(generation, await folding.opened(events, [generation])))
      groups.add(group);
  const model = folding.model(generation.model);
  return inTransaction(pool, async (client) => {
    const stamp = await stampSlice(client, held);
    await client.query(`delete from read.${model.name} where ${groupsOf(model).column} = any($1)`, [
      [...groups],
    ]);
    await parked.startOver(client, generation, stream);
    return stamp;
  });
};

const fold = async (
  { pool, store, folding, parked }: AgainParts,
  generation: Generation,
  { stream, fromVersion }: Pick<ParkedStream, 'stream' | 'fromVersion'>,
  { held, upTo }: At,
): Promise<number> => {
  let { stamp } = held;
  let passed: Passed | undefined;
  for await (const { events, next, ended } of pagesOf(store, stream, fromVersion, upTo)) {
    const batch = await folding.opened(events, [generation]);
    passed ??= batch.passed[0];
    const refused = await inTransaction(pool, async (client) => {
      // Whoever else holds the slice must not take it for parked any longer, nor take it a second time.
      stamp = await stampSlice(client, { ...held, stamp });
      const again = await folding.applyAgain(client, generation, batch);
      const some = passed !== undefined;
      if (again !== undefined) await parked.waitAgain(client, generation, again, some);
      else if (ended) await parked.release(client, generation, stream, passed);
      else await parked.moveOn(client, generation, stream, { fromVersion: next, passed: some });
      return again;
    });
    if (refused !== undefined) return stamp;
  }
  parked.follow(generation, stream);
  return stamp;
};
