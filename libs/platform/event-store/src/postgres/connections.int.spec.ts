/** Connections that hang or go silent. */
import { proxied, TcpProxy, testDatabase, until } from '@fascia/testkit';
import type { TestDatabase } from '@fascia/testkit';
import type { Pool } from 'pg';
import { openClient, openPool } from './connections.js';
import type { Patience } from './connections.js';

/** Shorter than the product's, and longer than a busy machine takes for what does come. */
const IMPATIENT: Patience = { connectMs: 8_000, answerMs: 5_000, idleMs: 8_000, longMs: 60_000 };
/** What a busy machine may add. */
const AT_MOST_MS = 30_000;

let database: TestDatabase;
let proxy: TcpProxy;
let pool: Pool;
const ends: (() => Promise<unknown>)[] = [];

const poolOf = (url: string, more: Partial<Parameters<typeof openPool>[0]> = {}): Pool => {
  const opened = openPool({ url, purpose: 'spec', patience: IMPATIENT, connections: 4, ...more });
  ends.push(() => opened.end());
  return opened;
};

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  proxy = await TcpProxy.listen();
  pool = poolOf(proxied(proxy, database.connectionString));
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await proxy.close();
});
afterAll(() => database.drop());

/** @returns what it was told, in no more time than that */
const toldInTime = async (asking: Promise<unknown>): Promise<string> => {
  const begun = performance.now();
  const told = await asking.then(
    () => 'an answer',
    (error: unknown) => (error as Error).message,
  );
  expect(performance.now() - begun).toBeLessThan(AT_MOST_MS);
  return told;
};

describe('a connection that went silent', () => {
  it('is given up by who asks over it, and the next one is another', async () => {
    await pool.query('select 1');
    proxy.silence();
    expect(await toldInTime(pool.query('select 1'))).toBe('Query read timeout');
    expect((await pool.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
  });

  it('in a transaction leaves no rows locked behind it', async () => {
    const direct = poolOf(database.connectionString);
    await direct.query('create table held (id int); insert into held values (1)');
    const client = await pool.connect();
    await client.query('begin');
    await client.query('update held set id = 2');
    proxy.silence();
    await until(
      () =>
        direct.query('update held set id = 3').then(
          () => true,
          () => false,
        ),
      { deadlineMs: AT_MOST_MS, message: 'the server to end the session that is idle in a transaction' },
    );
    expect(await toldInTime(client.query('commit'))).toBe('Query read timeout');
    client.release(true);
  });

  it('is given up while it is being made', async () => {
    proxy.onAnswer = () => 'drop';
    expect(await toldInTime(pool.query('select 1'))).toMatch(/timeout/);
    proxy.onAnswer = () => 'pass';
    expect((await pool.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
  });

  it('is waited for as long as the statement may take', async () => {
    const slow = poolOf(database.connectionString, { takesLong: true });
    expect((await slow.query('select pg_sleep(7)')).rowCount).toBe(1);
    await expect(poolOf(database.connectionString).query('select pg_sleep(30)')).rejects.toMatchObject({
      code: '57014',
    });
  });
});

describe('a pool', () => {
  it('tells who waits for a connection that others hold', async () => {
    const small = poolOf(database.connectionString, { connections: 1 });
    const held = await small.connect();
    expect(await toldInTime(small.query('select 1'))).toBe('timeout exceeded when trying to connect');
    held.release();
    expect(await toldInTime(small.query('select 1'))).toBe('an answer');
  });

  it('says of a lock that it was a lock', async () => {
    const direct = poolOf(database.connectionString);
    const holder = await direct.connect();
    await holder.query('begin; select pg_advisory_xact_lock(7)');
    await expect(direct.query('select pg_advisory_xact_lock(7)')).rejects.toMatchObject({ code: '55P03' });
    await holder.query('rollback');
    holder.release();
  });

  it('shows the server what it is for', async () => {
    const client = openClient({ url: database.connectionString, purpose: 'spec of names' });
    await client.connect();
    expect((await client.query("select current_setting('application_name') as name")).rows).toEqual([
      { name: 'fascia spec of names' },
    ]);
    await client.end();
  });
});
