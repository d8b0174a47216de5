/** A row that the database refuses, and an event that cannot be opened: one stream's trouble, in one model. */
import { randomBytes } from 'node:crypto';
import { StoreUnavailable, idOf, type StoredEvent, type StreamName } from '@fascia/kernel';
import { appendPlain, decodePlain, until, type AccountEvent } from '@fascia/testkit';
import { accountModel, World } from './projection-host.spec-data.js';
import { readModel, type ReadModel } from './read-model.js';

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => world.close());

interface FussyRow {
  readonly id: string;
  readonly alias: string;
  readonly balance: number;
}

/** Keeps what it is told as it is told: aliases that an index refuses, amounts that a column does not take. */
const fussyModel = (name = 'fussy'): ReadModel =>
  readModel<FussyRow, AccountEvent>({
    name,
    version: 1,
    columns: { id: 'text', alias: 'text', balance: 'integer' },
    indexes: ['(alias)'],
    takes: ['AccountOpened', 'MoneyPaidIn', 'AliasTaken'],
    rowsOf: (event) => [idOf(event.stream)],
    fold: (row, event, id) => {
      if (event.type === 'AccountOpened') return { id, alias: '', balance: 0 };
      if (row === undefined || event.type === 'AccountClosed') return undefined;
      if (event.type === 'AliasTaken') return { ...row, alias: event.data.alias };
      if (event.type !== 'MoneyPaidIn') return row;
      // A fold that loses the id of its row.
      if (event.data.amount === 23) return { ...row, id: null } as unknown as FussyRow;
      return { ...row, balance: row.balance + event.data.amount };
    },
  });

/** What an index cannot make shorter. */
const LONG = randomBytes(4_000).toString('hex');

const REFUSED = [
  {
    what: 'an index does not take',
    type: 'AliasTaken',
    data: { alias: LONG },
    error: /^DatabaseError 54000 fussy\w*$/,
  },
  {
    what: 'no text of PostgreSQL may hold',
    type: 'AliasTaken',
    data: { alias: 'a\u0000b' },
    error: /^DatabaseError 22P05$/,
  },
  {
    what: 'a column does not take',
    type: 'MoneyPaidIn',
    data: { amount: 2 ** 40 },
    error: /^DatabaseError 22003$/,
  },
  { what: 'has no id', type: 'MoneyPaidIn', data: { amount: 23 }, error: /^DatabaseError 23502 id$/ },
] as const;

const balanceOf = async (stream: StreamName, table = 'fussy'): Promise<number | undefined> =>
  (
    await world.pool.query<{ balance: number }>(`select balance from read.${table} where id = $1`, [
      idOf(stream),
    ])
  ).rows[0]?.balance;

describe.each(REFUSED)('a row that $what', ({ type, data, error }) => {
  it.each(['following', 'catching up', 'being built again'])(
    'parks its stream while %s; others go on, and other models have all of it',
    async (when) => {
      const models = [fussyModel(), accountModel({ name: 'other' })];
      const host = when === 'catching up' ? world.newHost(models) : await world.started(models);
      const bad = await world.account(1, 2);
      await world.add(bad, type, data);
      await world.pay(bad, 4);
      const good = await Promise.all(Array.from({ length: 20 }, () => world.account(8)));
      if (when === 'catching up') await host.start();
      await world.settled(host);
      if (when === 'being built again') expect(await world.admin(host).rebuild(fussyModel())).toBe(true);
      expect(await balanceOf(bad)).toBe(3);
      for (const stream of good) expect(await balanceOf(stream)).toBe(8);
      expect(await world.parked()).toContainEqual({
        stream: bad,
        from_version: 4,
        error: expect.stringMatching(error) as unknown,
      });
      // The last payment, too, where the amount fits.
      if (type === 'AliasTaken') expect((await world.row(good[0] as StreamName, 'other'))?.payments).toBe(1);
      expect([...host.parkedStreams('fussy')]).toEqual([bad]);
      expect(await world.admin(host).verify(fussyModel())).toMatchObject({ same: true });
    },
  );

  it('is refused again by a retry, and the slice goes on', async () => {
    const host = await world.started([fussyModel()]);
    const bad = await world.account(1);
    await world.add(bad, type, data);
    await world.settled(host);
    expect(await world.admin(host).retry(fussyModel())).toEqual([bad]);
    const good = await world.account(8);
    await world.settled(host);
    expect(await balanceOf(good)).toBe(8);
    expect(await world.parked()).toMatchObject([{ stream: bad, from_version: 3 }]);
  });
});

