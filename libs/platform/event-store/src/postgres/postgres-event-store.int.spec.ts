import { setTimeout as delay } from 'node:timers/promises';
import {
  eventStoreSuite,
  newRequest,
  sharedPostgres,
  startTestServer,
  testDatabase,
  until,
} from '@fascia/testkit';
import type { TestDatabase, TestServer } from '@fascia/testkit';
import { StoreUnavailable } from '@fascia/kernel';
import type { StoredEvent } from '@fascia/kernel';
import { Client, Pool } from 'pg';
import { PATIENCE, openPool } from './connections.js';
import { logMigrations } from './log.migrations.js';
import { migrate } from './migrate.js';
import { PostgresEventStore } from './postgres-event-store.js';
import { UnsafeServer } from './server-check.js';

const SERVER_MS = 150_000;
/** Kysely's. */
const MIGRATORS_LOCK = '3853314791062309107';

/** A server of its own: this one is killed. */
const crashable = async () => {
  const own: TestServer = await startTestServer();
  const store = await PostgresEventStore.open({ database: own.server.connectionString, retryMs: 30_000 });
  return {
    store,
    crash: async () => {
      const { pid } = own.server;
      process.kill(pid, 'SIGKILL');
      await until(() => own.server.ensureRunning().then(() => own.server.pid !== pid), {
        deadlineMs: 60_000,
        message: 'the server to run again',
      });
    },
    close: async () => {
      await store.close();
      await own.stop();
    },
  };
};

eventStoreSuite('PostgreSQL', crashable);

let database: TestDatabase;
const stores: PostgresEventStore[] = [];

const open = async (
  more: Partial<Parameters<typeof PostgresEventStore.open>[0]> = {},
): Promise<PostgresEventStore> => {
  const store = await PostgresEventStore.open({ database: database.connectionString, ...more });
  stores.push(store);
  return store;
};

const execute = async <R extends object>(text: string): Promise<readonly R[]> => {
  const client = new Client({ connectionString: database.connectionString });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  database = await testDatabase();
}, SERVER_MS);

afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
}, SERVER_MS);

describe('starting on a server', () => {
  it.each(['fsync', 'full_page_writes', 'synchronous_commit'])('refuses one with %s off', async (setting) => {
    const unsafe = {
      query: async () => ({ rows: [{ name: setting }] }),
      on: () => undefined,
      off: () => undefined,
    };
    await expect(PostgresEventStore.open({ database: unsafe as unknown as Pool })).rejects.toThrow(
      new RegExp(setting),
    );
  });

  it('asks the server itself', async () => {
    const pool = new Pool({
      connectionString: database.connectionString,
      options: '-c synchronous_commit=off',
    });
    await expect(PostgresEventStore.open({ database: pool })).rejects.toThrow(UnsafeServer);
    await pool.end();
  });

  it(
    'migrates once when several start together',
    async () => {
      const postgres = await sharedPostgres();
      const fresh = await postgres.createDatabase();
      const pools = Array.from({ length: 4 }, () => new Pool({ connectionString: fresh.connectionString }));
      const applied = await Promise.all(
        pools.map((pool) => migrate(pool, { schema: 'log', migrations: logMigrations })),
      );
      expect(applied.flat()).toEqual(['001-log']);
      await Promise.all(pools.map((pool) => pool.end()));
      await fresh.drop();
      await postgres.stop();
    },
    SERVER_MS,
  );

  it('migrates on one connection, also of a pool that uses none twice', async () => {
    const pool = openPool({
      url: database.connectionString,
      purpose: 'migration',
      takesLong: true,
      connections: 2,
    });
    const connected: unknown[] = [];
    pool.on('connect', (client) => connected.push(client));
    const first = { '001-first': 'create table one_connection.first (a int)' };
    expect(await migrate(pool, { schema: 'one_connection', migrations: first })).toEqual(['001-first']);
    // One more to ask what has been done already.
    expect(connected).toHaveLength(2);
    await pool.end();
  });

  it('waits for the migration of another process for longer than for an answer', async () => {
    const another = new Client({ connectionString: database.connectionString });
    await another.connect();
    await another.query(`select pg_advisory_lock(${MIGRATORS_LOCK})`);
    const patience = { ...PATIENCE, answerMs: 200 };
    const opening = open({ patience });
    await delay(1_000);
    await another.end();
    expect((await (await opening).head()).position).toBeGreaterThanOrEqual(0n);
  });

  it('starts on what a newer release has migrated, and leaves it as it is', async () => {
    const pool = new Pool({ connectionString: database.connectionString });
    const today = {
      '001-today': 'create schema if not exists releases; create table releases.today (a int)',
    };
    await migrate(pool, {
      schema: 'releases',
      migrations: { ...today, '002-tomorrow': 'create table releases.tomorrow (a int)' },
    });
    expect(await migrate(pool, { schema: 'releases', migrations: today })).toEqual([]);
    const { rows } = await pool.query<{ there: string | null }>(
      "select to_regclass('releases.tomorrow')::text as there",
    );
    expect(rows).toEqual([{ there: 'releases.tomorrow' }]);
    await pool.end();
  });

  it('rolls a failed migration back and names it', async () => {
    const pool = new Pool({ connectionString: database.connectionString });
    const migrations = {
      '001-fine': 'create table other.fine (a int)',
      '002-wrong': 'create table other.wrong (a no_such_type)',
    };
    await expect(migrate(pool, { schema: 'other', migrations })).rejects.toThrow('002-wrong');
    const { rows } = await pool.query<{ fine: unknown }>("select to_regclass('other.fine') as fine");
    expect(rows).toEqual([{ fine: null }]);
    await pool.end();
  });
});

