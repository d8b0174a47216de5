import { postgresStore, until } from '@fascia/testkit';
import { accountModel, INDIGESTIBLE, UNNAMEABLE, World } from './projection-host.spec-data.js';

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => world.close());

describe('a projection host', () => {
  it('catches up from the beginning of the log, then follows', async () => {
    const early = await world.account(1, 2, 3);
    const host = await world.started();
    expect(await world.row(early)).toMatchObject({ balance: 6, payments: 3 });
    const late = await world.account(5);
    await world.pay(early, 4);
    await world.settled(host);
    expect(await world.row(early)).toMatchObject({ balance: 10, payments: 4 });
    expect(await world.row(late)).toMatchObject({ balance: 5, payments: 1 });
    expect(await world.checkpoint()).toBe(String((await world.store.head()).position));
  });

  it('goes on where it stopped', async () => {
    const first = await world.started();
    const stream = await world.account(1);
    await world.settled(first);
    await first.stop();
    await world.pay(stream, 2);
    await world.started();
    expect(await world.row(stream)).toMatchObject({ balance: 3, payments: 2 });
  });

  it('catches up over many batches', async () => {
    const streams = await Promise.all(
      Array.from({ length: 30 }, () => world.account(...Array.from({ length: 50 }, () => 1))),
    );
    const host = await world.started();
    expect(host.position).toBe(30n * 51n);
    for (const stream of streams)
      expect(await world.row(stream)).toMatchObject({ balance: 50, payments: 50 });
  });

  it('deletes a row when the fold says there is none any more, also one that the same batch made', async () => {
    const host = await world.started();
    const [kept, gone] = [await world.account(1), await world.account(2)];
    await world.settled(host);
    await world.add(gone, 'AccountClosed');
    await world.settled(host);
    expect(await world.row(gone)).toBeUndefined();
    expect(await world.row(kept)).toBeDefined();
    await host.stop();
    const brief = await world.account(3);
    await world.add(brief, 'AccountClosed');
    await world.started();
    expect(await world.row(brief)).toBeUndefined();
  });

  it('passes over events that nobody takes, and counts them as reached', async () => {
    const host = await world.started();
    const stream = await world.account(1);
    const position = await world.add(stream, 'RoomBooked', { room: 'a' });
    expect(await host.waitFor(position, 5_000)).toBe(true);
  });

  it('lets readers wait for a position, or tells them that it was not reached in time', async () => {
    const host = await world.started();
    const { position } = await world.store.head();
    expect(await host.waitFor(position + 1n, 20)).toBe(false);
    const waiting = host.waitFor(position + 2n, 5_000);
    const stream = await world.account(7);
    expect(await waiting).toBe(true);
    expect(await world.row(stream)).toMatchObject({ balance: 7 });
  });

  it('answers those who still wait when it stops', async () => {
    const host = await world.started();
    const waiting = host.waitFor(1_000_000n, 60_000);
    await host.stop();
    expect(await waiting).toBe(false);
  });
});

describe('a batch', () => {
  const DEADLOCK = "raise exception 'deadlock' using errcode = '40P01'";

  it.each([
    { what: 'a transient error', table: 'slice', how: DEADLOCK },
    { what: 'a transient error', table: 'account', how: DEADLOCK },
    {
      what: 'the death of the connection',
      table: 'slice',
      how: 'perform pg_terminate_backend(pg_backend_pid())',
    },
  ] as const)(
    'that ends with $what at $table leaves neither rows nor checkpoint, and is applied once when tried again',
    async ({ table, how }) => {
      const host = await world.started();
      const stream = await world.account(1);
      await world.settled(host);
      const before = await world.checkpoint();
      const mend = await world.whileWritesFail(table, how);
      await world.pay(stream, 2);
      await until(() => world.logged.includes('projection stopped and starts again'), {
        message: 'the batch to fail',
      });
      expect(await world.row(stream)).toMatchObject({ balance: 1, payments: 1 });
      expect(await world.checkpoint()).toBe(before);
      expect(host.position).toBe(BigInt(before ?? 0));
      await mend();
      await world.settled(host);
      expect(await world.row(stream)).toMatchObject({ balance: 3, payments: 2 });
      expect(await world.parked()).toEqual([]);
    },
  );
});

