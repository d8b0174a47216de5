/**
 * Appends access records in batches, within a second of the read. The queue is bounded: when records cannot be
 * kept, reads are refused rather than left unrecorded. One stream per process start, so nobody else writes to it; where that
 * does not hold what this process knows of it (a log that was put back), it goes on in a new one. What was stored last is
 * remembered for a while: of a log that lost its end it is written again.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  APPEND_LIMIT_BYTES,
  streamOf,
  StoreUnavailable,
  uuidFrom,
  type Actor,
  type Clock,
  type EventStore,
  type NewEvent,
  type StreamName,
} from '@fascia/kernel';
import type { Access, AccessLog, Occasion } from '@fascia/read-store';
import { Backoff, errorName } from '@fascia/retry';
import { metadataOf, type Codec } from '@fascia/write-door';
import { eventOf } from './access-event.js';

export interface AccessRecorderParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly clock: Clock;
  /** The stream that an address names; nothing where it names none. */
  subjectOf(on: Occasion): StreamName | undefined;
  /** Records held at most while the store is away. */
  readonly queueLimit?: number;
  readonly lookEveryMs?: number;
  log(what: string, details: Readonly<Record<string, unknown>>): void;
}

interface Waiting {
  /** The event's: by it a record is known for one that is stored. */
  readonly id: string;
  readonly at: string;
  readonly access: Access;
}

/** A record that the store said it has, and where. */
interface Kept {
  readonly record: Waiting;
  readonly stream: StreamName;
  readonly version: number;
}

const FLUSH_AFTER_MS = 200;
const BATCH = 200;
const PAGE = 1_000;
const QUEUE_LIMIT = 10_000;
/** Stored records that are remembered, and how often it is looked whether the log still has them. */
const KEPT_LIMIT = 5_000;
const LOOK_EVERY_MS = 2_000;
/** How often what waits is tried to be stored when the process stops: with the waits between, for about four seconds. */
const LAST_TRIES = 8;

const WRITER: Actor = { sub: 'access-recorder', role: 'system' };

/** As many as one append takes with room to spare: a page of a list names up to 200 patients. */
const fitting = (events: readonly NewEvent[]): readonly NewEvent[] => {
  let bytes = 0;
  const fit = events.filter(
    ({ data, metadata }) => (bytes += data.length + metadata.length) <= APPEND_LIMIT_BYTES / 2,
  );
  return fit.length === 0 ? events.slice(0, 1) : fit;
};

export class AccessRecorder implements AccessLog {
  readonly #parts: AccessRecorderParts;
  readonly #limit: number;
  #stream: StreamName = streamOf('access', randomUUID());
  #queue: Waiting[] = [];
  #kept: Kept[] = [];
  #version = 0;
  #stored = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #looking: NodeJS.Timeout;
  #flushing: Promise<void> = Promise.resolve();
  readonly #backoff = new Backoff();

