/** A server that only reads, as while another takes over (SQLSTATE 25006): unavailable, everywhere, and everything goes on afterwards. */
import { randomUUID } from 'node:crypto';
import { openClient } from '@fascia/event-store';
import { StoreUnavailable } from '@fascia/kernel';
import { newRequest, testDatabase, until, type TestDatabase } from '@fascia/testkit';
import { Running } from './running.world.js';

const JOURNEY_MS = 150_000;
const WITHIN_MS = 60_000;

let database: TestDatabase;
let running: Running;
beforeAll(async () => {
  database = await testDatabase();
  running = await Running.start({ environment: { DATABASE_URL: database.connectionString } });
}, JOURNEY_MS);
afterAll(async () => {
  await running.stop();
  await database.drop();
}, JOURNEY_MS);

/** For sessions that are begun from now on; those that are there end. */
const onlyReads = async (only: boolean): Promise<void> => {
  const client = openClient({ url: database.connectionString, purpose: 'spec' });
  await client.connect();
  const [{ name = '' } = {}] = (await client.query<{ name: string }>('select current_database() as name'))
    .rows;
  await client.query('set default_transaction_read_only = off');
  await client.query(`alter database ${name} set default_transaction_read_only = ${only ? 'on' : 'off'}`);
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
};

const PERSON = {
  birthDate: '1980-05',
  sexAtBirth: 'female',
  interpreter: false,
  language: 'en',
  telecom: [],
  address: [],
  identifiers: [],
  name: { family: 'Kept', given: ['Ada'], prefix: [] },
};

it(
  'answers 503 with Retry-After to what writes, and takes it afterwards',
  async () => {
    const { foundation } = running;
    const physician = running.as('physician-demo');
    const operator = running.as('operator-demo');
    await physician.send('GET', '/api/v1/referrals');
    await operator.send('GET', '/api/v1/admin/models');
    await onlyReads(true);
    await until(
      () =>
        running.rows('select 1').then(
          () => true,
          () => false,
        ),
      { deadlineMs: WITHIN_MS, message: 'connections to be made again' },
    );
    await expect(foundation.store.append(newRequest())).rejects.toThrow(StoreUnavailable);
    await expect(foundation.rows.query('create table anything (id int)')).rejects.toThrow(StoreUnavailable);
    const key = { 'idempotency-key': randomUUID() };
    for (const [person, path, body] of [
      [physician, '/api/v1/patients', PERSON],
      [operator, '/api/v1/admin/models/referral/rebuild', undefined],
      [operator, '/api/v1/admin/models/referral/retry', undefined],
      [operator, '/api/v1/admin/keys/rotate', undefined],
    ] as const) {
      const { status, headers } = await person.send('POST', path, body, key);
      expect([path, status, headers.has('retry-after')]).toEqual([path, 503, true]);
    }
    await onlyReads(false);
    expect((await physician.insists('POST', '/api/v1/patients', PERSON, key)).status).toBe(201);
    expect(await running.standingStill(WITHIN_MS)).toEqual([]);
  },
  JOURNEY_MS,
);
