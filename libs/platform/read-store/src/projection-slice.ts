/**
 * One slice of a projection: reads its events in batches, folds, and commits rows and position together, so that a
 * crash between any two steps applies nothing twice. Generations that are being built catch up beside it.
 */
import type { Pool, PoolClient } from 'pg';
import type { Envelope, EventStore, Position, StoredEvent } from '@fascia/kernel';
import { partitionOf, type Slice } from '@fascia/delivery';
import { applyBatch } from './apply.js';
import { CheckpointMoved, moveBuilding, moveSlice, type Generation } from './checkpoints.js';
import { switchWhenComplete, takeSlice, type Building } from './generations.js';
import { ParkingLot } from './parking-lot.js';
import { PositionGate } from './position-gate.js';
import type { ReadModel } from './read-model.js';
import { inTransaction } from './transaction.js';

export interface SliceParts {
  /** Names the models that move together. */
  readonly projection: string;
  readonly store: EventStore;
  readonly decode: (stored: StoredEvent) => Promise<Envelope>;
  readonly pool: Pool;
  readonly models: readonly ReadModel[];
  /** Codes and names only. */
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Events per transaction while a generation is built. */
const CATCH_UP_PAGE = 1_000;
/** Events without a row to change move the stored position only this often: nothing is lost by reading them again. */
const IDLE_EVENTS = 2_000;
const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = 5_000;

export class ProjectionSlice {
  readonly #parts: SliceParts;
  readonly #slice: Slice;
  readonly #gate = new PositionGate();
  readonly #parked: ParkingLot;
  readonly #touched = new Map<string, Position>();
  readonly #taken: ReadonlySet<string>;
  readonly #aligned = Promise.withResolvers<void>();
  #epoch = '';
  /** Last position known to be in the tables. */
  #position: Position = 0n;
  /** As the slice's row has it: batches without work leave it where it is. */
  #stored: Position = 0n;
  #idleEvents = 0;
  #live: readonly Generation[] = [];
  #ready: readonly Generation[] = [];
  #building: readonly Building[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: SliceParts, slice: Slice) {
    this.#parts = parts;
    this.#slice = slice;
    this.#parked = new ParkingLot(parts.pool, slice.partition);
    this.#taken = new Set(parts.models.flatMap((model) => model.takes));
  }

