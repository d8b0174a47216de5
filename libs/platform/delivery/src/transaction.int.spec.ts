import { testRows, type TestRows } from '@fascia/testkit';
import { inTransaction } from './transaction.js';

let database: TestRows;

beforeAll(async () => {
  database = await testRows('create table note (id int)');
});
afterAll(() => database.close());

it('a connection to a server that only reads is not used again: the next may lead to the one that took over', async () => {
  const { pool } = database;
  const note = () => inTransaction(pool, (client) => client.query('insert into note values (1)'));
  const held = await pool.connect();
  // As a standby is: for as long as this session lasts.
  await held.query('set session characteristics as transaction read only');
  held.release();
  await expect(note()).rejects.toMatchObject({ code: '25006' });
  expect((await note()).rowCount).toBe(1);
});
