/** Who holds a slice changes: by a crash at any step, by two that both believe to hold it, by code of another day. */
import type { StreamName } from '@fascia/kernel';
import { Moved } from '@fascia/retry';
import { FlakyStore, until } from '@fascia/testkit';
import { Pool, type PoolClient } from 'pg';
import { moveSlice, type Generation } from './checkpoints.js';
import { Gate, gatedDelivery, GatedStore } from './holders.spec-data.js';
import { ProjectionHost } from './projection-host.js';
import { accountModel, cutDelivery, INDIGESTIBLE, World } from './projection-host.spec-data.js';
import { beginning, inTransaction } from '@fascia/delivery';
import { verifyModel } from './verification.js';

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => world.close());

const model = accountModel();

const isWhatTheLogSays = async (one = model): Promise<void> => {
  expect(
    await verifyModel(
      { pool: world.pool, store: world.store, reading: world.reading, projection: 'care' },
      one,
    ),
  ).toMatchObject({ same: true });
};

const balance = async (stream: StreamName): Promise<number | undefined> => (await world.row(stream))?.balance;
const comesTo = (stream: StreamName, amount: number) =>
  until(async () => (await balance(stream)) === amount, {
    message: `the balance to be ${String(amount)}`,
    deadlineMs: 60_000,
  });
const nothingIsBuilt = () =>
  until(async () => (await world.pool.query('select 1 from read.building')).rowCount === 0, {
    message: 'nothing to be built any more',
    deadlineMs: 60_000,
  });

/** Holders of the same slice; the second does not know of the first. */
const holder = async (models = [model], store = new GatedStore(world.store)) => {
  const gate = new Gate();
  const host = await world.started(models, store, gatedDelivery(world.store, gate));
  return { host, gate, store };
};

describe('a generation whose builder died', () => {
  it('between being complete and taking its place, takes it when the next process comes', async () => {
    const host = await world.started();
    const stream = await world.account(1);
    await world.settled(host);
    await world.pool
      .query(`create function read.fail() returns trigger language plpgsql as $$ begin raise exception 'died'; end $$;
      create trigger fail before update on read.model for each row execute function read.fail()`);
    expect(await world.admin(host, 0).rebuild(model)).toBe(false);
    await host.stop();
    await world.pool.query('drop trigger fail on read.model; update read.account set balance = 99');
    const next = await world.started();
    await nothingIsBuilt();
    expect(await balance(stream)).toBe(1);
    await world.pay(stream, 2);
    await world.settled(next);
    await isWhatTheLogSays();
  });
});

describe('two that hold a slice', () => {
  it('take a parked stream again once', async () => {
    let mended = false;
    const picky = accountModel({ mended: () => mended });
    const one = await holder([picky]);
    one.gate.open();
    const bad = await world.account(1, INDIGESTIBLE, 2);
    await until(async () => (await world.parked()).length === 1, { message: 'a parked stream' });
    const late = await holder([picky]);
    mended = true;
    late.store.held = true;
    await world.pool.query('update read.parked set retry = true');
    const slow = late.host.nudge();
    await until(() => late.store.gate.arrived > 0, { message: 'the second to begin' });
    await one.host.nudge();
    await comesTo(bad, 3 + INDIGESTIBLE);
    late.store.gate.open();
    await slow;
    expect(await balance(bad)).toBe(3 + INDIGESTIBLE);
    await isWhatTheLogSays(picky);
  });

  it('both hear that a stream is not parked any more', async () => {
    let mended = false;
    const picky = accountModel({ mended: () => mended });
    const one = await holder([picky]);
    one.gate.open();
    const bad = await world.account(1, INDIGESTIBLE);
    await until(async () => (await world.parked()).length === 1, { message: 'a parked stream' });
    const heir = await holder([picky]);
    mended = true;
    expect(await world.admin(one.host).retry(picky)).toEqual([]);
    await one.host.stop();
    heir.gate.open();
    await world.pay(bad, 5);
    await comesTo(bad, 6 + INDIGESTIBLE);
    await isWhatTheLogSays(picky);
  });

  it('lose nothing when one moves it while the other ends a rebuild', async () => {
    const [zombie, heir] = [await holder(), await holder()];
    zombie.gate.open();
    heir.gate.open();
    const stream = await world.account(1);
    await comesTo(stream, 1);
    await until(() => heir.host.slices[0]?.position === 2n && zombie.host.slices[0]?.position === 2n, {
      message: 'both to know where the slice stands',
    });
    heir.gate.shut();
    heir.store.held = true;
    const rebuilding = world.admin(heir.host).rebuild(model);
    await until(() => heir.store.gate.arrived > 0, { message: 'the rebuild to begin' });
    await world.pay(stream, 2);
    await comesTo(stream, 3);
    await zombie.host.stop();
    heir.store.held = false;
    heir.store.gate.open();
    await rebuilding;
    heir.gate.open();
    await nothingIsBuilt();
    await world.pay(stream, 4);
    await comesTo(stream, 7);
    await isWhatTheLogSays();
  });
});

