/** Models whose rows are folded together: what holds for one row holds for a group of them. */
import { until } from '@fascia/testkit';
import type { StreamName } from '@fascia/kernel';
import { INDIGESTIBLE, paymentModel, World } from './projection-host.spec-data.js';

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => world.close());

const payments = async (stream: StreamName): Promise<readonly unknown[]> => {
  const { rows } = await world.pool.query<{ said: string }>(
    `select amount || coalesce(' by ' || alias, '') as said from read.payment where account = $1 order by amount`,
    [stream],
  );
  return rows.map(({ said }) => said);
};

describe('a group of rows', () => {
  it('gains, changes and loses rows by events that do not name them', async () => {
    const host = await world.started([paymentModel()]);
    const stream = await world.account(1, 2, 3);
    await world.settled(host);
    expect(await payments(stream)).toEqual(['1', '2', '3']);
    await world.add(stream, 'AliasTaken', { alias: 'ada' });
    await world.pay(stream, 4, -2);
    await world.settled(host);
    expect(await payments(stream)).toEqual(['1 by ada', '3 by ada', '4']);
    await world.add(stream, 'AccountClosed');
    await world.settled(host);
    expect(await payments(stream)).toEqual([]);
  });

  it('comes to the same in one batch, and leaves other groups alone', async () => {
    const [stream, other] = [await world.account(1, 2, 3), await world.account(5)];
    await world.add(stream, 'AliasTaken', { alias: 'ada' });
    await world.pay(stream, 4, -2, -4);
    await world.started([paymentModel()]);
    expect(await payments(stream)).toEqual(['1 by ada', '3 by ada']);
    expect(await payments(other)).toEqual(['5']);
  });

  it('has only those of its rows written that an event changes', async () => {
    const host = await world.started([paymentModel()]);
    const stream = await world.account(1, 2);
    await world.settled(host);
    const written = async () =>
      (
        await world.pool.query<{ at: string }>(
          'select xmin::text as at from read.payment where amount = 1 and account = $1',
          [stream],
        )
      ).rows;
    const before = await written();
    await world.pay(stream, 3, -2);
    await world.settled(host);
    expect(await payments(stream)).toEqual(['1', '3']);
    expect(await written()).toEqual(before);
  });

  it('is neither half written nor written twice when a batch fails', async () => {
    const host = await world.started([paymentModel()]);
    const stream = await world.account(1);
    await world.settled(host);
    const mend = await world.whileWritesFail('slice', 'perform pg_terminate_backend(pg_backend_pid())');
    await world.pay(stream, 2, -1);
    await until(() => world.logged.includes('projection stopped and starts again'), {
      message: 'the batch to fail',
    });
    expect(await payments(stream)).toEqual(['1']);
    await mend();
    await world.settled(host);
    expect(await payments(stream)).toEqual(['2']);
  });

  it('waits with its parked stream, and goes on when the fold can take it', async () => {
    let mended = false;
    const model = paymentModel(() => mended);
    const host = await world.started([model]);
    const [bad, good] = [await world.account(1, INDIGESTIBLE, 2), await world.account(1)];
    await world.pay(good, 2);
    await world.settled(host);
    expect(await payments(bad)).toEqual(['1']);
    expect(await payments(good)).toEqual(['1', '2']);
    expect(await world.parked()).toEqual([{ stream: bad, from_version: 3, error: 'TypeError' }]);
    mended = true;
    expect(await world.admin(host).retry(model)).toEqual([]);
    expect(await payments(bad)).toEqual(['1', '2', String(INDIGESTIBLE)]);
  });

  it('is rebuilt to the same rows, and found wrong where it is not', async () => {
    const model = paymentModel();
    const host = await world.started([model]);
    const stream = await world.account(1, 2, -1);
    await world.settled(host);
    const admin = world.admin(host);
    expect(await admin.verify(model)).toMatchObject({ same: true, rows: 1 });
    await world.pool.query("insert into read.payment values ('another', $1, 9, null)", [stream]);
    expect(await admin.verify(model)).toMatchObject({ same: false });
    await admin.rebuild(model);
    expect(await payments(stream)).toEqual(['2']);
    expect(await admin.verify(model)).toMatchObject({ same: true });
  });

  it('is found by an index on what names the group', async () => {
    await world.started([paymentModel()]);
    const { rows } = await world.pool.query<{ indexdef: string }>(
      "select indexdef from pg_indexes where schemaname = 'read' and tablename = 'payment'",
    );
    expect(rows.map(({ indexdef }) => indexdef)).toContainEqual(
      expect.stringContaining('read.payment USING btree (account)'),
    );
  });
});
