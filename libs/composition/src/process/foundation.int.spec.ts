import { setTimeout as delay } from 'node:timers/promises';
import { testRows } from '@fascia/testkit';
import { sentenceOf } from './cannot-start.js';
import { AMONG_OTHERS, openFoundation } from './foundation.js';
import { loggerFor } from './process.js';
import { settingsFrom } from './settings.js';

describe('data of another format', () => {
  it.each([
    ['that was not told yet', 'create schema log', 'format 1'],
    ['of the future', 'create schema fascia; create table fascia.format as select 3 as number', 'format 3'],
  ])('%s are left alone, with a sentence that says what to do', async (_which, made, said) => {
    const old = await testRows(made);
    const settings = settingsFrom({ DATABASE_URL: old.connectionString, FASCIA_LOG: 'silent' });
    const opening = openFoundation(settings, loggerFor(settings), {
      poll: AMONG_OTHERS,
      say: () => undefined,
    });
    const error: unknown = await opening.catch((thrown: unknown) => thrown);
    expect(sentenceOf(error)).toContain(said);
    expect(sentenceOf(error)).toMatch(/FASCIA_DATA_DIR aside/);
    expect(await old.rows.query("select 1 where to_regclass('log.event') is not null")).toEqual([]);
    await old.close();
  });
});

/** Of Kysely's migrator. */
const MIGRATORS_LOCK = '3853314791062309107';

it('a process that starts waits for the migration of another one for longer than for an answer', async () => {
  const database = await testRows();
  const settings = settingsFrom({
    DATABASE_URL: database.connectionString,
    DATABASE_ANSWER_SECONDS: '1',
    FASCIA_KEYS: `one:${Buffer.alloc(32, 7).toString('base64url')}`,
    FASCIA_LOG: 'silent',
  });
  const another = await database.pool.connect();
  await another.query(`select pg_advisory_lock(${MIGRATORS_LOCK})`);
  const opening = openFoundation(settings, loggerFor(settings), {
    poll: AMONG_OTHERS,
    say: () => undefined,
  });
  await delay(2_000);
  another.release(true);
  const foundation = await opening;
  expect(await foundation.store.readAll(0n, 1)).toEqual([]);
  await foundation.stop();
  await database.close();
});