describe('two processes on one database', () => {
  it(
    'share one gapless log, and each hears of the other',
    async () => {
      const [one, other] = [await open(), await open()];
      const { position: start } = await one.head();
      const stop = new AbortController();
      const heard: StoredEvent[] = [];
      const listening = (async () => {
        for await (const batch of one.subscribe(start, stop.signal)) heard.push(...batch);
      })();
      try {
        const results = await Promise.all(
          Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? one : other).append(newRequest())),
        );
        expect(results.every(({ kind }) => kind === 'appended')).toBe(true);
        await until(() => heard.length === 200, { message: 'every event heard' });
        expect(heard.map(({ position }) => position)).toEqual(
          heard.map((_, index) => start + BigInt(index) + 1n),
        );
        const late = await other.append(newRequest());
        await until(() => heard.length === 201, { message: 'an event of the other process heard when idle' });
        expect('position' in late && late.position).toBe(heard.at(-1)?.position);
      } finally {
        stop.abort();
        await listening;
      }
    },
    SERVER_MS,
  );
});

describe('the queue of appends', () => {
  it('is bounded: more than it holds is refused unsent', async () => {
    const store = await open({ queueCommands: 10, lanes: 1, batchCommands: 2 });
    const outcomes = await Promise.allSettled(Array.from({ length: 15 }, () => store.append(newRequest())));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBe(5);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(StoreUnavailable);
  });

  it('stores one command of a crowd per call when one of them is bad', async () => {
    const store = await open();
    // Passes every check of ours and none of the server's: a domain that PostgreSQL enforces by itself.
    await execute("alter table log.event add constraint no_bad_type check (type <> 'Bad')");
    const bad = newRequest();
    const crowd = Array.from({ length: 20 }, () => newRequest());
    const badRequest = { ...bad, events: bad.events.map((event) => ({ ...event, type: 'Bad' })) };
    const outcomes = await Promise.allSettled(
      [...crowd.slice(0, 10), badRequest, ...crowd.slice(10)].map((request) => store.append(request)),
    );
    expect(
      outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.kind === 'appended'),
    ).toHaveLength(20);
    expect(outcomes[10]?.status).toBe('rejected');
    await execute('alter table log.event drop constraint no_bad_type');
  });
});

describe('the log table', () => {
  it('uses indexes in the append even when it was planned on an empty table', async () => {
    const settings = await execute<{ proconfig: readonly string[] }>(
      "select proconfig from pg_proc where oid = 'log.append'::regproc",
    );
    expect(settings[0]?.proconfig).toContain('enable_seqscan=off');
  });

  it('takes the time from the server, never below the last one', async () => {
    const store = await open();
    await execute("update log.head set recorded_at = '2100-01-01T00:00:00.123Z'");
    const request = newRequest();
    await store.append(request);
    const [event] = await store.readStream(request.stream, 1, 1);
    expect(event?.recordedAt).toBe('2100-01-01T00:00:00.123Z');
  });

  it(
    'names each database of a server as a log of its own',
    async () => {
      const postgres = await sharedPostgres();
      const second = await postgres.createDatabase();
      const elsewhere = await PostgresEventStore.open({ database: second.connectionString });
      expect((await elsewhere.head()).epoch).not.toBe((await (await open()).head()).epoch);
      await elsewhere.close();
      await second.drop();
      await postgres.stop();
    },
    SERVER_MS,
  );
});