  constructor(parts: AccessRecorderParts) {
    this.#parts = parts;
    this.#limit = parts.queueLimit ?? QUEUE_LIMIT;
    this.#looking = setInterval(() => {
      // While the store is away nothing is known: the next look tells.
      this.#inTurn(() => this.#lookForLost()).catch(() => undefined);
    }, parts.lookEveryMs ?? LOOK_EVERY_MS).unref();
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** How many were stored since the process began. */
  get stored(): number {
    return this.#stored;
  }

  record(access: Access): void {
    if (this.#queue.length >= this.#limit)
      throw new StoreUnavailable('access records cannot be kept at the moment');
    this.#queue.push({ id: randomUUID(), at: this.#parts.clock.now().toISOString(), access });
    if (this.#queue.length >= BATCH) this.#flushSoon(0);
    else this.#flushSoon(FLUSH_AFTER_MS);
  }

  /** Everything recorded before is stored when it resolves. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#inTurn(() => this.#drain());
    this.#backoff.reset();
  }

  /** Stores what waits, with some tries. @throws what the last try said; what waits then is lost */
  async stop(): Promise<void> {
    clearInterval(this.#looking);
    const backoff = new Backoff();
    for (let tried = 1; ; tried += 1) {
      try {
        await this.flush();
        return;
      } catch (error) {
        if (tried === LAST_TRIES) throw error;
        await delay(backoff.next());
      }
    }
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#flushing.then(work);
    // One that failed must not fail the next.
    this.#flushing = done.catch(() => undefined);
    await done;
  }

  #flushSoon(ms: number): void {
    if (this.#timer !== undefined && ms > 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.flush().catch((error: unknown) => {
        this.#parts.log('access records wait for the store', {
          error: errorName(error),
          waiting: this.#queue.length,
        });
        this.#flushSoon(this.#backoff.next());
      });
    }, ms);
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, BATCH);
      const commandId = uuidFrom('access', this.#stream, String(this.#version));
      const events = fitting(
        await Promise.all(batch.map((waiting, index) => this.#encode(waiting, commandId, index))),
      );
      const result = await this.#parts.store.append({
        stream: this.#stream,
        expectedVersion: this.#version,
        commandId,
        requestDigest: commandId,
        events,
      });
      if (result.kind === 'conflict' || result.kind === 'idReused') await this.#goOnElsewhere(result.kind);
      // `already`: the first attempt's answer was lost; what it stored is a prefix of the queue.
      else this.#keep(result.version - this.#version);
    }
  }

  /** So many of those that wait are the next of the stream. */
  #keep(count: number): void {
    const stored = this.#queue
      .slice(0, count)
      .map((record, index) => ({ record, stream: this.#stream, version: this.#version + 1 + index }));
    this.#kept = [...this.#kept, ...stored].slice(-KEPT_LIMIT);
    this.#queue = this.#queue.slice(count);
    this.#version += count;
    this.#stored += count;
  }

  /** The stream does not stand where this process left it: what it holds of those that wait is stored, the rest goes to a new one. */
  async #goOnElsewhere(verdict: string): Promise<void> {
    const there = await this.#parts.store.readStream(this.#stream, this.#version + 1, PAGE);
    const fits = there.findIndex(({ id }, index) => this.#queue[index]?.id !== id);
    this.#keep(fits === -1 ? there.length : fits);
    this.#parts.log('access records go on in a new stream', { verdict, waiting: this.#queue.length });
    // An id that stands elsewhere stands for something else: a record twice is better than none.
    if (verdict === 'idReused') this.#queue = this.#queue.map((record) => ({ ...record, id: randomUUID() }));
    await this.#lookForLost();
    this.#begin();
  }

  #begin(): void {
    this.#stream = streamOf('access', randomUUID());
    this.#version = 0;
  }

  async #isThere({ record, stream, version }: Kept): Promise<boolean> {
    return (await this.#parts.store.readStream(stream, version, 1))[0]?.id === record.id;
  }

  /** A log that was put back ends earlier: what it does not have of the records stored last is stored again, as of their time. */
  async #lookForLost(): Promise<void> {
    const newest = this.#kept.at(-1);
    if (newest === undefined || (await this.#isThere(newest))) return;
    // What is there comes before what is not.
    let [there, lost] = [-1, this.#kept.length - 1];
    while (lost - there > 1) {
      const middle = Math.floor((there + lost) / 2);
      const one = this.#kept[middle];
      if (one !== undefined && (await this.#isThere(one))) there = middle;
      else lost = middle;
    }
    const again = this.#kept.slice(lost).map(({ record }) => record);
    this.#parts.log('access records were lost with the end of the log and are stored again', {
      records: again.length,
    });
    this.#kept = this.#kept.slice(0, lost);
    this.#queue = [...again, ...this.#queue];
    this.#begin();
    this.#flushSoon(0);
  }

  /**
   * Whose the object is that was asked for in vain: as the log says it, and after the answer, so that neither what is answered nor when
   * tells of it.
   */
  async #patientsOf(access: Access): Promise<readonly string[]> {
    const { patientIds, on } = access;
    const subject =
      access.kind === 'read' || access.kind === 'queried' ? undefined : this.#parts.subjectOf(on);
    if (subject === undefined) return patientIds;
    const [first] = await this.#parts.store.readStream(subject, 1, 1);
    const patientId = first === undefined ? undefined : metadataOf(first).patientId;
    return patientId === undefined ? patientIds : [...new Set([...patientIds, patientId])];
  }

  async #encode({ id, at, access }: Waiting, commandId: string, index: number): Promise<NewEvent> {
    return this.#parts.codec.encode({
      stream: this.#stream,
      version: this.#version + 1 + index,
      id,
      event: eventOf(access, await this.#patientsOf(access)),
      metadata: {
        occurredAt: at,
        actor: WRITER,
        correlationId: commandId,
        causationId: commandId,
        commandId,
        requestDigest: commandId,
      },
    });
  }
}
