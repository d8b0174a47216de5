/** Every event store that a spec of the machinery runs on, and one that fails when told to. */
import { MemoryEventStore, openEventStoreDb, PATIENCE, PostgresEventStore } from '@fascia/event-store';
import {
  OutcomeUnknown,
  StoreUnavailable,
  type AppendRequest,
  type AppendResult,
  type Clock,
  type EventStore,
  type LogHead,
  type Position,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import { startTestEventStoreDb } from '../eventstoredb/start-event-store-db.js';
import { testDatabase } from '../postgres/shared-postgres.js';

export interface OpenStore {
  readonly store: EventStore;
  close(): Promise<void>;
}

/** A clock that stands still until it is moved. */
export class SetClock implements Clock {
  #now: number;

  constructor(at = '2026-04-01T09:00:00.000Z') {
    this.#now = Date.parse(at);
  }

  now(): Date {
    return new Date(this.#now);
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

export const memoryStore = (epoch = 'memory'): EventStore =>
  new MemoryEventStore({ clock: new SetClock(), epoch });

/** On a database of its own, or on the one given (then its log may hold something already). */
export const postgresStore = async (connectionString?: string): Promise<OpenStore> => {
  const database = connectionString === undefined ? await testDatabase() : undefined;
  const store = await PostgresEventStore.open({
    database: connectionString ?? database?.connectionString ?? '',
    // A start of the product tries again; a spec would fail because its machine is busy.
    patience: { ...PATIENCE, connectMs: 60_000, answerMs: 60_000 },
  });
  return {
    store,
    close: async () => {
      await store.close();
      await database?.drop();
    },
  };
};

/** On a server of its own. */
const eventStoreDb = async (): Promise<OpenStore> => {
  const server = await startTestEventStoreDb();
  const store = await openEventStoreDb({ connectionString: server.connectionString });
  return {
    store,
    close: async () => {
      await store.close();
      await server.stop();
    },
  };
};

export const STORES: readonly { readonly name: string; open(): Promise<OpenStore> }[] = [
  { name: 'memory', open: () => Promise.resolve({ store: memoryStore(), close: () => Promise.resolve() }) },
  { name: 'PostgreSQL', open: () => postgresStore() },
  { name: 'EventStoreDB', open: eventStoreDb },
];

/** Where an append breaks: nothing stored, or stored and the answer lost. */
export type Breakage = 'before' | 'after';

/** Passes everything on; an append breaks where the plan says so. */
export class FlakyStore implements EventStore {
  #inner: EventStore;
  #plan: (append: number, request: AppendRequest) => Breakage | undefined = () => undefined;
  /** Appends asked for so far. */
  appends = 0;

  constructor(inner: EventStore) {
    this.#inner = inner;
  }

  /** Another log is put in its place, under whoever uses it. */
  become(inner: EventStore): void {
    this.#inner = inner;
  }

  get contiguousPositions(): boolean {
    return this.#inner.contiguousPositions;
  }

  get eventIds(): EventStore['eventIds'] {
    return this.#inner.eventIds;
  }

  /** @param plan by the number of the append, from 1 */
  breakOn(plan: (append: number, request: AppendRequest) => Breakage | undefined): void {
    this.appends = 0;
    this.#plan = plan;
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    this.appends += 1;
    const breakage = this.#plan(this.appends, request);
    if (breakage === 'before') throw new StoreUnavailable('broken before storing, as planned');
    const result = await this.#inner.append(request);
    if (breakage === 'after') throw new OutcomeUnknown('broken after storing, as planned');
    return result;
  }

  readStream(stream: StreamName, from: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.#inner.readStream(stream, from, limit);
  }

  readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    return this.#inner.readAll(after, limit);
  }

  readAt(position: Position): Promise<StoredEvent | undefined> {
    return this.#inner.readAt(position);
  }

  subscribe(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    return this.#inner.subscribe(after, signal);
  }

  head(): Promise<LogHead> {
    return this.#inner.head();
  }
}

/** A store whose records bear the time of a clock that a spec moves, whatever the store beneath makes of time. */
export class TimedStore extends FlakyStore {
  readonly #times = new Map<string, string>();

  constructor(
    inner: EventStore,
    private readonly clock: Clock,
  ) {
    super(inner);
  }

  override async append(request: AppendRequest): Promise<AppendResult> {
    const result = await super.append(request);
    if (result.kind === 'appended')
      this.#times.set(`${request.stream} ${request.commandId}`, this.clock.now().toISOString());
    return result;
  }

  override async readStream(...asked: Parameters<EventStore['readStream']>): Promise<readonly StoredEvent[]> {
    return (await super.readStream(...asked)).map((event) => this.#timed(event));
  }

  override async readAt(position: Position): Promise<StoredEvent | undefined> {
    const event = await super.readAt(position);
    return event && this.#timed(event);
  }

  #timed(event: StoredEvent): StoredEvent {
    const recordedAt = this.#times.get(`${event.stream} ${event.commandId}`) ?? event.recordedAt;
    return { ...event, recordedAt };
  }
}
