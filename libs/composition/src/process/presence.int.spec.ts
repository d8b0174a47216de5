import { hostname } from 'node:os';
import { testRows, until, type TestRows } from '@fascia/testkit';
import { PRESENCE_SQL, sayPresent, whoIsPresent } from './presence.js';

/** No process has a number like this. */
const NOBODY = 2_000_000_000;

let database: TestRows;
let pool: TestRows['pool'];
let rows: TestRows['rows'];

beforeAll(async () => {
  database = await testRows(PRESENCE_SQL);
  ({ pool, rows } = database);
});
afterEach(() => pool.query('delete from presence.process'));
afterAll(() => database.close());

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
