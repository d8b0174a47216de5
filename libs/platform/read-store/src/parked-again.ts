/** A parked stream is taken again: what it held back is folded, up to where the slice stands. */
import type { Pool } from 'pg';
import type { Envelope, EventStore, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { stampSlice, type Generation, type Held } from './checkpoints.js';
import type { Folding } from './folding.js';
import type { ParkingLot } from './parking-lot.js';
import { inTransaction } from '@fascia/delivery';

const PAGE = 1_000;

export interface AgainParts {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly decode: (stored: StoredEvent) => Promise<Envelope>;
  readonly folding: Folding;
  readonly parked: ParkingLot;
}

interface ParkedStream {
  readonly stream: StreamName;
  readonly fromVersion: number;
}

/** What a parked stream has up to where the slice stands; the rest comes with the batches. */
const heldBack = async (
  { store, decode }: AgainParts,
  { stream, fromVersion }: ParkedStream,
  upTo: Position,
): Promise<readonly Envelope[]> => {
  const events: Envelope[] = [];
  for (let from = fromVersion; ; from += PAGE) {
    const page = await store.readStream(stream, from, PAGE);
    events.push(
      ...(await Promise.all(page.filter(({ position }) => position <= upTo).map((event) => decode(event)))),
    );
    if (page.length < PAGE) return events;
  }
};

/** @returns whether the stream was taken, and the slice's new stamp */
export const takeAgain = async (
  parts: AgainParts,
  generation: Generation,
  parkedStream: ParkedStream,
  { held, upTo }: { readonly held: Held; readonly upTo: Position },
): Promise<{ readonly taken: boolean; readonly stamp: number }> => {
  const events = await heldBack(parts, parkedStream, upTo);
  return inTransaction(parts.pool, async (client) => {
    // Whoever else holds the slice must not take it for parked any longer, nor take it a second time.
    const stamp = await stampSlice(client, held);
    const again = await parts.folding.applyAgain(client, generation, events);
    await parts.parked.settle(client, generation, parkedStream.stream, again);
    return { taken: again === undefined, stamp };
  });
};