describe('a holder', () => {
  it('cannot move a slice past a live table that it knows and leaves out', async () => {
    const host = await world.started();
    await world.settled(host);
    const held = {
      projection: 'care',
      partition: 0,
      partitions: 1,
      position: 0n,
      stamp: (await world.pool.query<{ stamp: number }>('select stamp from read.slice')).rows[0]?.stamp ?? 0,
    };
    const moving = (live: readonly Generation[]) =>
      inTransaction(world.pool, (client) =>
        moveSlice(client, { held, models: [model], to: beginning(''), live, ready: [] }),
      );
    await expect(moving([])).rejects.toThrow(Moved);
    await moving([{ model: 'account', generation: 1 }]);
  });
});

describe('code of another day', () => {
  it.each([
    {
      what: 'does not know a model',
      today: [model, accountModel({ name: 'second' })],
      yesterday: [model],
      table: 'second',
    },
    {
      what: 'knows an older version of a model',
      today: [accountModel({ version: 2 })],
      yesterday: [model],
      table: 'account',
    },
  ])('that $what leaves no hole in it', async ({ today, yesterday, table }) => {
    const host = await world.started(today);
    const stream = await world.account(1);
    await world.settled(host);
    await host.stop();
    const old = await world.started(yesterday);
    await world.pay(stream, 2);
    await world.settled(old);
    await old.stop();
    const again = await world.started(today);
    await world.pay(stream, 4);
    await world.settled(again);
    expect(await world.row(stream, table)).toMatchObject({ balance: 7, payments: 3 });
  });

  it('passes over what is built by newer code, and is not held up by it', async () => {
    const today = [accountModel({ version: 2 })];
    const stream = await world.account(1);
    const half = await world.started(today, world.store, cutDelivery(world.store, 2, [0, 1]));
    await nothingIsBuilt();
    await half.stop();
    await world.pool.query('update read.model set version = 1');
    // Built anew by new code in both slices, and not switched: the second is not ready.
    await world.pool
      .query(`insert into read.building (model, partition, version, fingerprint, generation, position, ready)
      select 'account', partition, 2, (select fingerprint from read.model), 2, position, true from read.slice; create table read_next.account as select * from read.account;
      alter table read_next.account add primary key (id); update read.slice set carries = carries || '{account/2}'::text[], stamp = stamp + 1`);
    const old = await world.started([model], world.store, cutDelivery(world.store, 2, [0, 1]));
    await world.pay(stream, 2);
    await comesTo(stream, 3);
    expect(world.logged.filter((what) => what.startsWith('projection stopped')).length).toBeLessThan(5);
    await old.stop();
    await world.started(today, world.store, cutDelivery(world.store, 2, [0, 1]));
    await nothingIsBuilt();
    await isWhatTheLogSays();
  });
});

