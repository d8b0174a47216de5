/** A log, tables and hosts on one database of PostgreSQL; accounts are what is projected. */
import { randomUUID } from 'node:crypto';
import {
  idOf,
  streamOf,
  type Envelope,
  type EventStore,
  type Position,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import { appendPlain, decodePlain, postgresStore, testDatabase, type AccountEvent } from '@fascia/testkit';
import { partitionOf, storeDelivery, type Delivery } from '@fascia/delivery';
import { Pool } from 'pg';
import { ModelAdmin } from './model-admin.js';
import { ProjectionHost } from './projection-host.js';
import type { Reading } from './opening.js';
import { groupModel, readModel, type ReadModel } from './read-model.js';
import { READ_MIGRATIONS } from './read.migrations.js';

export interface AccountRow {
  readonly id: string;
  readonly alias: string | null;
  readonly balance: number;
  readonly payments: number;
}

const TYPES: readonly string[] = ['AccountOpened', 'MoneyPaidIn', 'AliasTaken', 'AccountClosed'];

/** A fold cannot take this amount until its code is mended. */
export const INDIGESTIBLE = 13;
/** For this amount not even the rows can be named. */
export const UNNAMEABLE = 666;

export interface Taste {
  readonly version?: number;
  /** Whether the code has been mended. */
  readonly mended?: () => boolean;
  readonly indexes?: readonly string[];
  readonly name?: string;
}

export const accountModel = ({
  version = 1,
  mended = () => false,
  indexes = ['(alias)'],
  name = 'account',
}: Taste = {}): ReadModel =>
  readModel<AccountRow, AccountEvent>({
    name,
    version,
    columns: { id: 'text', alias: 'text', balance: 'integer', payments: 'integer' },
    indexes,
    takes: ['AccountOpened', 'MoneyPaidIn', 'AliasTaken', 'AccountClosed'],
    rowsOf: (event) => {
      if (event.type === 'MoneyPaidIn' && event.data.amount === UNNAMEABLE && !mended())
        throw new RangeError('which row?');
      return [idOf(event.stream)];
    },
    fold: (row, event, id) => {
      if (event.type === 'AccountOpened')
        return { id, alias: event.data.alias ?? null, balance: 0, payments: 0 };
      if (row === undefined || event.type === 'AccountClosed') return undefined;
      if (event.type === 'AliasTaken') return { ...row, alias: event.data.alias };
      if (event.type !== 'MoneyPaidIn') return row;
      if (event.data.amount === INDIGESTIBLE && !mended()) throw new TypeError('cannot take it');
      return { ...row, balance: row.balance + event.data.amount, payments: row.payments + 1 };
    },
  });

export interface PaymentRow {
  readonly id: string;
  readonly account: string;
  readonly amount: number;
  readonly alias: string | null;
}

/** The payments of an account: an alias is for all that there are, a negative amount takes one back, closing takes all. */
export const paymentModel = (mended: () => boolean = () => false): ReadModel =>
  groupModel<PaymentRow, AccountEvent>({
    name: 'payment',
    version: 1,
    columns: { id: 'text', account: 'text', amount: 'integer', alias: 'text' },
    indexes: [],
    takes: ['MoneyPaidIn', 'AliasTaken', 'AccountClosed'],
    group: 'account',
    groupsOf: (event) => [event.stream],
    foldGroup: (rows, event, account) => {
      if (event.type === 'AccountClosed') return [];
      if (event.type === 'AliasTaken') return rows.map((row) => ({ ...row, alias: event.data.alias }));
      if (event.type !== 'MoneyPaidIn') return rows;
      const { amount } = event.data;
      if (amount === INDIGESTIBLE && !mended()) throw new TypeError('cannot take it');
      return amount < 0
        ? rows.filter((row) => row.amount !== -amount)
        : [...rows, { id: event.id, account, amount, alias: null }];
    },
  });

export class World {
  readonly logged: string[] = [];
  decode: (stored: StoredEvent) => Promise<Envelope> = decodePlain;
  /** Types that the code of a release does not know yet. */
  readonly unknown = new Set<string>();
  readonly reading: Reading = {
    decode: (stored) => this.decode(stored),
    isKnown: ({ type }) => !this.unknown.has(type),
    typesOf: () => TYPES.filter((type) => !this.unknown.has(type)),
  };
  readonly #hosts: ProjectionHost[] = [];

  private constructor(
    readonly pool: Pool,
    readonly store: EventStore,
    readonly connectionString: string,
    private readonly end: () => Promise<void>,
  ) {}

  static async make(): Promise<World> {
    const database = await testDatabase();
    const opened = await postgresStore(database.connectionString);
    const pool = new Pool({ connectionString: database.connectionString });
    pool.on('error', () => undefined);
    for (const sql of Object.values(READ_MIGRATIONS)) await pool.query(sql);
    return new World(pool, opened.store, database.connectionString, async () => {
      await opened.close();
      await pool.end();
      await database.drop();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.stop()));
    await this.end();
  }

  newHost(
    models: readonly ReadModel[] = [accountModel()],
    store: EventStore = this.store,
    delivery: Delivery = storeDelivery(store),
    { lookEveryMs = 2_000, longestStartMs = 30_000, isWatched = false } = {},
  ): ProjectionHost {
    const host = new ProjectionHost({
      lookEveryMs,
      projection: 'care',
      delivery,
      store,
      ...this.reading,
      pool: this.pool,
      models,
      longestStartMs,
      isWatched,
      log: (what) => {
        this.logged.push(what);
      },
    });
    this.#hosts.push(host);
    return host;
  }

  async started(
    models?: readonly ReadModel[],
    store?: EventStore,
    delivery?: Delivery,
  ): Promise<ProjectionHost> {
    const host = this.newHost(models, store, delivery);
    await host.start();
    return host;
  }

  admin(host: ProjectionHost, patienceMs = 10_000): ModelAdmin {
    const standing = async () => ({
      position: host.position,
      behind: (await this.store.head()).position - host.position,
      behindSeconds: null,
    });
    return new ModelAdmin({
      store: this.store,
      reading: this.reading,
      pool: this.pool,
      patienceMs,
      projections: [{ projection: 'care', models: host.models, standing, nudge: () => host.nudge() }],
    });
  }

  /** An account with these payments in it, in one append. */
  async account(...amounts: readonly number[]): Promise<StreamName> {
    const stream = streamOf('calendar', randomUUID());
    await appendPlain(this.store, stream, [
      { type: 'AccountOpened', data: { organizationId: 'bank' } },
      ...amounts.map((amount) => ({ type: 'MoneyPaidIn', data: { amount } })),
    ]);
    return stream;
  }

  pay(stream: StreamName, ...amounts: readonly number[]): Promise<Position> {
    return appendPlain(
      this.store,
      stream,
      amounts.map((amount) => ({ type: 'MoneyPaidIn', data: { amount } })),
    );
  }

  add(stream: StreamName, type: string, data: object = {}): Promise<Position> {
    return appendPlain(this.store, stream, [{ type, data }]);
  }

  async row(stream: StreamName, table = 'account'): Promise<AccountRow | undefined> {
    return (await this.pool.query<AccountRow>(`select * from read.${table} where id = $1`, [idOf(stream)]))
      .rows[0];
  }

  /** Positions of the slices, by partition. */
  async checkpoints(): Promise<readonly string[]> {
    return (
      await this.pool.query<{ position: string }>('select position::text from read.slice order by partition')
    ).rows.map(({ position }) => position);
  }

  async checkpoint(): Promise<string | undefined> {
    return (await this.checkpoints())[0];
  }

  async parked(): Promise<readonly { stream: string; from_version: number; error: string }[]> {
    return (
      await this.pool.query<{ stream: string; from_version: number; error: string }>(
        'select stream, from_version, error from read.parked order by stream',
      )
    ).rows;
  }

  /** Everything written so far is in the tables. */
  async settled(host: ProjectionHost, deadlineMs = 10_000): Promise<void> {
    const { position } = await this.store.head();
    if (!(await host.waitFor(position, deadlineMs)))
      throw new Error(`the tables did not reach ${String(position)}`);
  }

  /** While it lasts, the statement that changes a table (checkpoints are in `slice`) does this instead, in PL/pgSQL. */
  async whileWritesFail(table: 'slice' | 'account', how: string): Promise<() => Promise<void>> {
    await this.pool
      .query(`create function read.fail() returns trigger language plpgsql as $$ begin ${how}; return new; end $$;
      create trigger fail before update on read.${table} for each row execute function read.fail()`);
    return async () => {
      await this.pool.query(`drop trigger fail on read.${table}; drop function read.fail()`);
    };
  }
}

/** Deals the log out in slices as a broker would, the given ones of them to this process. */
export const cutDelivery = (
  store: EventStore,
  partitions: number,
  mine: readonly number[] = Array.from({ length: partitions }, (_, n) => n),
): Delivery => ({
  follow: async (_follower, follow) => {
    const stop = new AbortController();
    const cut = (partition: number) => ({
      partition,
      partitions,
      whole: partitions === 1,
      async *subscribe(after: Position, signal: AbortSignal) {
        for await (const batch of store.subscribe(after, signal)) {
          const own = batch.filter((event) => partitionOf(event, partitions) === partition);
          if (own.length > 0) yield own;
        }
      },
    });
    const running = mine.map((partition) => follow(cut(partition), stop.signal));
    return {
      stop: async () => {
        stop.abort();
        await Promise.all(running);
      },
    };
  },
});
