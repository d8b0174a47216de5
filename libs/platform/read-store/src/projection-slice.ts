/**
 * One slice of a projection: reads its events in batches, folds, and commits rows and position together, so that a
 * crash between any two steps applies nothing twice. Generations that are being built catch up beside it.
 */
import type { EventStore, Position, StoredEvent } from '@fascia/kernel';
import {
  beginning,
  followHistory,
  inTransaction,
  LogReplaced,
  markOf,
  type Mark,
  type Slice,
} from '@fascia/delivery';
import { errorName, Moved, untilAborted } from '@fascia/retry';
import { CatchUp } from './catch-up.js';
import { joinSlice, moveSlice, nameOf, sameGenerations, type Generation, type Held } from './checkpoints.js';
import { dividingIfRefused } from './dividing.js';
import { Folding, placesIn, type FoldingParts } from './folding.js';
import { settleIndexes, type Pools } from './indexes.js';
import { switchWhenComplete } from './generation-switch.js';
import { FOUND, generationsOf, takeSlice } from './generations.js';
import { takeAgain } from './parked-again.js';
import { ParkingLot } from './parking-lot.js';
import { PositionGate } from './position-gate.js';
import type { Share } from './slice-layout.js';
import { Turns } from './turns.js';

export interface SliceParts extends FoldingParts, Pools {
  /** Names the models that move together. */
  readonly projection: string;
  readonly store: EventStore;
  readonly lookEveryMs?: number;
}

/** Events without a row to change move the stored position only this often: nothing is lost by reading them again. */
const IDLE_EVENTS = 2_000;

export class ProjectionSlice {
  readonly #parts: SliceParts;
  readonly #slice: Slice;
  readonly #gate = new PositionGate();
  readonly #parked: ParkingLot;
  readonly #folding: Folding;
  readonly #catchingUp: CatchUp;
  readonly #touched = new Map<string, Position>();
  readonly #aligned = Promise.withResolvers<void>();
  /** Last event known to be in the tables. */
  #mark: Mark = beginning('');
  /** As the slice's row has it: batches without work leave it where it is. */
  #stored: Position = 0n;
  #stamp = 0;
  #otherLog = false;
  #idleEvents = 0;
  #live: readonly Generation[] = [];
  #ready: readonly Generation[] = [];
  /** A batch, the end of a catch-up, a retry. */
  readonly #turns = new Turns();
  /** Ends what is done with the slice: it was taken away, or the process stops. */
  #over: AbortSignal = new AbortController().signal;
  /** Ends one subscription: what is in memory may not be what is in the tables. */
  #doubt = new AbortController();

  constructor(parts: SliceParts, slice: Slice) {
    this.#parts = parts;
    this.#slice = slice;
    this.#parked = new ParkingLot(parts.pool, slice.partition);
    this.#folding = new Folding(parts, this.#parked);
    this.#catchingUp = new CatchUp({ pool: parts.pool, store: parts.store, folding: this.#folding, slice });
  }

  get isWhole(): boolean {
    return this.#slice.whole;
  }
  get partition(): number {
    return this.#slice.partition;
  }
  get position(): Position {
    return this.#mark.position;
  }
  get epoch(): string {
    return this.#mark.epoch;
  }
  /** The log was found to be another one, and the tables are not made of it yet. */
  get otherLog(): boolean {
    return this.#otherLog;
  }
  /** Resolves when the slice stands where its rows say; what has to be built is an errand. */
  get aligned(): Promise<void> {
    return this.#aligned.promise;
  }

  /** Where the log last had something for a model: what was read from it stays true until this moves. */
  touchedAt(model: string): Position {
    return this.#touched.get(model) ?? 0n;
  }

