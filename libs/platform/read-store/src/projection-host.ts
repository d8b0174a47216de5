/**
 * Runs read models: reads the log in batches, folds, and commits rows and checkpoint together, so that a crash
 * between any two steps applies nothing twice. Models of one host move together; a model that is behind
 * (new, rebuilt, or of an older version) catches up first.
 */
import type { Pool, PoolClient } from 'pg';
import type { Envelope, EventStore, Position, StoredEvent } from '@fascia/kernel';
import { applyBatch, type Parked } from './apply.js';
import { belongsTo, CheckpointMoved, loadCheckpoint, moveCheckpoint, resetModel } from './checkpoints.js';
import type { ReadModel } from './read-model.js';
import { inTransaction } from './transaction.js';
import { PositionGate } from './position-gate.js';

export interface HostParts {
  readonly store: EventStore;
  decode(stored: StoredEvent): Promise<Envelope>;
  readonly pool: Pool;
  readonly models: readonly ReadModel[];
  /** Codes and names only. */
  log(what: string, details: Readonly<Record<string, unknown>>): void;
}

const BATCH = 500;
/** Events without a row to change move the stored checkpoint only this often: nothing is lost by reading them again. */
const IDLE_CHECKPOINT_EVERY = 2_000n;
const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = 5_000;