describe('a slice', () => {
  it('is taken with fewer connections than slices, the log being asked on the same ones', async () => {
    await world.account(1);
    const {
      host: server,
      port,
      database,
      user,
    } = (await world.pool.connect().then((client) => {
      client.release();
      return client;
    })) as PoolClient & Record<'host' | 'database' | 'user', string> & { port: number };
    const pool = new Pool({ ...world.pool.options, host: server, port, database, user, max: 2 });
    class OnThePool extends FlakyStore {
      override async head() {
        (await pool.connect()).release();
        return super.head();
      }
    }
    const store = new OnThePool(world.store);
    const host = new ProjectionHost({
      projection: 'care',
      delivery: cutDelivery(world.store, 8),
      store,
      ...world.reading,
      pool,
      models: [model],
      log: () => undefined,
    });
    await host.start();
    await nothingIsBuilt();
    await isWhatTheLogSays();
    await host.stop();
    await pool.end();
  });

  it('without news hears of a retry after another process switched the generation', async () => {
    let mended = false;
    const picky = accountModel({ mended: () => mended });
    const one = await world.started([picky], world.store, cutDelivery(world.store, 4, [0, 1]));
    await world.started([picky], world.store, cutDelivery(world.store, 4, [2, 3]));
    await Promise.all(Array.from({ length: 16 }, () => world.account(1, INDIGESTIBLE)));
    await until(async () => (await world.parked()).length === 16, { message: 'parked streams' });
    expect(await world.admin(one).rebuild(picky)).toBe(true);
    mended = true;
    expect(await world.admin(one).retry(picky)).toEqual([]);
    await isWhatTheLogSays(picky);
  });

  it('cut into parts gives each part its parked streams', async () => {
    let mended = false;
    const picky = accountModel({ mended: () => mended });
    const whole = await world.started([picky]);
    const bad = await Promise.all(Array.from({ length: 8 }, () => world.account(1, INDIGESTIBLE)));
    await world.settled(whole);
    await whole.stop();
    mended = true;
    const parts = await world.started([picky], world.store, cutDelivery(world.store, 4));
    expect(await world.admin(parts).retry(picky)).toEqual([]);
    for (const stream of bad) await world.pay(stream, 2);
    for (const stream of bad) await comesTo(stream, 3 + INDIGESTIBLE);
    await isWhatTheLogSays(picky);
  });

  it('of a topic with one partition is begun although the log ends with what is not sent', async () => {
    await world.account(1);
    const { host } = await holder();
    expect(host.slices).toHaveLength(1);
  });

  it('that was told to stop leaves a rebuild where it is', async () => {
    const { host, store } = await holder();
    await world.account(1);
    store.held = true;
    await world
      .admin(host, 0)
      .rebuild(model)
      .catch(() => undefined);
    store.gate.open();
    await host.stop();
    await world.started([model], world.store, gatedDelivery(world.store, new Gate()));
    await nothingIsBuilt();
  });
});

describe('somebody who reads a table for long', () => {
  it('does not hold up the slices, nor other readers, when the table is to be replaced', async () => {
    const host = await world.started();
    const stream = await world.account(1);
    await world.settled(host);
    const backup = await world.pool.connect();
    await backup.query('begin');
    await backup.query('select * from read.account');
    expect(await world.admin(host, 0).rebuild(model)).toBe(false);
    await world.pay(stream, 2);
    await world.settled(host);
    await comesTo(stream, 3);
    await backup.query('commit');
    backup.release();
    await nothingIsBuilt();
    await isWhatTheLogSays();
  });

  it('is not a verification, however long the log is', async () => {
    const host = await world.started();
    await world.account(1);
    await world.settled(host);
    const slow = new GatedStore(world.store);
    slow.held = true;
    const verifying = verifyModel(
      { pool: world.pool, store: slow, reading: world.reading, projection: 'care' },
      model,
    );
    await until(() => slow.gate.arrived > 0, { message: 'the verification to read the log' });
    expect(await world.admin(host).rebuild(model)).toBe(true);
    slow.gate.open();
    expect(await verifying).toMatchObject({ same: true });
  });
});
