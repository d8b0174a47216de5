import { hostname } from 'node:os';
import type { Rows } from '@fascia/kernel';
import { testDatabase, until, type TestDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import { PRESENCE_SQL, sayPresent, whoIsPresent } from './presence.js';

/** No process has a number like this. */
const NOBODY = 2_000_000_000;

let database: TestDatabase;
let pool: Pool;
let rows: Rows;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.connectionString });
  rows = {
    query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<T>(text, [...values])).rows,
  };
  await pool.query(PRESENCE_SQL);
});
afterEach(() => pool.query('delete from presence.process'));
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const wasHere = (name: string, host: string, pid: number) =>
  pool.query(
    `insert into presence.process (id, name, host, pid, doing) values (gen_random_uuid(), $1, $2, $3, '{}')`,
    [name, host, pid],
  );

const names = async () => (await whoIsPresent(rows)).map(({ name }) => name);

describe('a process that starts', () => {
  const started = async () => {
    const presence = sayPresent(
      rows,
      'relay',
      () => ({ leads: true }),
      () => undefined,
    );
    await until(async () => (await names()).includes('relay'), {
      message: 'the relay to say that it is there',
    });
    return presence;
  };

  it('is there, and says goodbye', async () => {
    const presence = await started();
    expect(await whoIsPresent(rows)).toMatchObject([
      { name: 'relay', pid: process.pid, present: true, doing: { leads: true } },
    ]);
    await presence.stop();
    expect(await names()).toEqual([]);
  });

  it('forgets who was killed on this machine, and nobody else', async () => {
    await wasHere('killed', hostname(), NOBODY);
    await wasHere('its own number before', hostname(), process.pid);
    await wasHere('alive', hostname(), process.ppid);
    await wasHere('elsewhere', 'another-machine', NOBODY);
    const presence = await started();
    expect(await names()).toEqual(['alive', 'elsewhere', 'relay']);
    await presence.stop();
  });
});
