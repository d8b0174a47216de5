/** Folds events into the tables of generations, live or being built, and parks streams that a fold cannot take. */
import type { PoolClient } from 'pg';
import type { StoredEvent } from '@fascia/kernel';
import type { Parked, Target } from './apply.js';
import type { Telling } from './changed-rows.js';
import { applyDivided, type Apply } from './dividing.js';
import { isBroken, Opener, type Batch, type Passed, type Reading } from './opening.js';
import type { Generation } from './checkpoints.js';
import { passedFor, type ParkingLot } from './parking-lot.js';
import { groupsOf, type ReadModel } from './read-model.js';

export interface FoldingParts extends Reading {
  readonly models: readonly ReadModel[];
  /** Whether people watch what is made of it: then it is said on the database's channel which rows changed. */
  readonly isWatched?: boolean;
  /** Codes and names only. */
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Where a generation's table is. */
export interface Place {
  readonly schema: string;
  readonly generation: Generation;
  /** Where the batch ends; needed for a live table alone. */
  readonly to: Telling['to'];
}

export const placesIn = (
  schema: string,
  generations: readonly Generation[],
  to?: Telling['to'],
): readonly Place[] => generations.map((generation) => ({ schema, generation, to }));

export class Folding {
  readonly #opener: Opener;
  readonly #takers: ReadonlyMap<string, readonly ReadModel[]>;

  constructor(
    private readonly parts: FoldingParts,
    private readonly parked: ParkingLot,
  ) {
    this.#opener = new Opener(parts);
    const types = new Set(parts.models.flatMap(({ takes }) => takes));
    this.#takers = new Map(
      [...types].map((type) => [type, parts.models.filter(({ takes }) => takes.includes(type))]),
    );
  }

  /** The generations that have something to take from a batch. */
  touchedBy(batch: readonly StoredEvent[], generations: readonly Generation[]): readonly Generation[] {
    const models = new Set(batch.flatMap((event) => this.concerned(event)));
    return generations.filter(({ model }) => models.has(this.model(model)));
  }

  /** The models that take an event, or would perhaps if this code knew its type: they take others of its category. */
  concerned(event: StoredEvent): readonly ReadModel[] {
    const taking = this.#takers.get(event.type);
    if (taking !== undefined) return taking;
    return this.parts.isKnown(event) ? [] : this.#ofCategory(event);
  }

  /** What generations take of a batch. @throws what may pass */
  opened(batch: readonly StoredEvent[], generations: readonly Generation[]): Promise<Batch> {
    const models = new Set(generations.map(({ model }) => this.model(model)));
    return this.#opener.batch(
      batch.filter((event) => this.concerned(event).some((model) => models.has(model))),
    );
  }

  /** Live tables, and those that are being built, in one go. */
  async apply(
    client: PoolClient,
    places: readonly Place[],
    { events, passed }: Batch,
    apply: Apply,
  ): Promise<void> {
    const targets = places.map((place) => this.#target(place));
    const parked = await apply(client, targets, events);
    for (const [index, { generation }] of places.entries()) {
      for (const event of passed.filter((one) => this.#missed(generation, one)))
        if (await this.parked.pass(client, generation, event))
          this.#say('stream passed over in read model', generation, event.stream, passedFor(event));
      await this.parked.add(client, generation, parked[index] ?? []);
      for (const { stream, error } of parked[index] ?? [])
        this.#say('stream parked in read model', generation, stream, error);
    }
  }

  /** The events that a parked stream held back. @returns what was parked again */
  async applyAgain(
    client: PoolClient,
    { model }: Generation,
    { events }: Batch,
  ): Promise<Parked | undefined> {
    const [[again] = []] = await applyDivided(
      client,
      [{ model: this.model(model), schema: 'read', parkedStreams: new Set(), telling: this.#telling() }],
      events,
    );
    return again;
  }

  /** The groups of rows that events touch, as far as they can be named. */
  groupsTouched({ model }: Generation, { events }: Batch): readonly string[] {
    const groups = groupsOf(this.model(model));
    return events.flatMap((event) => {
      try {
        return isBroken(event) ? [] : groups.of(event);
      } catch {
        return [];
      }
    });
  }

  #missed(generation: Generation, { stream, type }: Passed): boolean {
    const model = this.model(generation.model);
    return (
      !this.parked.of(generation).has(stream) &&
      (this.#takers.get(type) ?? this.#ofCategory({ stream, type })).includes(model)
    );
  }

  /** Of a type that no code here knows. One that is declared and taken by nobody is of no concern, in any version. */
  #ofCategory({ stream, type }: Pick<StoredEvent, 'stream' | 'type'>): readonly ReadModel[] {
    const types = this.parts.typesOf(stream.slice(0, stream.indexOf('-')));
    if (types.includes(type)) return [];
    return this.parts.models.filter(({ takes }) => takes.some((one) => types.includes(one)));
  }

  #say(what: string, { model }: Generation, stream: string, error: string): void {
    this.parts.log(what, { model, stream, error });
  }

  #target({ schema, generation, to }: Place): Target {
    return {
      schema,
      model: this.model(generation.model),
      parkedStreams: this.parked.of(generation),
      telling: schema === 'read' ? this.#telling(to) : undefined,
    };
  }

  #telling(to?: Telling['to']): Telling | undefined {
    return this.parts.isWatched === true ? { partition: this.parked.partition, to } : undefined;
  }

  model(name: string): ReadModel {
    const model = this.parts.models.find((one) => one.name === name);
    if (model === undefined) throw new Error(`no read model ${name}`);
    return model;
  }
}
