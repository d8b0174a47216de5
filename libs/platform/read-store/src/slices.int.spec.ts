import type { EventStore } from '@fascia/kernel';
import { until } from '@fascia/testkit';
import { accountModel, cutDelivery, INDIGESTIBLE, World } from './projection-host.spec-data.js';
import type { ProjectionHost } from './projection-host.js';

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => world.close());

const SLICES = 4;
const model = accountModel();

const started = (slices: number, mine?: readonly number[], models = [model]): Promise<ProjectionHost> =>
  world.started(models, world.store, cutDelivery(world.store, slices, mine));

/** Accounts enough that every slice has some. */
const accounts = (...amounts: readonly number[]) =>
  Promise.all(Array.from({ length: 24 }, () => world.account(...amounts)));

const isWhatTheLogSays = async (host: ProjectionHost): Promise<void> => {
  expect(await world.admin(host).verify(model)).toMatchObject({ same: true });
};

const balances = async (table = 'read.account'): Promise<readonly number[]> =>
  (await world.pool.query<{ balance: number }>(`select balance from ${table} order by balance`)).rows.map(
    ({ balance }) => balance,
  );

const everyBalanceIs = (balance: number, count = 24) =>
  until(async () => (await balances()).filter((one) => one === balance).length === count, {
    message: `every balance to be ${String(balance)}`,
  });

/** The log over the connections of the tables, as in a process. */
const overThePool = ({ pool, store }: World): EventStore =>
  new Proxy(store, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      const asked = found.bind(target) as (...args: readonly unknown[]) => unknown;
      if (name !== 'head' && name !== 'readAt') return asked;
      return async (...args: readonly unknown[]) => {
        (await pool.connect()).release();
        return asked(...args);
      };
    },
  });

describe('a projection in slices', () => {
  it('makes the rows that the whole log makes, each slice at its own position', async () => {
    await accounts(1);
    const host = await started(SLICES);
    await accounts(1, 1);
    await until(async () => (await balances()).length === 48, { message: '48 accounts' });
    await isWhatTheLogSays(host);
    expect(await world.checkpoints()).toHaveLength(SLICES);
    expect(new Set(await world.checkpoints()).size).toBe(SLICES);
  });

  it('needs no connection for each slice: they wait for each other without one', async () => {
    world.pool.options.max = 2;
    const store = overThePool(world);
    const host = await world.started([model], store, cutDelivery(store, 12));
    await accounts(1);
    await everyBalanceIs(1);
    expect(host.slices).toHaveLength(12);
    await isWhatTheLogSays(host);
  });

  it('is shared by processes that hold some slices each', async () => {
    const one = await started(SLICES, [0, 1]);
    const other = await started(SLICES, [2, 3]);
    await accounts(2);
    await everyBalanceIs(2);
    await isWhatTheLogSays(one);
    expect([...one.slices, ...other.slices].map(({ partition }) => partition)).toEqual([0, 1, 2, 3]);
  });

  it('goes on when a slice passes to another process while the first still believes it has it', async () => {
    const zombie = await started(SLICES);
    await accounts(1);
    const heir = await started(SLICES);
    const streams = await accounts(1);
    for (const stream of streams) await world.pay(stream, 1, 1);
    await everyBalanceIs(3);
    await zombie.stop();
    await isWhatTheLogSays(heir);
  });

  it('takes over where the whole log was read before, without reading it again', async () => {
    const whole = await world.started();
    await accounts(1);
    await world.settled(whole);
    await whole.stop();
    await world.pool.query('update read.account set balance = 100');
    const host = await started(SLICES);
    expect(await balances()).toEqual(Array.from({ length: 24 }, () => 100));
    await world.pool.query('update read.account set balance = 1');
    await accounts(1);
    await everyBalanceIs(1, 48);
    await isWhatTheLogSays(host);
  });

  it('cut otherwise, back to one for instance, is built anew beside the old tables', async () => {
    const four = await started(SLICES);
    await accounts(1);
    await everyBalanceIs(1);
    await four.stop();
    for (const slices of [1, 3]) {
      const host = await started(slices);
      expect(await balances()).toHaveLength(24);
      await isWhatTheLogSays(host);
      await host.stop();
    }
  });

  it('parks a stream in its slice, and takes it again when asked', async () => {
    let mended = false;
    const picky = accountModel({ mended: () => mended });
    const host = await started(SLICES, undefined, [picky]);
    const [bad] = [await world.account(1, INDIGESTIBLE, 2), await world.account(1)];
    await until(async () => (await world.parked()).length === 1, { message: 'a parked stream' });
    mended = true;
    expect(await world.admin(host).retry(picky)).toEqual([]);
    expect(await world.row(bad)).toMatchObject({ balance: 3 + INDIGESTIBLE });
  });
});

describe('a new generation', () => {
  it('is built beside the live one, which serves until every slice has caught up', async () => {
    const one = await started(SLICES, [0, 1]);
    const other = await started(SLICES, [2, 3]);
    await accounts(1);
    await everyBalanceIs(1);
    await other.stop();
    await world.pool.query('update read.account set balance = 50');
    const admin = world.admin(one, 0);
    expect(await admin.rebuild(model)).toBe(false);
    expect(await admin.list()).toMatchObject([{ building: { slicesReady: 2, slices: SLICES } }]);
    expect(new Set(await balances())).toEqual(new Set([50]));
    const heir = await started(SLICES, [2, 3]);
    await everyBalanceIs(1);
    expect((await admin.list())[0]).toMatchObject({ building: null });
    await accounts(1);
    await everyBalanceIs(1, 48);
    await isWhatTheLogSays(heir);
  });

  it('waits for who reads the old table for long, and holds up nobody meanwhile', async () => {
    const host = await started(SLICES);
    const streams = await accounts(1);
    await everyBalanceIs(1);
    const reader = await world.pool.connect();
    await reader.query('begin');
    await reader.query('select count(*) from read.account');
    expect(await world.admin(host, 0).rebuild(model)).toBe(false);
    for (const stream of streams) await world.pay(stream, 1);
    await everyBalanceIs(2);
    await reader.query('commit');
    reader.release();
    await until(async () => (await world.admin(host).list())[0]?.building === null, {
      message: 'the new generation to take its place',
      deadlineMs: 60_000,
    });
    await accounts(1);
    await everyBalanceIs(1);
    await isWhatTheLogSays(host);
  });

  it('misses nothing that is stored while it is built', async () => {
    const host = await started(SLICES);
    const streams = await accounts(1);
    const paying = (async () => {
      for (const stream of [...streams, ...streams]) await world.pay(stream, 1);
    })();
    for (let n = 0; n < 3; n += 1) expect(await world.admin(host).rebuild(model)).toBe(true);
    await paying;
    await everyBalanceIs(3);
    await isWhatTheLogSays(host);
  });

  it('of a newer version is left alone by processes with older code', async () => {
    const old = await started(SLICES);
    await accounts(1);
    await everyBalanceIs(1);
    await old.stop();
    const next = accountModel({ version: 2 });
    const upgraded = await started(SLICES, [0, 1], [next]);
    const behind = await started(SLICES, [2, 3]);
    await accounts(1);
    const { rows } = await world.pool.query<{ version: number }>(
      'select distinct version from read.building',
    );
    expect(rows).toEqual([{ version: 2 }]);
    expect(await balances()).toHaveLength(24);
    await behind.stop();
    await started(SLICES, [2, 3], [next]);
    await everyBalanceIs(1, 48);
    expect(await world.admin(upgraded).verify(next)).toMatchObject({ same: true });
  });
});