describe('an event that cannot be opened', () => {
  class Sealed extends Error {
    override readonly name = 'Sealed';
  }

  /** @param broken the streams whose second payment does not open */
  const failing = (error: () => Error, broken: ReadonlySet<string>) => async (stored: StoredEvent) => {
    if (broken.has(stored.stream) && stored.version === 3) throw error();
    return decodePlain(stored);
  };

  it.each(['following', 'catching up'])(
    'parks its stream in every model that takes it while %s',
    async (when) => {
      const models = [fussyModel(), accountModel()];
      const broken = new Set<string>();
      world.decode = failing(() => new Sealed('of Kim'), broken);
      const host = when === 'catching up' ? world.newHost(models) : await world.started(models);
      const bad = await world.account();
      broken.add(bad);
      await world.pay(bad, 1, 2, 4);
      const good = await world.account(8);
      if (when === 'catching up') await host.start();
      await world.settled(host);
      expect([await balanceOf(bad), await balanceOf(bad, 'account')]).toEqual([1, 1]);
      expect([await balanceOf(good), await balanceOf(good, 'account')]).toEqual([8, 8]);
      expect(await world.parked()).toEqual([
        { stream: bad, from_version: 3, error: 'Sealed' },
        { stream: bad, from_version: 3, error: 'Sealed' },
      ]);
      const admin = world.admin(host);
      expect(await admin.verify(fussyModel())).toMatchObject({ same: true });
      expect(await admin.retry(fussyModel())).toEqual([bad]);
      broken.clear();
      expect(await admin.retry(fussyModel())).toEqual([]);
      expect(await balanceOf(bad)).toBe(7);
    },
  );

  it('is tried for some seconds when nobody knows the error', async () => {
    const broken = new Set<string>();
    world.decode = failing(() => new Error('of Kim'), broken);
    const host = await world.started([fussyModel()]);
    const bad = await world.account();
    broken.add(bad);
    await world.pay(bad, 1, 2);
    await world.settled(host, 20_000);
    expect(await world.parked()).toEqual([{ stream: bad, from_version: 3, error: 'Error' }]);
  });

  it.each([
    ['the store is away', () => new StoreUnavailable('away')],
    ['the database of the keys is away', () => Object.assign(new Error('x'), { code: '57P01' })],
    ['nothing listens', () => Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })],
  ])('is waited for while %s', async (_what, error) => {
    const broken = new Set<string>();
    world.decode = failing(error, broken);
    const host = await world.started([fussyModel()]);
    const bad = await world.account();
    broken.add(bad);
    await world.pay(bad, 1, 2);
    await until(() => world.logged.filter((what) => what.startsWith('projection stopped')).length > 5, {
      message: 'the slice to try more often than it tries what it does not know',
      deadlineMs: 60_000,
    });
    broken.clear();
    await world.settled(host);
    expect(await world.parked()).toEqual([]);
    expect(await balanceOf(bad)).toBe(3);
  });
});

describe('a parked stream', () => {
  it('says whose health data it is', async () => {
    const host = await world.started([fussyModel()]);
    const patientId = '0d0f4cb6-9a54-4d0c-8b1c-8d8f3a2f9a11';
    const [theirs, nobodys] = [await world.account(), await world.account(23)];
    await appendPlain(world.store, theirs, [{ type: 'MoneyPaidIn', data: { amount: 2 ** 40 } }], {
      patientId,
    });
    await world.settled(host);
    const { rows } = await world.pool.query(
      'select stream, patient_id, held from read.parked order by from_version desc, patient_id',
    );
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining([
        { stream: theirs, patient_id: patientId, held: true },
        { stream: nobodys, patient_id: null, held: true },
      ]),
    );
  });

  it('of many events is taken again by pages', async () => {
    const broken = { is: true };
    world.decode = async (stored) => {
      if (broken.is && stored.version === 2) throw new TypeError('x');
      return decodePlain(stored);
    };
    const host = await world.started([fussyModel()]);
    const stream = await world.account();
    await world.pay(stream, ...Array.from({ length: 2_100 }, () => 1));
    await world.settled(host);
    expect(await balanceOf(stream)).toBe(0);
    broken.is = false;
    expect(await world.admin(host).retry(fussyModel())).toEqual([]);
    expect(await balanceOf(stream)).toBe(2_100);
  });
});
