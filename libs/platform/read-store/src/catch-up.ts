/** Generations that are being built read the log from where they stand to where their slice stands. */
import type { Pool } from 'pg';
import type { EventStore, Position } from '@fascia/kernel';
import { inTransaction, partitionOf, type Slice } from '@fascia/delivery';
import { dividingIfRefused } from './dividing.js';
import { moveBuilding, type Generation } from './checkpoints.js';
import { placesIn, type Folding } from './folding.js';
import type { Building } from './generations.js';
import { readAhead, type Page } from './read-ahead.js';

/** Events per transaction while a generation is built. */
const CATCH_UP_PAGE = 1_000;

export interface CatchUpParts {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly folding: Folding;
  readonly slice: Pick<Slice, 'partition' | 'partitions'>;
}

export class CatchUp {
  /** Those that do not move with the slice yet, and where each stands. */
  building: readonly Building[] = [];

  constructor(private readonly parts: CatchUpParts) {}

  /** Those at one point of the log read it together. @param over the slice is not this process's any longer */
  async to(end: Position, over: AbortSignal): Promise<void> {
    const { pool, folding, slice } = this.parts;
    for (const from of [...new Set(this.building.map(({ position }) => position))].toSorted((a, b) =>
      a < b ? -1 : 1,
    )) {
      const group = this.building.filter(({ position }) => position === from);
      for await (const page of readAhead((at) => this.#page(group, at, end), from)) {
        over.throwIfAborted();
        await dividingIfRefused((apply) =>
          inTransaction(pool, async (client) => {
            await moveBuilding(client, slice.partition, group, page);
            await folding.apply(client, placesIn('read_next', group), page.batch, apply);
          }),
        );
        this.building = this.building.map((one) =>
          group.some(({ model }) => model === one.model) ? { ...one, position: page.to } : one,
        );
      }
    }
  }

  /** What the log has for a group after a position, opened. */
  async #page(group: readonly Generation[], from: Position, to: Position): Promise<Page | undefined> {
    if (from >= to) return undefined;
    const { store, folding, slice } = this.parts;
    const page = (await store.readAll(from, CATCH_UP_PAGE)).filter(({ position }) => position <= to);
    const last = page.at(-1);
    if (last === undefined) return undefined;
    const own = page.filter((event) => partitionOf(event, slice.partitions) === slice.partition);
    return { from, to: last.position, batch: await folding.opened(own, group) };
  }
}