describe('two hosts on the same tables', () => {
  it('apply every event once, and both reach the end', async () => {
    const stream = await world.account(1);
    const one = await world.started();
    const zombie = await world.started();
    for (let n = 0; n < 20; n += 1) await world.pay(stream, 1);
    await world.settled(one, 20_000);
    await world.settled(zombie, 20_000);
    expect(await world.row(stream)).toMatchObject({ balance: 21, payments: 21 });
    expect(await world.admin(one).verify(accountModel())).toMatchObject({ same: true });
  });

  it('do so also while one of them parks a stream that the other has not heard of', async () => {
    const [bad, good] = [await world.account(1), await world.account(1)];
    const one = await world.started();
    const zombie = await world.started();
    await world.pay(bad, INDIGESTIBLE);
    await world.settled(one, 20_000);
    await world.settled(zombie, 20_000);
    for (let n = 0; n < 10; n += 1) await world.pay(n % 2 === 0 ? good : bad, 1);
    await world.settled(one, 20_000);
    await world.settled(zombie, 20_000);
    expect(await world.row(good)).toMatchObject({ balance: 6, payments: 6 });
    expect(await world.row(bad)).toMatchObject({ balance: 1, payments: 1 });
    expect(await world.parked()).toEqual([{ stream: bad, from_version: 3, error: 'TypeError' }]);
  });
});

describe.each([
  { what: 'whose fold throws', amount: INDIGESTIBLE, error: 'TypeError' },
  { what: 'whose rows cannot be named', amount: UNNAMEABLE, error: 'RangeError' },
])('an event $what', ({ amount, error }) => {
  it.each(['following', 'catching up'])(
    'parks its stream while %s; what came before it stays, others go on',
    async (when) => {
      const host = when === 'following' ? await world.started() : world.newHost();
      const [bad, good] = [await world.account(1, amount, 2, amount, 3), await world.account(1)];
      await world.pay(good, 2);
      await world.pay(bad, 4);
      if (when === 'following') await world.settled(host);
      else await host.start();
      expect(await world.row(bad)).toMatchObject({ balance: 1, payments: 1 });
      expect(await world.row(good)).toMatchObject({ balance: 3, payments: 2 });
      expect(await world.parked()).toEqual([{ stream: bad, from_version: 3, error }]);
      expect([...host.parkedStreams('account')]).toEqual([bad]);
    },
  );

  it('is remembered as parked by the next process', async () => {
    const first = await world.started();
    const bad = await world.account(1, amount);
    await world.settled(first);
    await first.stop();
    await world.pay(bad, 2);
    const next = await world.started();
    await world.pay(bad, 4);
    await world.settled(next);
    expect(await world.row(bad)).toMatchObject({ balance: 1, payments: 1 });
    expect(await world.parked()).toHaveLength(1);
  });

  it('is taken by a retry once the fold can, with everything after it', async () => {
    let mended = false;
    const model = accountModel({ mended: () => mended });
    const host = await world.started([model]);
    const bad = await world.account(1, amount, 2, amount, 3);
    await world.settled(host);
    const admin = world.admin(host);
    expect(await admin.retry(model)).toEqual([bad]);
    expect(await world.row(bad)).toMatchObject({ balance: 1, payments: 1 });
    expect((await admin.list())[0]).toMatchObject({
      name: 'account',
      rows: 1,
      behind: '0',
      parked: [{ stream: bad, fromVersion: 3, error }],
    });
    mended = true;
    expect(await admin.retry(model)).toEqual([]);
    expect(await world.row(bad)).toMatchObject({ balance: 6 + 2 * amount, payments: 5 });
    expect(await world.parked()).toEqual([]);
    await world.pay(bad, 4);
    await world.settled(host);
    expect(await world.row(bad)).toMatchObject({ balance: 10 + 2 * amount, payments: 6 });
    expect(await admin.verify(model)).toMatchObject({ same: true });
  });

  it('parks its stream in one model and not in another', async () => {
    const host = await world.started([accountModel(), accountModel({ name: 'mended', mended: () => true })]);
    const bad = await world.account(1, amount, 2);
    await world.settled(host);
    expect(await world.row(bad)).toMatchObject({ payments: 1 });
    expect(await world.row(bad, 'mended')).toMatchObject({ payments: 3 });
  });
});