  get isWhole(): boolean { return this.#slice.partitions === 1; }
  get partition(): number { return this.#slice.partition; }
  get position(): Position { return this.#position; }
  get epoch(): string { return this.#epoch; }
  /** Resolves when the slice stands where its rows say, and what had to be built has been. */
  get aligned(): Promise<void> { return this.#aligned.promise; }

  /** Where the log last had something for a model: what was read from it stays true until this moves. */
  touchedAt(model: string): Position { return this.#touched.get(model) ?? 0n; }

  parkedStreams(model: string): ReadonlySet<string> {
    const live = this.#live.find((one) => one.model === model);
    return live === undefined ? new Set() : this.#parked.of(live);
  }

  waitFor(position: Position, timeoutMs: number): Promise<boolean> { return this.#gate.waitFor(position, timeoutMs); }

  /** Follows until the signal aborts; whatever breaks is tried again, with backoff. */
  async follow(signal: AbortSignal): Promise<void> {
    const { log } = this.#parts;
    for (let wait = RETRY_FIRST_MS; !signal.aborted; ) {
      try {
        await this.#exclusively(() => this.#align());
        this.#aligned.resolve();
        for await (const batch of this.#slice.subscribe(this.#position, signal)) {
          await this.#exclusively(() => this.#take(batch));
          wait = RETRY_FIRST_MS;
        }
      } catch (error) {
        if (signal.aborted) break;
        const moved = error instanceof CheckpointMoved;
        log('projection stopped and starts again', { projection: this.#parts.projection, partition: this.partition, error: error instanceof Error ? error.name : 'unknown', waitMs: moved ? 0 : wait });
        if (moved) continue;
        await pause(wait, signal);
        wait = Math.min(wait * 2, RETRY_LAST_MS);
      }
    }
    await this.#turn;
    this.#gate.close();
    this.#aligned.resolve();
  }

  /** What was asked for meanwhile: a generation to be built, parked streams to be tried again. */
  async errands(): Promise<void> {
    try {
      await this.#exclusively(() => this.#lookForGenerations());
      await this.#catchUp();
      await this.#exclusively(() => this.#join());
      await this.#exclusively(() => this.#retryParked());
    } catch (error) {
      // What was begun may be in memory and not in the tables.
      await this.#exclusively(() => this.#align());
      throw error;
    }
  }

  /** Between batches without work the row may lag: others who look at it should see where the slice really stands. */
  settle(): Promise<void> {
    return this.#exclusively(async () => {
      const there = this.#position > this.#stored ? await this.#parts.store.readAt(this.#position) : undefined;
      if (there !== undefined) await this.#commit([], there);
    });
  }

  /** One thing at a time: a batch, the end of a catch-up, a retry. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  get #share() {
    const { projection, models } = this.#parts;
    return { projection, models, partition: this.partition, partitions: this.#slice.partitions };
  }

  async #align(): Promise<void> {
    const { pool, store, log } = this.#parts;
    const found = await takeSlice(pool, store, this.#share);
    if (found.otherLog) log('read model belongs to another log and is rebuilt', { projection: this.#parts.projection });
    this.#epoch = found.epoch;
    this.#live = found.live;
    this.#ready = found.building.filter(({ ready }) => ready);
    this.#building = found.building.filter(({ ready }) => !ready);
    await this.#parked.load();
    this.#position = found.position;
    this.#stored = found.position;
    this.#idleEvents = 0;
    await this.#catchUp();
    await this.#join();
    this.#gate.reached(this.#position);
  }

  async #lookForGenerations(): Promise<void> {
    const { rows } = await this.#parts.pool.query<{ model: string; generation: number; position: string }>(
      'select model, generation, position from read.building where partition = $1 and not ready and model = any($2)',
      [this.partition, this.#parts.models.map(({ name }) => name)],
    );
    this.#building = rows.map((row) => ({ ...row, position: BigInt(row.position), ready: false }));
  }

  /** Reads the log from where the generations stand, those at one point together, to where the slice stood at the start. */
  async #catchUp(): Promise<void> {
    const to = this.#position;
    for (const from of [...new Set(this.#building.map(({ position }) => position))].toSorted((a, b) => (a < b ? -1 : 1))) {
      const group = this.#building.filter(({ position }) => position === from);
      for (let at = from; at < to; ) {
        const page = (await this.#parts.store.readAll(at, CATCH_UP_PAGE)).filter(({ position }) => position <= to);
        const last = page.at(-1);
        if (last === undefined) break;
        await this.#build(group, page.filter((event) => partitionOf(event, this.#slice.partitions) === this.partition), { from: at, to: last.position });
        at = last.position;
        this.#building = this.#building.map((one) => (group.some(({ model }) => model === one.model) ? { ...one, position: at } : one));
      }
    }
  }

  async #build(group: readonly Generation[], page: readonly StoredEvent[], span: { readonly from: Position; readonly to: Position }): Promise<void> {
    const events = await this.#decoded(page, group);
    await inTransaction(this.#parts.pool, async (client) => {
      await moveBuilding(client, this.partition, group, span);
      await this.#apply(client, placesIn('read_next', group), events);
    });
  }

  /** The rest of the way, with the slice standing still; from then on they move together. */
  async #join(): Promise<void> {
    if (this.#building.length === 0) return;
    await this.#catchUp();
    const { rowCount } = await this.#parts.pool.query(
      `update read.building b set ready = true from unnest($1::text[], $2::int[]) as g(model, generation)
       where b.model = g.model and b.generation = g.generation and b.partition = $3`,
      [this.#building.map(({ model }) => model), this.#building.map(({ generation }) => generation), this.partition],
    );
    if (rowCount !== this.#building.length) throw new CheckpointMoved('a generation was built by another process');
    this.#ready = [...this.#ready, ...this.#building];
    this.#building = [];
    for (const { model, generation } of this.#ready) {
      if (!(await switchWhenComplete(this.#parts.pool, this.#model(model)))) continue;
      this.#ready = this.#ready.filter((one) => one.model !== model);
      this.#live = [...this.#live.filter((one) => one.model !== model), { model, generation }];
      this.#touched.set(model, this.#position);
    }
  }

  async #take(delivered: readonly StoredEvent[]): Promise<void> {
    const batch = delivered.filter(({ position }) => position > this.#position);
    const last = batch.at(-1);
    if (last === undefined) return;
    const needed = batch.some((event) => this.#taken.has(event.type));
    this.#idleEvents = needed ? 0 : this.#idleEvents + batch.length;
    // Where the log is cut, others watch the slices' rows.
    if (needed || !this.isWhole || this.#idleEvents > IDLE_EVENTS) await this.#commit(batch, last);
    this.#position = last.position;
    this.#gate.reached(last.position);
  }

  async #commit(batch: readonly StoredEvent[], last: StoredEvent): Promise<void> {
    const { pool, models } = this.#parts;
    const live = this.#touchedBy(batch, this.#live);
    const ready = this.#touchedBy(batch, this.#ready);
    const events = await this.#decoded(batch, [...live, ...ready]);
    await inTransaction(pool, async (client) => {
      await moveSlice(client, {
        ...this.#share, from: this.#stored, to: { position: last.position, digest: last.digest }, live: this.#live, ready: this.#ready, models: models.map(({ name }) => name),
      });
      await this.#apply(client, [...placesIn('read', live), ...placesIn('read_next', ready)], events);
    });
    this.#stored = last.position;
    this.#idleEvents = 0;
    for (const { model } of live) this.#touched.set(model, last.position);
  }

  /** Live tables, and those that are being built, in one go. */
  async #apply(client: PoolClient, places: readonly Place[], events: readonly Envelope[]): Promise<void> {
    const targets = places.map(({ schema, generation }) => ({ model: this.#model(generation.model), schema, parkedStreams: this.#parked.of(generation) }));
    const parked = await applyBatch(client, targets, events);
    for (const [index, { generation }] of places.entries()) {
      await this.#parked.add(client, generation, parked[index] ?? []);
      for (const { model, stream, error } of parked[index] ?? []) this.#parts.log('stream parked in read model', { model, stream, error });
    }
  }

  async #retryParked(): Promise<void> {
    for (const generation of this.#live) {
      const model = this.#model(generation.model);
      const { store, pool, decode } = this.#parts;
      await this.#parked.retry(generation, async (stream, fromVersion) => {
        const events: Envelope[] = [];
        for (let from = fromVersion; ; from += CATCH_UP_PAGE) {
          const page = await store.readStream(stream, from, CATCH_UP_PAGE);
          events.push(...(await Promise.all(page.filter(({ position }) => position <= this.#position).map(decode))));
          if (page.length < CATCH_UP_PAGE) break;
        }
        return inTransaction(pool, async (client) => {
          const [[again] = []] = await applyBatch(client, [{ model, schema: 'read', parkedStreams: new Set() }], events);
          await this.#parked.settle(client, generation, stream, again);
          return again === undefined;
        });
      });
      this.#touched.set(generation.model, this.#position);
    }
  }

  #touchedBy(batch: readonly StoredEvent[], generations: readonly Generation[]): readonly Generation[] {
    const types = new Set(batch.map(({ type }) => type));
    return generations.filter(({ model }) => this.#model(model).takes.some((type) => types.has(type)));
  }

  #decoded(batch: readonly StoredEvent[], generations: readonly Generation[]): Promise<readonly Envelope[]> {
    const taken = new Set(generations.flatMap(({ model }) => this.#model(model).takes));
    return Promise.all(batch.filter(({ type }) => taken.has(type)).map((event) => this.#parts.decode(event)));
  }

  #model(name: string): ReadModel {
    const model = this.#parts.models.find((one) => one.name === name);
    if (model === undefined) throw new Error(`no read model ${name}`);
    return model;
  }
}

interface Place {
  readonly schema: string;
  readonly generation: Generation;
}

const placesIn = (schema: string, generations: readonly Generation[]): readonly Place[] => generations.map((generation) => ({ schema, generation }));

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
