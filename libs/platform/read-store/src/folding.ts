/** Folds events into the tables of generations, live or being built, and parks streams that a fold cannot take. */
import type { PoolClient } from 'pg';
import type { Envelope, StoredEvent } from '@fascia/kernel';
import { applyBatch, type Parked } from './apply.js';
import type { Generation } from './checkpoints.js';
import type { ParkingLot } from './parking-lot.js';
import type { ReadModel } from './read-model.js';

export interface FoldingParts {
  readonly models: readonly ReadModel[];
  readonly decode: (stored: StoredEvent) => Promise<Envelope>;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

export class Folding {
  constructor(
    private readonly parts: FoldingParts,
    private readonly parked: ParkingLot,
  ) {}

  /** The generations that have something to take from a batch. */
  touchedBy(batch: readonly StoredEvent[], generations: readonly Generation[]): readonly Generation[] {
    const types = new Set(batch.map(({ type }) => type));
    return generations.filter(({ model }) => this.model(model).takes.some((type) => types.has(type)));
  }

  decoded(batch: readonly StoredEvent[], generations: readonly Generation[]): Promise<readonly Envelope[]> {
    const taken = new Set(generations.flatMap(({ model }) => this.model(model).takes));
    return Promise.all(batch.filter(({ type }) => taken.has(type)).map((event) => this.parts.decode(event)));
  }

  async apply(client: PoolClient, schema: string, generations: readonly Generation[], events: readonly Envelope[]): Promise<void> {
    for (const generation of generations) {
      const parkedStreams = new Set(this.parked.of(generation));
      const parked = await applyBatch(client, this.model(generation.model), events, { schema, parkedStreams });
      await this.parked.add(client, generation, parked);
      for (const { model, stream, error } of parked) this.parts.log('stream parked in read model', { model, stream, error });
    }
  }

  /** The events that a parked stream held back. @returns what was parked again */
  async applyAgain(client: PoolClient, { model }: Generation, events: readonly Envelope[]): Promise<Parked | undefined> {
    const [again] = await applyBatch(client, this.model(model), events, { schema: 'read', parkedStreams: new Set() });
    return again;
  }

  model(name: string): ReadModel {
    const model = this.parts.models.find((one) => one.name === name);
    if (model === undefined) throw new Error(`no read model ${name}`);
    return model;
  }
}