describe('a read model', () => {
  it('of another version is built anew, and forgets what was parked', async () => {
    const first = await world.started();
    const [bad, good] = [await world.account(1, INDIGESTIBLE, 2), await world.account(3)];
    await world.settled(first);
    await first.stop();
    await world.started([accountModel({ version: 2, mended: () => true })]);
    expect(await world.row(bad)).toMatchObject({ payments: 3 });
    expect(await world.row(good)).toMatchObject({ payments: 1 });
    expect(await world.parked()).toEqual([]);
  });

  it('that is new joins the others at their position', async () => {
    const first = await world.started();
    const stream = await world.account(1);
    await world.settled(first);
    await first.stop();
    const host = await world.started([accountModel(), accountModel({ name: 'second' })]);
    await world.pay(stream, 2);
    await world.settled(host);
    expect(await world.row(stream)).toEqual(await world.row(stream, 'second'));
  });

  it('of another log is built anew', async () => {
    const first = await world.started();
    const old = await world.account(1);
    await world.settled(first);
    await first.stop();
    const elsewhere = await postgresStore();
    try {
      await world.started(undefined, elsewhere.store);
      expect(await world.row(old)).toBeUndefined();
      expect(world.logged).toContain('read model belongs to another log and is rebuilt');
    } finally {
      await world.close();
      await elsewhere.close();
      world = await World.make();
    }
  });

  it('of the same log with another past is built anew: the event at its position is not the one it saw', async () => {
    const first = await world.started();
    const stream = await world.account(1);
    await world.settled(first);
    await first.stop();
    await world.pool.query("update read.slice set digest = repeat('0', 64)");
    await world.pool.query('update read.account set balance = 99');
    await world.started();
    expect(await world.row(stream)).toMatchObject({ balance: 1 });
  });

  it('ahead of the log is built anew', async () => {
    const first = await world.started();
    const stream = await world.account(1);
    await world.settled(first);
    await first.stop();
    await world.pool.query('update read.slice set position = 1000');
    await world.pool.query('update read.account set balance = 99');
    await world.started();
    expect(await world.row(stream)).toMatchObject({ balance: 1 });
  });

  it('is rebuilt while the log goes on', async () => {
    const model = accountModel();
    const host = await world.started([model, accountModel({ name: 'other' })]);
    const streams = await Promise.all(Array.from({ length: 10 }, () => world.account(1)));
    await world.settled(host);
    await world.pool.query('update read.account set balance = 99');
    const admin = world.admin(host);
    const paying = (async () => {
      for (const stream of [...streams, ...streams]) await world.pay(stream, 1);
    })();
    await admin.rebuild(model);
    await admin.rebuild(model);
    await paying;
    await world.settled(host);
    for (const stream of streams) {
      expect(await world.row(stream)).toMatchObject({ balance: 3, payments: 3 });
      expect(await world.row(stream, 'other')).toMatchObject({ balance: 3, payments: 3 });
    }
  });
});

describe('verification', () => {
  it('says that a model is what the log makes of it, parked streams included', async () => {
    const model = accountModel();
    const host = await world.started([model]);
    await Promise.all([world.account(1, 2), world.account(3), world.account(1, INDIGESTIBLE)]);
    await world.settled(host);
    const said = await world.admin(host).verify(model);
    expect(said).toMatchObject({
      name: 'account',
      rows: 3,
      same: true,
      position: String((await world.store.head()).position),
    });
    expect(said.live).toBe(said.rebuilt);
  });

  it.each([
    { deed: 'changed', sql: 'update read.account set balance = balance + 1 where id = $1' },
    { deed: 'removed', sql: 'delete from read.account where id = $1' },
    {
      deed: 'added',
      sql: "insert into read.account select 'another', alias, balance, payments from read.account where id = $1",
    },
  ])('finds one row that somebody $deed', async ({ sql }) => {
    const model = accountModel();
    const host = await world.started([model]);
    const stream = await world.account(1);
    await world.account(2);
    await world.settled(host);
    await world.pool.query(sql, [stream.slice('calendar-'.length)]);
    expect(await world.admin(host).verify(model)).toMatchObject({ same: false });
    await world.admin(host).rebuild(model);
    expect(await world.admin(host).verify(model)).toMatchObject({ same: true });
  });

  it('is done one after another, however many ask at once', async () => {
    const model = accountModel();
    const host = await world.started([model]);
    await world.account(1, 2);
    await world.settled(host);
    const admin = world.admin(host);
    const said = await Promise.all(Array.from({ length: 15 }, () => admin.verify(model)));
    expect(said.filter(({ same }) => same)).toHaveLength(15);
  });

  it('holds while the log goes on', async () => {
    const model = accountModel();
    const host = await world.started([model]);
    const stream = await world.account(1);
    const paying = (async () => {
      for (let n = 0; n < 20; n += 1) await world.pay(stream, 1);
    })();
    for (let n = 0; n < 5; n += 1)
      expect(await world.admin(host).verify(model)).toMatchObject({ same: true });
    await paying;
  });
});
