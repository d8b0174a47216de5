/** Events of a later release: folds go on without them, and the streams are known to be incomplete until the code knows more. */
import { randomUUID } from 'node:crypto';
import { streamOf } from '@fascia/kernel';
import { until } from '@fascia/testkit';
import { accountModel, paymentModel, World } from './projection-host.spec-data.js';

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => world.close());

const lots = async () =>
  (await world.pool.query('select model, stream, from_version, error, held from read.parked order by model'))
    .rows;

describe('an event of a type that this code does not know', () => {
  it.each(['following', 'catching up'])(
    'is passed over while %s: the stream goes on, and is said to be incomplete in every model of its category',
    async (when) => {
      world.unknown.add('InterestPaid');
      const models = [accountModel(), paymentModel()];
      const host = when === 'catching up' ? world.newHost(models) : await world.started(models);
      const stream = await world.account(1);
      await world.add(stream, 'InterestPaid', { amount: 7 });
      await world.pay(stream, 2);
      await world.add(stream, 'InterestPaid', { amount: 7 });
      const other = await world.account(5);
      if (when === 'catching up') await host.start();
      await world.settled(host);
      expect(await world.row(stream)).toMatchObject({ balance: 3, payments: 2 });
      expect(await world.row(other)).toMatchObject({ balance: 5 });
      const incomplete = { stream, from_version: 3, error: 'NotKnown InterestPaid', held: false };
      expect(await lots()).toEqual([
        { model: 'account', ...incomplete },
        { model: 'payment', ...incomplete },
      ]);
      expect([...host.parkedStreams('account')]).toEqual([]);
      const admin = world.admin(host);
      expect(await admin.verify(accountModel())).toMatchObject({ same: true });
      expect(await admin.retry(accountModel())).toEqual([stream]);
      expect(await world.row(stream)).toMatchObject({ balance: 3, payments: 2 });
    },
  );

  it('is not a model’s concern that takes nothing of that category', async () => {
    world.unknown.add('InterestPaid');
    const host = await world.started([{ ...accountModel(), takes: ['SomethingElse'] }]);
    await world.add(streamOf('calendar', randomUUID()), 'InterestPaid');
    await world.settled(host);
    expect(await lots()).toEqual([]);
  });
});

describe('an event in a shape that this code does not know', () => {
  it('is passed over by the models that take its type, and taken with the rest by code that knows it', async () => {
    world.unknown.add('AliasTaken');
    const first = await world.started([accountModel(), paymentModel()]);
    const stream = await world.account(1);
    await world.add(stream, 'AliasTaken', { alias: 'ada' });
    await world.pay(stream, 2);
    await world.settled(first);
    expect(await world.row(stream)).toMatchObject({ alias: null, balance: 3, payments: 2 });
    expect(await lots()).toMatchObject([{ held: false }, { held: false }]);
    await first.stop();
    world.unknown.clear();
    const next = await world.started([accountModel(), paymentModel()]);
    await until(async () => (await lots()).length === 0, { message: 'what was passed over to be taken' });
    expect(await world.row(stream)).toMatchObject({ alias: 'ada', balance: 3, payments: 2 });
    await world.pay(stream, 4);
    await world.settled(next);
    expect(await world.row(stream)).toMatchObject({ alias: 'ada', balance: 7, payments: 3 });
    for (const model of next.models)
      expect(await world.admin(next).verify(model)).toMatchObject({ same: true });
  });

  it('in a stream that is parked later is taken with all the rest by a retry', async () => {
    world.unknown.add('AliasTaken');
    let mended = false;
    const model = accountModel({ mended: () => mended });
    const host = await world.started([model]);
    const stream = await world.account(1);
    await world.add(stream, 'AliasTaken', { alias: 'ada' });
    await world.pay(stream, 2, 13, 4);
    await world.settled(host);
    expect(await lots()).toMatchObject([{ held: true, error: 'TypeError' }]);
    expect([...host.parkedStreams('account')]).toEqual([stream]);
    world.unknown.clear();
    mended = true;
    expect(await world.admin(host).retry(model)).toEqual([]);
    expect(await world.row(stream)).toMatchObject({ alias: 'ada', balance: 20, payments: 4 });
  });
});
