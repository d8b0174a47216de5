/** A server that ends the sessions of a process. Runs the built packages. */
import { testDatabase, type TestDatabase } from '@fascia/testkit';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const KILLED = `
  const { openClient, openPool } = await import('@fascia/event-store');
  const { Pool } = (await import('pg')).default;
  const url = process.env.URL;
  const careless = process.env.CARELESS === 'yes';
  const pool = careless ? new Pool({ connectionString: url }) : openPool({ url, purpose: 'killed', connections: 4 });
  const other = openClient({ url, purpose: 'killer' });
  await other.connect();
  const listening = await pool.connect();
  await listening.query('listen something');
  const leading = await pool.connect();
  await leading.query('select pg_advisory_lock(1)');
  const working = await pool.connect();
  await working.query('begin');
  const idle = await pool.connect();
  await idle.query('select 1');
  idle.release();
  const gone = Promise.all([listening, leading, working, idle].map((client) => new Promise((end) => client.once('end', end))));
  await other.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
  await gone;
  for (const client of [listening, leading, working]) client.release(true);
  await pool.query('select 1');
  process.stdout.write('lives');
  process.exit(0);
`;

/** @returns what it said before it ended */
const wordsOf = async (environment: Readonly<Record<string, string>>): Promise<string> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', KILLED], {
    cwd: import.meta.dirname,
    env: { ...process.env, URL: database.connectionString, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let words = '';
  child.stdout.on('data', (bytes: Buffer) => (words += bytes.toString()));
  await once(child, 'close');
  return words;
};

describe('a server that ends its sessions', () => {
  it('ends no process that listens, leads, is in a transaction or idle', async () => {
    expect(await wordsOf({})).toBe('lives');
  });

  it('ends one that does not hear it', async () => {
    expect(await wordsOf({ CARELESS: 'yes' })).toBe('');
  });
});
