/**
 * One slice of a projection: reads its events in batches, folds, and commits rows and position together, so that a
 * crash between any two steps applies nothing twice. Generations that are being built catch up beside it.
 */
import type { Pool } from 'pg';
import type { Envelope, EventStore, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { partitionOf, type Slice } from '@fascia/delivery';
import { CheckpointMoved, joinSlice, moveBuilding, moveSlice, nameOf, stampSlice, type Generation, type Held } from './checkpoints.js';
import { Folding, placesIn } from './folding.js';
import { generationsOf, switchWhenComplete, takeSlice, type Building } from './generations.js';
import { ParkingLot } from './parking-lot.js';
import { PositionGate } from './position-gate.js';
import { readAhead, type Page } from './read-ahead.js';
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
  readonly #folding: Folding;
  readonly #touched = new Map<string, Position>();
  readonly #taken: ReadonlySet<string>;
  readonly #aligned = Promise.withResolvers<void>();
  #epoch = '';
  /** Last position known to be in the tables. */
  #position: Position = 0n;
  /** As the slice's row has it: batches without work leave it where it is. */
  #stored: Position = 0n;
  #stamp = 0;
  #idleEvents = 0;
  #live: readonly Generation[] = [];
  #ready: readonly Generation[] = [];
  #building: readonly Building[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  /** Ends what is done with the slice: it was taken away, or the process stops. */
  #over: AbortSignal = new AbortController().signal;
  /** Ends one subscription: what is in memory may not be what is in the tables. */
  #doubt = new AbortController();

  constructor(parts: SliceParts, slice: Slice) {
    this.#parts = parts;
    this.#slice = slice;
    this.#parked = new ParkingLot(parts.pool, slice.partition);
    this.#folding = new Folding(parts, this.#parked);
    this.#taken = new Set(parts.models.flatMap((model) => model.takes));
  }

  get isWhole(): boolean { return this.#slice.whole; }
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
    this.#over = signal;
    for (let wait = RETRY_FIRST_MS; !signal.aborted; ) {
      try {
        await this.#exclusively(() => this.#align());
        this.#aligned.resolve();
        for await (const batch of this.#slice.subscribe(this.#position, AbortSignal.any([signal, this.#doubt.signal]))) {
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

  /** What was asked for meanwhile: a generation to be built or switched, parked streams to be tried again. */
  async errands(): Promise<void> {
    try {
      await this.#exclusively(() => this.#lookForGenerations());
      await this.#catchUp();
      await this.#exclusively(() => this.#join());
      await this.#exclusively(() => this.#retryParked());
    } catch (error) {
      // What was begun may be in memory and not in the tables, or the other way round: everything is looked at again.
      this.#doubt.abort();
      throw error;
    }
  }

  /** Between batches without work the row may lag: others who look at it should see where the slice really stands. */
  settle(): Promise<void> {
    return this.#exclusively(async () => {
      const there = this.#position > this.#stored ? await this.#parts.store.readAt(this.#position) : undefined;
      if (there !== undefined) await this.#commit([], there);
    }).catch((error: unknown) => {
      this.#doubt.abort();
      throw error;
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

  get #held(): Held {
    return { projection: this.#parts.projection, partition: this.partition, partitions: this.#slice.partitions, position: this.#stored, stamp: this.#stamp };
  }

  async #align(): Promise<void> {
    const { pool, store, log } = this.#parts;
    this.#doubt = new AbortController();
    const found = await takeSlice(pool, store, this.#share);
    if (found.otherLog) log('read model belongs to another log and is rebuilt', { projection: this.#parts.projection });
    this.#epoch = found.epoch;
    for (const { model } of found.live.filter((one) => !this.#live.some((known) => nameOf(known) === nameOf(one)))) this.#touched.set(model, found.position);
    this.#live = found.live;
    this.#ready = found.building.filter(({ ready }) => ready);
    this.#building = found.building.filter(({ ready }) => !ready);
    await this.#parked.load();
    this.#position = found.position;
    this.#stored = found.position;
    this.#stamp = found.stamp;
    this.#idleEvents = 0;
    await this.#catchUp();
    await this.#join();
    this.#announce();
  }

  /** Those who wait for a position read the tables then: not while one that belongs there is only beside them. */
  #announce(): void {
    if (this.#ready.every(({ model }) => this.#live.some((one) => one.model === model))) this.#gate.reached(this.#position);
  }

  async #lookForGenerations(): Promise<void> {
    const { live, building } = await generationsOf(this.#parts.pool, this.#share);
    const ready = building.filter((one) => one.ready);
    // Switched or joined elsewhere: a slice without news has not heard of it.
    if (!same(live, this.#live) || !same(ready, this.#ready)) throw new CheckpointMoved('generations were changed by another process');
    this.#building = building.filter((one) => !one.ready);
  }

  /** Reads the log from where the generations stand, those at one point together, to where the slice stood at the start. */
  async #catchUp(): Promise<void> {
    const to = this.#position;
    for (const from of [...new Set(this.#building.map(({ position }) => position))].toSorted((a, b) => (a < b ? -1 : 1))) {
      const group = this.#building.filter(({ position }) => position === from);
      for await (const page of readAhead((at) => this.#page(group, at, to), from)) {
        this.#over.throwIfAborted();
        await inTransaction(this.#parts.pool, async (client) => {
          await moveBuilding(client, this.partition, group, page);
          await this.#folding.apply(client, placesIn('read_next', group), page.events);
        });
        this.#building = this.#building.map((one) => (group.some(({ model }) => model === one.model) ? { ...one, position: page.to } : one));
      }
    }
  }

  /** What the log has for a group after a position, opened. */
  async #page(group: readonly Generation[], from: Position, to: Position): Promise<Page | undefined> {
    if (from >= to) return undefined;
    const page = (await this.#parts.store.readAll(from, CATCH_UP_PAGE)).filter(({ position }) => position <= to);
    const last = page.at(-1);
    if (last === undefined) return undefined;
    const own = page.filter((event) => partitionOf(event, this.#slice.partitions) === this.partition);
    return { from, to: last.position, events: await this.#folding.decoded(own, group) };
  }

  /** The rest of the way, with the slice standing still; from then on they move together, and whoever is last switches. */
  async #join(): Promise<void> {
    if (this.#building.length > 0) {
      await this.#catchUp();
      this.#stamp = await inTransaction(this.#parts.pool, (client) => joinSlice(client, this.#held, this.#building));
      this.#ready = [...this.#ready, ...this.#building];
      this.#building = [];
    }
    // Also what was ready before: the process that should have switched may have died over it.
    for (const { model, generation } of this.#ready) {
      if (!(await switchWhenComplete(this.#parts.pool, this.#parts.projection, this.#folding.model(model)))) continue;
      this.#ready = this.#ready.filter((one) => one.model !== model);
      this.#live = [...this.#live.filter((one) => one.model !== model), { model, generation }];
      this.#touched.set(model, this.#position);
      this.#announce();
    }
  }

  async #take(delivered: readonly StoredEvent[]): Promise<void> {
    if (this.#doubt.signal.aborted) throw new CheckpointMoved('an errand failed');
    const batch = delivered.filter(({ position }) => position > this.#position);
    const last = batch.at(-1);
    if (last === undefined) return;
    const needed = batch.some((event) => this.#taken.has(event.type));
    this.#idleEvents = needed ? 0 : this.#idleEvents + batch.length;
    // Where the log is cut, others watch the slices' rows.
    if (needed || !this.isWhole || this.#idleEvents > IDLE_EVENTS) await this.#commit(batch, last);
    this.#position = last.position;
    this.#announce();
  }

  async #commit(batch: readonly StoredEvent[], last: StoredEvent): Promise<void> {
    const live = this.#folding.touchedBy(batch, this.#live);
    const ready = this.#folding.touchedBy(batch, this.#ready);
    const events = await this.#folding.decoded(batch, [...live, ...ready]);
    await inTransaction(this.#parts.pool, async (client) => {
      await moveSlice(client, { held: this.#held, to: { position: last.position, digest: last.digest }, live: this.#live, ready: this.#ready });
      await this.#folding.apply(client, [...placesIn('read', live), ...placesIn('read_next', ready)], events);
    });
    this.#stored = last.position;
    this.#idleEvents = 0;
    for (const { model } of live) this.#touched.set(model, last.position);
  }

  async #retryParked(): Promise<void> {
    for (const generation of this.#live) {
      await this.#parked.retry(generation, async (stream, fromVersion) => {
        const events = await this.#heldBack(stream, fromVersion);
        const { taken, stamp } = await inTransaction(this.#parts.pool, async (client) => {
          // Whoever else holds the slice must not take it for parked any longer, nor take it a second time.
          const stamped = await stampSlice(client, this.#held);
          const again = await this.#folding.applyAgain(client, generation, events);
          await this.#parked.settle(client, generation, stream, again);
          return { taken: again === undefined, stamp: stamped };
        });
        this.#stamp = stamp;
        return taken;
      });
      this.#touched.set(generation.model, this.#position);
    }
  }

  /** What a parked stream has up to where the slice stands; the rest comes with the batches. */
  async #heldBack(stream: StreamName, fromVersion: number): Promise<readonly Envelope[]> {
    const events: Envelope[] = [];
    for (let from = fromVersion; ; from += CATCH_UP_PAGE) {
      const page = await this.#parts.store.readStream(stream, from, CATCH_UP_PAGE);
      events.push(...(await Promise.all(page.filter(({ position }) => position <= this.#position).map((event) => this.#parts.decode(event)))));
      if (page.length < CATCH_UP_PAGE) return events;
    }
  }
}

const same = (ones: readonly Generation[], others: readonly Generation[]): boolean =>
  ones.map(nameOf).toSorted().join() === others.map(nameOf).toSorted().join();

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
