/** Folds events into the tables of generations, live or being built, and parks streams that a fold cannot take. */
import type { PoolClient } from 'pg';
import type { Envelope, StoredEvent } from '@fascia/kernel';
import type { Parked, Target } from './apply.js';
import { applyDivided, type Apply } from './dividing.js';
import { Opener, type Opened } from './opening.js';
import type { Generation } from './checkpoints.js';
import type { ParkingLot } from './parking-lot.js';
import type { ReadModel } from './read-model.js';

export interface FoldingParts {
  readonly models: readonly ReadModel[];
  readonly decode: (stored: StoredEvent) => Promise<Envelope>;
  /** Codes and names only. */
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Where a generation's table is. */
export interface Place {
  readonly schema: string;
  readonly generation: Generation;
}

export const placesIn = (schema: string, generations: readonly Generation[]): readonly Place[] =>
  generations.map((generation) => ({ schema, generation }));

export class Folding {
  readonly #opener: Opener;

  constructor(
    private readonly parts: FoldingParts,
    private readonly parked: ParkingLot,
  ) {
    this.#opener = new Opener(parts.decode);
  }

  /** The generations that have something to take from a batch. */
  touchedBy(batch: readonly StoredEvent[], generations: readonly Generation[]): readonly Generation[] {
    const types = new Set(batch.map(({ type }) => type));
    return generations.filter(({ model }) => this.model(model).takes.some((type) => types.has(type)));
  }

  /** What generations take of a batch. @throws what may pass */
  opened(batch: readonly StoredEvent[], generations: readonly Generation[]): Promise<readonly Opened[]> {
    const taken = new Set(generations.flatMap(({ model }) => this.model(model).takes));
    return Promise.all(batch.filter(({ type }) => taken.has(type)).map((event) => this.#opener.open(event)));
  }

  /** Live tables, and those that are being built, in one go. */
  async apply(
    client: PoolClient,
    places: readonly Place[],
    events: readonly Opened[],
    apply: Apply,
  ): Promise<void> {
    const parked = await apply(
      client,
      places.map(({ schema, generation }) => this.#target(schema, generation)),
      events,
    );
    for (const [index, { generation }] of places.entries()) {
      await this.parked.add(client, generation, parked[index] ?? []);
      for (const { model, stream, error } of parked[index] ?? [])
        this.parts.log('stream parked in read model', { model, stream, error });
    }
  }

  /** The events that a parked stream held back. @returns what was parked again */
  async applyAgain(
    client: PoolClient,
    { model }: Generation,
    events: readonly Opened[],
  ): Promise<Parked | undefined> {
    const [[again] = []] = await applyDivided(
      client,
      [{ model: this.model(model), schema: 'read', parkedStreams: new Set() }],
      events,
    );
    return again;
  }

  #target(schema: string, generation: Generation): Target {
    return { schema, model: this.model(generation.model), parkedStreams: this.parked.of(generation) };
  }

  model(name: string): ReadModel {
    const model = this.parts.models.find((one) => one.name === name);
    if (model === undefined) throw new Error(`no read model ${name}`);
    return model;
  }
}
