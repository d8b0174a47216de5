/** A parked stream is taken again: what it held back is folded, up to where the slice stands. */
import type { Pool } from 'pg';
import { inTransaction } from '@fascia/delivery';
import type { EventStore, Position, StreamName } from '@fascia/kernel';
import { stampSlice, type Generation, type Held } from './checkpoints.js';
import type { Folding } from './folding.js';
import type { ParkingLot } from './parking-lot.js';

/** Events per transaction. */
const PAGE = 1_000;

export interface AgainParts {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly folding: Folding;
  readonly parked: ParkingLot;
}

interface ParkedStream {
  readonly stream: StreamName;
  readonly fromVersion: number;
}

export interface Again {
  readonly taken: boolean;
  /** The slice's new stamp. */
  readonly stamp: number;
}

/** @returns whether the stream was taken, all of it that the slice has passed; the rest comes with the batches */
export const takeAgain = async (
  { pool, store, folding, parked }: AgainParts,
  generation: Generation,
  { stream, fromVersion }: ParkedStream,
  { held, upTo }: { readonly held: Held; readonly upTo: Position },
): Promise<Again> => {
  let { stamp } = held;
  for (let from = fromVersion; ; from += PAGE) {
    const page = await store.readStream(stream, from, PAGE);
    const passed = page.filter(({ position }) => position <= upTo);
    const events = await folding.opened(passed, [generation]);
    const ended = passed.length < PAGE;
    const again = await inTransaction(pool, async (client) => {
      // Whoever else holds the slice must not take it for parked any longer, nor take it a second time.
      stamp = await stampSlice(client, { ...held, stamp });
      const refused = await folding.applyAgain(client, generation, events);
      if (refused !== undefined) await parked.waitAgain(client, generation, refused);
      else if (ended) await parked.release(client, generation, stream);
      else await parked.moveOn(client, generation, stream, from + PAGE);
      return refused;
    });
    if (again !== undefined || ended) return { taken: again === undefined, stamp };
  }
};
