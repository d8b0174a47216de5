/** Turning the master key over takes as long as there are people's keys, and is one process's at a time for as long. */
import { setTimeout as delay } from 'node:timers/promises';
import { openPool, PATIENCE } from '@fascia/event-store';
import type { Actor, Rows } from '@fascia/kernel';
import { masterKeys, SUBJECT_KEY_SQL } from '@fascia/sealing';
import { testRows, type TestRows } from '@fascia/testkit';
import { accessPolicy } from '../contexts.js';
import { KeyOperations } from './key-operations.js';

const OPERATOR: Actor = { sub: 'op', role: 'operator' };
const IDLE_MS = 300;

let database: TestRows;

beforeAll(async () => {
  database = await testRows(SUBJECT_KEY_SQL);
});
afterAll(() => database.close());

it('is held by who does it for longer than a transaction may lie idle elsewhere', async () => {
  const unhurried = openPool({
    url: database.connectionString,
    purpose: 'spec',
    patience: { ...PATIENCE, idleMs: IDLE_MS },
    takesLong: true,
    connections: 2,
  });
  let [atOnce, most] = [0, 0];
  const rows: Rows = {
    query: async (text, values) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await delay(3 * IDLE_MS);
      atOnce -= 1;
      return database.rows.query(text, values);
    },
  };
  const masters = masterKeys({ keys: `one:${Buffer.alloc(32, 7).toString('base64url')}`, dataDir: '.' });
  const operations = new KeyOperations({ unhurried, rows, masters, policy: accessPolicy() });
  const turned = { made: false, current: 'one', rewrapped: 0, damaged: 0 };
  expect(await Promise.all([operations.rotate(OPERATOR), operations.rotate(OPERATOR)])).toEqual([
    turned,
    turned,
  ]);
  expect(most).toBe(1);
  await unhurried.end();
});
