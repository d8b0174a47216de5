/**
 * The event store on PostgreSQL: gathered appends through one SQL function, gapless positions.
 * Where a call is answered, the event is on disk; see {@link EventStore} for the promises.
 */
import type { AppendRequest, AppendResult, LogHead, Position, StoredEvent, StreamName } from '@fascia/kernel';
import type { Pool, QueryArrayConfig } from 'pg';
import { assertAppendable, assertPage, sizeOf } from '../appendable.js';
import type { LogTarget } from '../copy-log.js';
import { SharedReads } from '../shared-reads.js';
import { tail } from '../tail.js';
import type { TailOptions } from '../tail.js';
import { Wakeup } from '../wakeup.js';
import { AppendSender } from './append-sender.js';
import { openPool } from './connections.js';
import type { Patience } from './connections.js';
import { copyIntoLog } from './copy-into-log.js';
import { assertFormat } from './database-format.js';
import { unavailableOr } from './failures.js';
import { Gatherer } from './gatherer.js';
import type { Gathered } from './gatherer.js';
import { LOG_SCHEMA, logMigrations } from './log.migrations.js';
import { migrate } from './migrate.js';
import { assertSafeServer } from './server-check.js';
import {
  eventOf,
  HEAD_STATEMENT,
  readAllStatement,
  readAtStatement,
  readStreamStatement,
} from './statements.js';

export interface PostgresEventStoreOptions {
  /** A pool stays the caller's to end, made by {@link openPool}; from a connection string the store makes its own. */
  readonly database: Pool | string;
  /** What takes long is asked there; default: `database`, or connections of its own from a connection string. */
  readonly unhurried?: Pool;
  /** With the connections that the store makes itself. */
  readonly patience?: Patience;
  /** Whether to bring the schema `log` up to date first; default true. */
  readonly migrate?: boolean;
  /** Batches in flight, each on a connection of the pool; default 2. */
  readonly lanes?: number;
  /** Commands per batch; default 64. */
  readonly batchCommands?: number;
  /** Commands that may wait; default 4096, beyond which appends fail with {@link StoreUnavailable}. */
  readonly queueCommands?: number;
  /** How long a batch of unknown outcome is sent again; default 5 s. */
  readonly retryMs?: number;
  /** How often a subscription asks for what other processes appended; default 5 ms growing to 100 ms. */
  readonly poll?: NonNullable<TailOptions['poll']>;
  /** Events per batch of a subscription; default 500. */
  readonly subscriptionPage?: number;
}

const MIB = 1024 * 1024;
const CONNECTIONS = 10;
/** Several backlogged megabytes hold the head row no longer than a full batch of small commands. */
const BATCH_BYTES = 4 * MIB;
const QUEUE_BYTES = 64 * MIB;
const POLL = { shortestMs: 5, longestMs: 100 };

interface GatheredAppend extends Gathered {
  readonly request: AppendRequest;
}

/** A migration may take long, and so may waiting for the one of another process. */
const unhurriedly = async (
  { database, unhurried, patience }: PostgresEventStoreOptions,
  work: (pool: Pool) => Promise<unknown>,
): Promise<void> => {
  if (unhurried !== undefined) await work(unhurried);
  else if (typeof database !== 'string') await work(database);
  else {
    const own = openPool({ url: database, purpose: 'migration', patience, takesLong: true, connections: 2 });
    await work(own).finally(() => own.end());
  }
};

export class PostgresEventStore implements LogTarget {
  readonly contiguousPositions = true;
  readonly eventIds = 'log';
  readonly #pool: Pool;
  readonly #ownsPool: boolean;
  readonly #gatherer: Gatherer<GatheredAppend, AppendResult>;
  readonly #wakeup = new Wakeup();
  readonly #tail: TailOptions;
  readonly #shared: SharedReads;

  /** @throws UnsafeServer, OtherFormat, and whatever the driver says when the server cannot be reached. */
  static async open(options: PostgresEventStoreOptions): Promise<PostgresEventStore> {
    const store = new PostgresEventStore(options);
    try {
      await assertSafeServer(store.#pool);
      if (options.migrate ?? true)
        await unhurriedly(options, async (pool) => {
          await assertFormat(pool);
          await migrate(pool, { schema: LOG_SCHEMA, migrations: logMigrations });
        });
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  private constructor(options: PostgresEventStoreOptions) {
    this.#ownsPool = typeof options.database === 'string';
    this.#pool =
      typeof options.database === 'string'
        ? openPool({
            url: options.database,
            purpose: 'log',
            patience: options.patience,
            connections: CONNECTIONS,
          })
        : options.database;
    const sender = new AppendSender(this.#pool, { retryMs: options.retryMs ?? 5_000 });
    this.#gatherer = new Gatherer({
      send: (batch) => sender.send(batch.map((gathered) => gathered.request)),
      lanes: options.lanes ?? 2,
      batchCommands: options.batchCommands ?? 64,
      batchBytes: BATCH_BYTES,
      queueCommands: options.queueCommands ?? 4096,
      queueBytes: QUEUE_BYTES,
    });
    const poll = options.poll ?? POLL;
    this.#tail = { page: options.subscriptionPage ?? 500, poll };
    this.#shared = new SharedReads(
      (after, limit) => this.readAll(after, limit),
      this.#wakeup,
      poll.shortestMs,
    );
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    assertAppendable(request);
    const result = await this.#gatherer.submit({
      request,
      keys: [request.stream, request.commandId],
      bytes: sizeOf(request),
    });
    if (result.kind === 'appended') this.#wakeup.notify();
    return result;
  }

  async readStream(stream: StreamName, from: number, limit: number): Promise<readonly StoredEvent[]> {
    assertPage(limit);
    return (await this.#read(readStreamStatement(stream, from, limit))).map(eventOf);
  }

  async readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    assertPage(limit);
    return (await this.#read(readAllStatement(after, limit))).map(eventOf);
  }

  async readAt(position: Position): Promise<StoredEvent | undefined> {
    return (await this.#read(readAtStatement(position))).map(eventOf)[0];
  }

  subscribe(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    return tail((from, limit) => this.#shared.read(from, limit), this.#wakeup, this.#tail, { after, signal });
  }

  async head(): Promise<LogHead> {
    const [row] = await this.#read(HEAD_STATEMENT);
    const [position, epoch] = row as [string, string];
    return { position: BigInt(position), epoch };
  }

  async copyIn(events: readonly StoredEvent[], after: string | undefined): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      await copyIntoLog(client, events, after);
      await client.query('commit');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.#wakeup.notify();
  }

  /** Answers what was accepted, then lets go of the connections it made. */
  async close(): Promise<void> {
    await this.#gatherer.close();
    if (this.#ownsPool) await this.#pool.end();
  }

  async #read(statement: QueryArrayConfig): Promise<readonly unknown[][]> {
    try {
      return (await this.#pool.query<unknown[]>(statement)).rows;
    } catch (error) {
      throw unavailableOr(error);
    }
  }
}
