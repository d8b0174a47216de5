/** A table that the code no longer fits, or whose indexes changed: noticed by itself. */
import { randomBytes } from 'node:crypto';
import { accountModel, World } from './projection-host.spec-data.js';
import { fingerprintOf, readModel, type ReadModel } from './read-model.js';

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => world.close());

const plain = accountModel();

/** The same under the same name, with a column more. */
const wider = (version: number): ReadModel =>
  readModel({
    ...accountModel({ version }),
    columns: { ...plain.columns, note: 'text' } as ReadModel['columns'],
    rowsOf: ({ stream }) => [stream.slice('calendar-'.length)],
    fold: (row, event, id) => ({ alias: null, balance: 0, payments: 0, ...row, id, note: event.type }),
  });

const generation = async () =>
  (await world.pool.query('select version, fingerprint, generation from read.model')).rows[0] as object;

describe('the fingerprint of a table', () => {
  it('is of names and types of columns, in any order', () => {
    const of = (columns: object) => fingerprintOf({ columns: columns as ReadModel['columns'] });
    expect(of({ id: 'text', n: 'integer' })).toBe(of({ n: 'integer', id: 'text' }));
    const others = [{ id: 'text' }, { id: 'text', n: 'numeric' }, { id: 'text', m: 'integer' }];
    for (const other of others) expect(of(other)).not.toBe(of({ id: 'text', n: 'integer' }));
  });
});

describe('a table of other columns', () => {
  it('is rebuilt though nobody raised the version, and that is said', async () => {
    const first = await world.started();
    const stream = await world.account(1);
    await world.settled(first);
    await first.stop();
    const host = await world.started([wider(1)]);
    expect(await world.row(stream)).toMatchObject({ note: 'MoneyPaidIn' });
    await world.pay(stream, 2);
    await world.settled(host);
    expect(await generation()).toMatchObject({ version: 1, fingerprint: fingerprintOf(wider(1)) });
    expect(world.logged).toContain(
      'columns of a read model changed and its version was not raised: it is rebuilt',
    );
  });

  it('that a later version made is left alone, and what is taken beside it is not held up', async () => {
    const later = await world.started([wider(2)]);
    const stream = await world.account(1);
    await world.settled(later);
    await later.stop();
    const before = await generation();
    const host = await world.started([plain, accountModel({ name: 'other' })]);
    await world.pay(stream, 2);
    await world.settled(host);
    expect(await generation()).toEqual(before);
    expect(await world.row(stream)).toMatchObject({ note: 'MoneyPaidIn', payments: 0 });
    expect(await world.row(stream, 'other')).toMatchObject({ payments: 2 });
  });
});

describe('an index', () => {
  const indexed = async (): Promise<readonly string[]> =>
    (
      await world.pool.query<{ on: string }>(
        `select substring(indexdef from 'USING (.*)$') as on from pg_indexes where schemaname = 'read' and tablename = 'account' order by 1`,
      )
    ).rows.map((row) => row.on);

  it('that the table lacks is built beside, one that is not wanted goes, and nothing is rebuilt', async () => {
    const first = await world.started();
    const stream = await world.account(1);
    await world.settled(first);
    await first.stop();
    const before = await generation();
    expect(await indexed()).toEqual(['btree (alias)', 'btree (id)']);
    const other = accountModel({ indexes: ['(balance, id)', 'using hash (alias)'] });
    const host = await world.started([other]);
    expect(await indexed()).toEqual(['btree (balance, id)', 'btree (id)', 'hash (alias)']);
    expect(await generation()).toEqual(before);
    await world.pay(stream, 2);
    await world.settled(host);
    await world.admin(host).rebuild(other);
    expect(await indexed()).toEqual(['btree (balance, id)', 'btree (id)', 'hash (alias)']);
  });

  it('that cannot be made is said, and the table goes on without it', async () => {
    const first = await world.started([accountModel({ indexes: [] })]);
    const stream = await world.account(1);
    await world.add(stream, 'AliasTaken', { alias: randomBytes(4_000).toString('hex') });
    await world.settled(first);
    await first.stop();
    const host = await world.started([plain]);
    await world.pay(stream, 2);
    await world.settled(host);
    expect(world.logged).toContain('an index could not be changed');
    // The row that is too long is not refused by an index that is not there.
    expect(await world.row(stream)).toMatchObject({ payments: 2 });
  });
});
