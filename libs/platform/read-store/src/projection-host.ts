/**
 * Runs the read models of one projection in the slices that this process is given: all of them on a log that is
 * delivered whole, some where Kafka deals them out. See {@link ProjectionSlice} for what happens in a slice.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Position } from '@fascia/kernel';
import type { Delivery, Following } from '@fascia/delivery';
import { errorName } from '@fascia/retry';
import { ProjectionSlice, type SliceParts } from './projection-slice.js';
import type { ReadModel } from './read-model.js';

export interface HostParts extends SliceParts {
  readonly delivery: Delivery;
  /** How long the start waits for what has to be built or read; default 30 s. */
  readonly longestStartMs?: number;
}

/** How often somebody's wish for a rebuild or a retry is looked for. */
const ERRANDS_EVERY_MS = 1_000;
/** How long a process waits for its read models before it opens its doors. */
const LONGEST_START_MS = 30_000;
const SAY_AFTER_MS = 2_000;
const LOOK_EVERY_MS = 100;

export class ProjectionHost {
  readonly #parts: HostParts;
  readonly #slices = new Map<number, ProjectionSlice>();
  #following: Following | undefined;
  #timer: NodeJS.Timeout | undefined;
  #errands: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  /** The slices that are followed here at the moment. */
  get slices(): readonly ProjectionSlice[] {
    return [...this.#slices.values()];
  }
  get projection(): string {
    return this.#parts.projection;
  }
  get models(): readonly ReadModel[] {
    return this.#parts.models;
  }
  /** Where the tables stand on a log that is delivered whole. */
  get position(): Position {
    return this.#whole?.position ?? 0n;
  }
  get epoch(): string {
    return this.#whole?.epoch ?? '';
  }

  /** Whether the log was found to be another one, and the tables are not made of it yet. */
  get otherLog(): boolean {
    return this.slices.some((slice) => slice.otherLog);
  }

  touchedAt(model: string): Position {
    return this.#whole?.touchedAt(model) ?? 0n;
  }

  /** Names of models of which a generation is being built here. */
  get building(): readonly string[] {
    return [...new Set(this.slices.flatMap(({ building }) => building))];
  }
  /** Names of models whose live table does not fit this code, or is not there. */
  get unserved(): readonly string[] {
    return [...new Set(this.slices.flatMap(({ unserved }) => unserved))];
  }

  parkedStreams(model: string): ReadonlySet<string> {
    return new Set(this.slices.flatMap((slice) => [...slice.parkedStreams(model)]));
  }

  /** On a log that is delivered whole. Resolves to false when the tables are still behind after the time. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    return this.#whole?.waitFor(position, timeoutMs) ?? Promise.resolve(false);
  }

  /**
   * Resolves once every slice that is here at the start stands where its rows say, with what had to be built; a whole log at its end.
   * Not later than after a stated time: what is not there then goes on beside, and lists that cannot be asked say so.
   */
  async start(): Promise<void> {
    this.#following = await this.#parts.delivery.follow(this.projection, async (slice, signal) => {
      const here = new ProjectionSlice(this.#parts, slice);
      this.#slices.set(slice.partition, here);
      try {
        await here.follow(signal);
      } finally {
        // A delivery that is whole stays known after it ended: people ask where it stands.
        if (!here.isWhole && this.#slices.get(slice.partition) === here) this.#slices.delete(slice.partition);
      }
    });
    const longest = this.#parts.longestStartMs ?? LONGEST_START_MS;
    const waiting = setTimeout(() => {
      this.#say('the start waits for read models');
    }, SAY_AFTER_MS);
    const over = new AbortController();
    const late = delay(longest, false, { signal: over.signal }).catch(() => false);
    const there = await Promise.race([this.#brought(longest), late]);
    over.abort();
    clearTimeout(waiting);
    if (!there) this.#say('the start goes on while read models are brought up to date');
    this.#schedule();
  }

  /** A log that is delivered whole is read to its end first: nobody should see the lists of yesterday. */
  async #brought(longestMs: number): Promise<boolean> {
    await Promise.all(this.slices.map((slice) => slice.aligned));
    while (!this.#stopped && this.slices.some(({ isCatchingUp }) => isCatchingUp)) {
      await this.nudge();
      if (this.slices.some(({ isCatchingUp }) => isCatchingUp)) await delay(LOOK_EVERY_MS);
    }
    const { position } = await this.#parts.store.head();
    return !this.slices.some((slice) => slice.isWhole) || this.waitFor(position, longestMs);
  }

  #say(what: string): void {
    const { projection, building, unserved, position } = this;
    this.#parts.log(what, { projection, building, unserved, position: position.toString() });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#following?.stop();
    await this.#errands;
  }

  /** Somebody asked for a rebuild or a retry in this process: no need to wait until it is found. */
  nudge(): Promise<void> {
    this.#errands = this.#errands.then(() => this.#runErrands());
    return this.#errands;
  }

  get #whole(): ProjectionSlice | undefined {
    return this.#slices.get(0);
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.nudge().finally(() => {
        this.#schedule();
      });
    }, ERRANDS_EVERY_MS);
  }

  async #runErrands(): Promise<void> {
    const { pool, models } = this.#parts;
    if (this.#stopped) return;
    await this.#trying(async () => {
      const { rows } = await pool.query<{ partition: number }>(
        `select partition from read.building where model = any($1) union select partition from read.parked where retry and model = any($1)`,
        [models.map(({ name }) => name)],
      );
      // A slice in trouble holds up no other.
      await Promise.all(
        rows.map(({ partition }) => this.#trying(async () => this.#slices.get(partition)?.errands())),
      );
    });
    for (const slice of this.slices) await this.#trying(() => slice.settle());
  }

  async #trying(errand: () => Promise<void>): Promise<void> {
    try {
      await errand();
    } catch (error) {
      this.#parts.log('errand failed and is tried again', {
        projection: this.projection,
        error: errorName(error),
      });
    }
  }
}