export class ProjectionHost {
  readonly #parts: HostParts;
  readonly #gate = new PositionGate();
  readonly #stop = new AbortController();
  readonly #parked = new Map<string, Set<string>>();
  readonly #touched = new Map<string, Position>();
  readonly #taken: ReadonlySet<string>;
  #epoch = '';
  /** Last position known to be in the tables. */
  #position: Position = 0n;
  /** Position of each model's stored checkpoint; a model without anything in a batch stays where it is. */
  readonly #stored = new Map<string, Position>();
  #running: Promise<void> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.#taken = new Set(parts.models.flatMap((model) => model.takes));
  }

  get position(): Position {
    return this.#position;
  }

  get epoch(): string {
    return this.#epoch;
  }

  get models(): readonly ReadModel[] {
    return this.#parts.models;
  }

  /** Where the log last had something for a model: what was read from it stays true until this moves. */
  touchedAt(model: string): Position {
    return this.#touched.get(model) ?? 0n;
  }

  parkedStreams(model: string): ReadonlySet<string> {
    return this.#parked.get(model) ?? new Set();
  }

  /** Resolves to false when the tables are still behind after the time. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    return this.#gate.waitFor(position, timeoutMs);
  }

  /** Brings every model to one position, then follows the log until `stop`. */
  async start(): Promise<void> {
    await this.#align();
    this.#running = this.#follow();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.#gate.close();
  }

  /** Work that must not interleave with a batch (rebuild, retry): one at a time, between batches. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Applies a span of the log to some models, in one transaction a batch. */
  async catchUp(models: readonly ReadModel[], from: Position, to: Position): Promise<void> {
    for (const model of models) this.#stored.set(model.name, from);
    for (let at = from; at < to; ) {
      const page = await this.#parts.store.readAll(at, BATCH);
      const batch = page.filter((event) => event.position <= to);
      const last = batch.at(-1);
      if (last === undefined) return;
      await this.#commit(models, batch, last, 'all');
      at = last.position;
    }
  }

  async #align(): Promise<void> {
    const { position: head, epoch } = await this.#parts.store.head();
    this.#epoch = epoch;
    const found = await this.#parts.pool.query<{ model: string; stream: string }>('select model, stream from read.parked');
    for (const { model, stream } of found.rows) this.#parkedOf(model).add(stream);
    for (const model of this.#parts.models) {
      await this.catchUp([model], await this.#usablePosition(model), head);
    }
    this.#moveTo(head);
  }

  /** Position to go on from; a model of another version or another log starts again. */
  async #usablePosition(model: ReadModel): Promise<Position> {
    const checkpoint = await loadCheckpoint(this.#parts.pool, model);
    if (checkpoint?.version === model.version) {
      const there = await this.#parts.store.readAt(checkpoint.position);
      if (belongsTo(checkpoint, this.#epoch, there)) return checkpoint.position;
      this.#parts.log('read model belongs to another log and is rebuilt', { model: model.name });
    }
    await inTransaction(this.#parts.pool, (client) => resetModel(client, model, this.#epoch));
    this.#parked.delete(model.name);
    return 0n;
  }

  async #follow(): Promise<void> {
    let wait = RETRY_FIRST_MS;
    while (!this.#stop.signal.aborted) {
      try {
        for await (const batch of this.#parts.store.subscribe(this.#position, this.#stop.signal)) {
          await this.exclusively(() => this.#take(batch));
          wait = RETRY_FIRST_MS;
        }
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.#parts.log('projection stopped and starts again', { error: error instanceof Error ? error.name : 'unknown', waitMs: wait });
        await pause(wait, this.#stop.signal);
        wait = Math.min(wait * 2, RETRY_LAST_MS);
        if (error instanceof CheckpointMoved) await this.#align().catch(() => undefined);
      }
    }
  }

  async #take(batch: readonly StoredEvent[]): Promise<void> {
    const last = batch.at(-1);
    if (last === undefined || last.position <= this.#position) return;
    const needed = batch.some((event) => this.#taken.has(event.type));
    const idle = last.position - this.#behindMost() > IDLE_CHECKPOINT_EVERY;
    if (needed || idle) await this.#commit(this.#parts.models, batch, last, idle ? 'all' : 'touched');
    this.#moveTo(last.position);
  }

  #behindMost(): Position {
    return [...this.#stored.values()].reduce((least, position) => (position < least ? position : least), this.#position);
  }

  /** @param moved whose checkpoints move: those of all models, or of those that had something in the batch */
  async #commit(models: readonly ReadModel[], batch: readonly StoredEvent[], last: StoredEvent, moved: 'all' | 'touched'): Promise<void> {
    const types = new Set(batch.map((event) => event.type));
    const touched = models.filter((model) => model.takes.some((type) => types.has(type)));
    const moving = moved === 'all' ? models : touched;
    const taken = new Set(touched.flatMap((model) => model.takes));
    const events = await Promise.all(batch.filter((event) => taken.has(event.type)).map((event) => this.#parts.decode(event)));
    const parkedBefore = new Map(touched.map((model) => [model.name, new Set(this.#parkedOf(model.name))]));
    const parked: Parked[] = [];
    await inTransaction(this.#parts.pool, async (client) => {
      for (const model of touched) {
        const parkedStreams = parkedBefore.get(model.name) ?? new Set<string>();
        parked.push(...(await applyBatch(client, model, events, { schema: 'read', parkedStreams })));
      }
      await storeParked(client, parked);
      await moveCheckpoint(client, moving.map((model) => ({ model: model.name, from: this.#stored.get(model.name) ?? 0n })), { position: last.position, epoch: this.#epoch, digest: last.digest });
    });
    for (const { name } of touched) this.#touched.set(name, last.position);
    for (const { name } of moving) this.#stored.set(name, last.position);
    for (const { model, stream, error } of parked) {
      this.#parkedOf(model).add(stream);
      this.#parts.log('stream parked in read model', { model, stream, error });
    }
  }

  /** After a retry or rebuild changed what is parked. */
  setParked(model: string, streams: ReadonlySet<string>): void {
    this.#parked.set(model, new Set(streams));
  }

  #parkedOf(model: string): Set<string> {
    const known = this.#parked.get(model) ?? new Set<string>();
    this.#parked.set(model, known);
    return known;
  }

  #moveTo(position: Position): void {
    this.#position = position;
    this.#gate.reached(position);
  }
}

const storeParked = async (client: PoolClient, parked: readonly Parked[]): Promise<void> => {
  for (const { model, stream, version, error } of parked) {
    // Another host may have parked it; whether this one may go on is for the checkpoint to say.
    await client.query('insert into read.parked (model, stream, from_version, error) values ($1, $2, $3, $4) on conflict (model, stream) do nothing', [
      model, stream, version, error,
    ]);
  }
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
