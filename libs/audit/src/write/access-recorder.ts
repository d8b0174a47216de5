/**
 * Appends access records in batches, within a second of the read. The queue is bounded: when records cannot be
 * kept, reads are refused rather than left unrecorded. One stream per process start, so nobody else writes to it.
 */
import { randomUUID } from 'node:crypto';
import {
  APPEND_LIMIT_BYTES,
  eventIdFrom,
  streamOf,
  StoreUnavailable,
  uuidFrom,
  type Actor,
  type Clock,
  type EventStore,
  type NewEvent,
  type StreamName,
} from '@fascia/kernel';
import type { Disclosure, Disclosures } from '@fascia/read-store';
import { Backoff, errorName } from '@fascia/retry';
import type { Codec } from '@fascia/write-door';
import type { AccessEvent, ReadPurpose } from '../contract/events.js';

export interface AccessRecorderParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly clock: Clock;
  /** Records held at most while the store is away. */
  readonly queueLimit?: number;
  log(what: string, details: Readonly<Record<string, unknown>>): void;
}

interface Waiting {
  readonly at: string;
  readonly disclosure: Disclosure;
}

const FLUSH_AFTER_MS = 200;
const BATCH = 200;
const QUEUE_LIMIT = 10_000;

const WRITER: Actor = { sub: 'access-recorder', role: 'system' };

const purposeOf = (by: Actor): ReadPurpose => (by.role === 'auditor' ? 'HCOMPL' : 'TREAT');

const whoOf = ({ sub, role, organizationId, practitionerId }: Actor): AccessEvent['data']['who'] => ({
  sub,
  role,
  ...(organizationId === undefined ? {} : { organizationId }),
  ...(practitionerId === undefined ? {} : { practitionerId }),
});

/** As many as one append takes with room to spare: a page of a list names up to 200 patients. */
const fitting = (events: readonly NewEvent[]): readonly NewEvent[] => {
  let bytes = 0;
  const fit = events.filter(
    ({ data, metadata }) => (bytes += data.length + metadata.length) <= APPEND_LIMIT_BYTES / 2,
  );
  return fit.length === 0 ? events.slice(0, 1) : fit;
};

export class AccessRecorder implements Disclosures {
  readonly #parts: AccessRecorderParts;
  readonly #stream: StreamName = streamOf('access', randomUUID());
  readonly #limit: number;
  #queue: Waiting[] = [];
  #version = 0;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();
  readonly #backoff = new Backoff();

  constructor(parts: AccessRecorderParts) {
    this.#parts = parts;
    this.#limit = parts.queueLimit ?? QUEUE_LIMIT;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  record(disclosure: Disclosure): void {
    if (this.#queue.length >= this.#limit)
      throw new StoreUnavailable('access records cannot be kept at the moment');
    this.#queue.push({ at: this.#parts.clock.now().toISOString(), disclosure });
    if (this.#queue.length >= BATCH) this.#flushSoon(0);
    else this.#flushSoon(FLUSH_AFTER_MS);
  }

  /** Everything recorded before is stored when it resolves. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const drained = this.#flushing
      .then(() => this.#drain())
      .then(() => {
        this.#backoff.reset();
      });
    // One that failed must not fail the next.
    this.#flushing = drained.catch(() => undefined);
    await drained;
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
      // `already`: the first attempt's answer was lost; what it stored is a prefix of the queue.
      if (result.kind === 'conflict' || result.kind === 'idReused')
        throw new Error(`access stream ${result.kind}`);
      this.#queue = this.#queue.slice(result.version - this.#version);
      this.#version = result.version;
    }
  }

  #encode({ at, disclosure }: Waiting, commandId: string, index: number): Promise<NewEvent> {
    const { by, patientIds, resource, policy } = disclosure;
    const data: AccessEvent['data'] = {
      who: whoOf(by),
      patientIds: [...patientIds],
      resource,
      purpose: purposeOf(by),
      basis: policy,
    };
    return this.#parts.codec.encode({
      stream: this.#stream,
      version: this.#version + 1 + index,
      id: eventIdFrom(commandId, index),
      event: { type: 'PatientDataRead', data },
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
