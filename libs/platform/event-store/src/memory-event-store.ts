/** The event store of tests and simulations: everything in one process, time from the injected clock. */
import {
  digestOf,
  type AppendRequest,
  type AppendResult,
  type Clock,
  type EventStore,
  type LogHead,
  type NewEvent,
  type Position,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import { assertAppendable, assertPage } from './appendable.js';
import { tail } from './tail.js';
import { Wakeup } from './wakeup.js';

export interface MemoryEventStoreOptions {
  readonly clock: Clock;
  readonly epoch?: string;
}

const SUBSCRIPTION_PAGE = 500;

export class MemoryEventStore implements EventStore {
  readonly contiguousPositions = true;
  readonly eventIds = 'log';
  readonly #clock: Clock;
  readonly #epoch: string;
  readonly #log: StoredEvent[] = [];
  readonly #streams = new Map<StreamName, StoredEvent[]>();
  /** The last event of each command, by stream and command id. */
  readonly #commands = new Map<string, StoredEvent>();
  readonly #ids = new Set<string>();
  readonly #wakeup = new Wakeup();

  constructor(options: MemoryEventStoreOptions) {
    this.#clock = options.clock;
    this.#epoch = options.epoch ?? 'memory';
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    assertAppendable(request);
    const earlier = this.#commands.get(`${request.stream} ${request.commandId}`);
    if (earlier !== undefined) {
      if (earlier.requestDigest !== request.requestDigest) return { kind: 'idReused' };
      return { kind: 'already', version: earlier.version, position: earlier.position };
    }
    const ids = new Set(request.events.map((event) => event.id));
    if (ids.size < request.events.length || [...ids].some((id) => this.#ids.has(id)))
      return { kind: 'idReused' };
    const actual = this.#streams.get(request.stream)?.length ?? 0;
    if (actual !== request.expectedVersion) return { kind: 'conflict', actual };
    const last = this.#store(request);
    this.#wakeup.notify();
    return { kind: 'appended', version: last.version, position: last.position };
  }

  async readStream(stream: StreamName, from: number, limit: number): Promise<readonly StoredEvent[]> {
    assertPage(limit);
    const first = Math.max(from, 1) - 1;
    return (this.#streams.get(stream) ?? []).slice(first, first + limit);
  }

  async readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    assertPage(limit);
    return this.#log.slice(Number(after), Number(after) + limit);
  }

  async readAt(position: Position): Promise<StoredEvent | undefined> {
    return this.#log[Number(position) - 1];
  }

  subscribe(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    const read = (from: Position, limit: number) => this.readAll(from, limit);
    return tail(read, this.#wakeup, { page: SUBSCRIPTION_PAGE }, { after, signal });
  }

  async head(): Promise<LogHead> {
    return { position: BigInt(this.#log.length), epoch: this.#epoch };
  }

  #store(request: AppendRequest): StoredEvent {
    const stream = this.#streams.get(request.stream) ?? [];
    this.#streams.set(request.stream, stream);
    const recordedAt = this.#now();
    const stored = request.events.map((event, index) => this.#stored(request, event, index, recordedAt));
    for (const event of stored) {
      this.#ids.add(event.id);
      stream.push(event);
      this.#log.push(event);
    }
    const last = stored.at(-1);
    if (last === undefined) throw new TypeError('not an append: there are no events');
    this.#commands.set(`${request.stream} ${request.commandId}`, last);
    return last;
  }

  #stored(request: AppendRequest, event: NewEvent, index: number, recordedAt: string): StoredEvent {
    return {
      position: BigInt(this.#log.length + index + 1),
      stream: request.stream,
      version: request.expectedVersion + index + 1,
      id: event.id,
      type: event.type,
      commandId: request.commandId,
      requestDigest: request.requestDigest,
      recordedAt,
      // Copies: a caller that reuses its buffer must not rewrite history.
      data: event.data.slice(),
      metadata: event.metadata.slice(),
      keyHash: event.keyHash,
      digest: digestOf(event.data, event.metadata).toString('hex'),
    };
  }

  #now(): string {
    const now = this.#clock.now().toISOString();
    const last = this.#log.at(-1)?.recordedAt ?? '';
    return now > last ? now : last;
  }
}
