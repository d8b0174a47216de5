/** Lists over a log that becomes another one: under another name, at other positions, without its end; begun again or while running. */
import { randomUUID } from 'node:crypto';
import { idOf, streamOf, type EventStore, type StreamName } from '@fascia/kernel';
import { appendPlain, copiedLog, FlakyStore, memoryStore, SpacedStore, until } from '@fascia/testkit';
import { cutDelivery, World } from './projection-host.spec-data.js';
import { storeDelivery } from '@fascia/delivery';
import type { ProjectionHost } from './projection-host.js';

const LOOK_EVERY_MS = 20;

let world: World;
let log: FlakyStore;

beforeEach(async () => {
  world = await World.make();
  log = new FlakyStore(memoryStore('one'));
});
afterEach(() => world.close());

const account = async (amount: number, store: EventStore = log): Promise<StreamName> => {
  const stream = streamOf('calendar', randomUUID());
  // Together: a row that is listed has taken both, and nothing of them comes after it.
  await appendPlain(store, stream, [
    { type: 'AccountOpened', data: { organizationId: 'bank' } },
    { type: 'MoneyPaidIn', data: { amount } },
  ]);
  return stream;
};

/** The whole log as one slice, or cut in three. */
const started = async (partitions: number): Promise<ProjectionHost> => {
  const delivery = partitions === 1 ? storeDelivery(log) : cutDelivery(log, partitions);
  const host = world.newHost(undefined, log, delivery, { lookEveryMs: LOOK_EVERY_MS });
  await host.start();
  return host;
};

const listed = async (): Promise<readonly string[]> =>
  (await world.pool.query<{ id: string }>('select id from read.account order by id')).rows.map(
    ({ id }) => id,
  );

const shows = (...streams: readonly StreamName[]): Promise<unknown> =>
  until(async () => (await listed()).join() === streams.map(idOf).toSorted().join(), {
    message: () => `the list to show ${String(streams.length)} accounts`,
  });

/** Something that only a rebuild would take away. */
const scratch = async (): Promise<void> => {
  await world.pool.query("update read.account set alias = 'scratched'");
};
const isScratched = async (stream: StreamName): Promise<boolean> =>
  (await world.row(stream))?.alias === 'scratched';

describe.each([1, 3])('lists over a log in %d slices', (partitions) => {
  it('stay as they are under another name of the log, whether they run or begin', async () => {
    const host = await started(partitions);
    const streams = [await account(1), await account(2)];
    await shows(...streams);
    await scratch();
    log.become(await copiedLog(log, { epoch: 'two' }));
    await until(() => world.logged.includes('the log has another name, and is the same: the lists stay'), {
      message: 'the name to be noticed',
    });
    await host.stop();
    log.become(await copiedLog(log, { epoch: 'three' }));
    await started(partitions);
    const next = await account(3);
    await shows(...streams, next);
    for (const stream of streams) expect(await isScratched(stream)).toBe(true);
    expect(world.logged).not.toContain('read model belongs to another log and is rebuilt');
  });

  it('stay as they are on a log that was moved, where positions are others', async () => {
    const host = await started(partitions);
    const stream = await account(1);
    await shows(stream);
    await scratch();
    await host.stop();
    log.become(new SpacedStore(await copiedLog(log, { epoch: 'two' })));
    await started(partitions);
    await shows(stream, await account(2));
    expect(await isScratched(stream)).toBe(true);
  });

  it.each(['one', 'two'])(
    'forget what is not in a log, called %s, that lost its end while they ran',
    async (epoch) => {
      await started(partitions);
      const kept = await account(1);
      const lost = await account(2);
      await shows(kept, lost);
      log.become(await copiedLog(log, { epoch, upTo: 2n }));
      await shows(kept);
      const next = await account(3);
      await shows(kept, next);
    },
  );

  it('forget it also when the log has grown beyond again before anybody looked', async () => {
    await started(partitions);
    const kept = await account(1);
    await shows(kept, await account(2));
    const putBack = await copiedLog(log, { epoch: 'one', upTo: 2n });
    const others = [await account(3, putBack), await account(4, putBack)];
    log.become(putBack);
    await shows(kept, ...others);
  });
});

describe('the check of these stories', () => {
  it('would notice lists that stay as they were', async () => {
    const host = await started(1);
    await shows(await account(1), await account(2));
    await host.stop();
    log.become(await copiedLog(log, { epoch: 'one', upTo: 2n }));
    await expect(shows(...[])).rejects.toThrow();
  });
});