  /** Whether a generation still reads what the slice has passed. */
  get isCatchingUp(): boolean {
    return this.#catchingUp.building.length > 0;
  }
  /** Names of models of which a generation is being built. */
  get building(): readonly string[] {
    return [...this.#catchingUp.building, ...this.#ready].map(({ model }) => model);
  }
  /** Names of models whose live table does not fit this code, or is not there. */
  get unserved(): readonly string[] {
    return this.#parts.models
      .map(({ name }) => name)
      .filter((name) => !this.#live.some(({ model }) => model === name));
  }

  parkedStreams(model: string): ReadonlySet<string> {
    const live = this.#live.find((one) => one.model === model);
    return live === undefined ? new Set() : this.#parked.of(live);
  }

  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    return this.#gate.waitFor(position, timeoutMs);
  }

  /** Follows until the signal aborts; whatever breaks is tried again, with backoff. */
  async follow(signal: AbortSignal): Promise<void> {
    const { projection, store, lookEveryMs, log } = this.#parts;
    this.#over = signal;
    const attempt = async (wentWell: () => void): Promise<void> => {
      await this.#turns.take(() => this.#align());
      this.#aligned.resolve();
      const batches = followHistory({
        store,
        from: this.#mark,
        signal: AbortSignal.any([signal, this.#doubt.signal]),
        open: (after, until) => this.#slice.subscribe(after, until),
        lookEveryMs,
      });
      for await (const batch of batches) {
        await this.#turns.take(() => this.#take(batch));
        wentWell();
      }
    };
    await untilAborted(signal, attempt, (error, waitMs) => {
      this.#otherLog ||= error instanceof LogReplaced;
      log('projection stopped and starts again', {
        projection,
        partition: this.partition,
        error: errorName(error),
        waitMs,
      });
    });
    await this.#turns.done;
    this.#gate.close();
    this.#aligned.resolve();
  }

  /** What was asked for meanwhile: a generation to be built or switched, parked streams to be tried again. */
  async errands(): Promise<void> {
    try {
      await this.#turns.take(() => this.#lookForGenerations());
      // To where the slice stood at the start.
      await this.#catchingUp.to(this.position, this.#over);
      await this.#turns.take(() => this.#join());
      await this.#turns.take(() => this.#retryParked());
    } catch (error) {
      // What was begun may be in memory and not in the tables, or the other way round: everything is looked at again.
      this.#doubt.abort();
      throw error;
    }
  }

  /** Between batches without work the row may lag: others who look at it should see where the slice really stands. */
  settle(): Promise<void> {
    return this.#turns
      .take(async () => {
        if (this.position > this.#stored) await this.#commit([], this.#mark);
      })
      .catch((error: unknown) => {
        this.#doubt.abort();
        throw error;
      });
  }

  get #share(): Share {
    const { projection, models } = this.#parts;
    return { projection, models, partition: this.partition, partitions: this.#slice.partitions };
  }

  get #held(): Held {
    return { ...this.#share, position: this.#stored, stamp: this.#stamp };
  }

  async #align(): Promise<void> {
    const { pool, store, log, projection } = this.#parts;
    this.#doubt = new AbortController();
    const found = await takeSlice(pool, store, this.#share);
    this.#otherLog = found.found === 'other';
    if (found.found !== 'same') log(FOUND[found.found], { projection });
    for (const model of found.forgotten)
      log('columns of a read model changed and its version was not raised: it is rebuilt', { model });
    const served = found.live.map(({ model }) => this.#folding.model(model));
    await settleIndexes(this.#parts, served, log);
    for (const { model } of found.live.filter(
      (one) => !this.#live.some((known) => nameOf(known) === nameOf(one)),
    ))
      this.#touched.set(model, found.mark.position);
    this.#live = found.live;
    this.#ready = found.building.filter(({ ready }) => ready);
    this.#catchingUp.building = found.building.filter(({ ready }) => !ready);
    await this.#parked.tryPassed(this.#parts.models.map(({ name }) => name));
    await this.#parked.load();
    this.#mark = found.mark;
    this.#stored = found.mark.position;
    this.#stamp = found.stamp;
    this.#idleEvents = 0;
    this.#announce();
  }

  /** Those who wait for a position read the tables then: not while one that belongs there is only beside them. */
  #announce(): void {
    if (this.#ready.every(({ model }) => this.#live.some((one) => one.model === model)))
      this.#gate.reached(this.position);
  }

  async #lookForGenerations(): Promise<void> {
    const { live, building } = await generationsOf(this.#parts.pool, this.#share);
    const ready = building.filter((one) => one.ready);
    // Switched or joined elsewhere: a slice without news has not heard of it.
    if (!sameGenerations(live, this.#live) || !sameGenerations(ready, this.#ready))
      throw new Moved('generations were changed by another process');
    this.#catchingUp.building = building.filter((one) => !one.ready);
  }

  /** The rest of the way, with the slice standing still; from then on they move together, and whoever is last switches. */
  async #join(): Promise<void> {
    if (this.#catchingUp.building.length > 0) {
      await this.#catchingUp.to(this.position, this.#over);
      this.#stamp = await inTransaction(this.#parts.pool, (client) =>
        joinSlice(client, this.#held, this.#catchingUp.building),
      );
      this.#ready = [...this.#ready, ...this.#catchingUp.building];
      this.#catchingUp.building = [];
    }
    // Also what was ready before: the process that should have switched may have died over it.
    for (const { model, generation } of this.#ready) {
      if (!(await switchWhenComplete(this.#parts.pool, this.#parts.projection, this.#folding.model(model))))
        continue;
      this.#ready = this.#ready.filter((one) => one.model !== model);
      this.#live = [...this.#live.filter((one) => one.model !== model), { model, generation }];
      this.#touched.set(model, this.position);
      this.#announce();
    }
    if (this.unserved.length === 0) this.#otherLog = false;
  }

  async #take(delivered: readonly StoredEvent[]): Promise<void> {
    if (this.#doubt.signal.aborted) throw new Moved('an errand failed');
    const batch = delivered.filter(({ position }) => position > this.position);
    const last = batch.at(-1);
    if (last === undefined) return;
    const to = markOf(this.#mark.epoch, last);
    const needed = batch.some((event) => this.#folding.concerned(event).length > 0);
    this.#idleEvents = needed ? 0 : this.#idleEvents + batch.length;
    // Where the log is cut, others watch the slices' rows.
    if (needed || !this.isWhole || this.#idleEvents > IDLE_EVENTS) await this.#commit(batch, to);
    this.#mark = to;
    this.#announce();
  }

  async #commit(batch: readonly StoredEvent[], to: Mark): Promise<void> {
    const live = this.#folding.touchedBy(batch, this.#live);
    const ready = this.#folding.touchedBy(batch, this.#ready);
    const taken = await this.#folding.opened(batch, [...live, ...ready]);
    const places = [...placesIn('read', live, to), ...placesIn('read_next', ready)];
    await dividingIfRefused((apply) =>
      inTransaction(this.#parts.pool, async (client) => {
        await moveSlice(client, {
          held: this.#held,
          models: this.#parts.models,
          to,
          live: this.#live,
          ready: this.#ready,
        });
        await this.#folding.apply(client, places, taken, apply);
      }),
    );
    this.#stored = to.position;
    this.#idleEvents = 0;
    for (const { model } of live) this.#touched.set(model, to.position);
  }

  async #retryParked(): Promise<void> {
    const parts = { ...this.#parts, folding: this.#folding, parked: this.#parked };
    for (const generation of this.#live) {
      for (const parked of await this.#parked.asked(generation))
        this.#stamp = await takeAgain(parts, generation, parked, { held: this.#held, upTo: this.position });
      this.#touched.set(generation.model, this.position);
    }
  }
}
