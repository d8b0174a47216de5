import { randomUUID } from 'node:crypto';
import { HandBroker, KEY, PARTITIONS, World } from './delivery.spec-data.js';
import type { LogRecord } from '@fascia/broker';
import { appendPlain, copiedLog } from '@fascia/testkit';
import { streamOf } from '@fascia/kernel';
import { signed } from './record-key.js';
import { eventOf } from './records.js';

let world: World;
beforeEach(async () => {
  world = new World();
  await world.start();
});
afterEach(() => world.stop());

describe('a partition that is followed', () => {
  it('hears its events once, in order, as they were stored', async () => {
    await world.write(30);
    await world.deal(await world.records());
    await world.allHeard();
    const [stored] = await world.store.readAll(0n, 1);
    const heard = [...world.heard.values()].flat().find(({ position }) => position === stored?.position);
    expect(heard).toEqual(stored);
    expect(world.counts).toEqual({ skipped: 0, healed: 0, refused: 0 });
  });

  it('skips what it has had: a batch twice, the whole topic again', async () => {
    await world.write(20);
    const records = await world.records();
    await world.deal(records);
    await world.deal(records.slice(5, 9));
    await world.deal(records);
    await world.allHeard();
    expect(world.counts).toEqual({ skipped: 24, healed: 0, refused: 0 });
  });

  it('fills a hole from the store before it goes on', async () => {
    await world.write(30);
    const records = await world.records();
    await world.deal(records.filter((_, index) => index < 5 || index > 20));
    await world.allHeard();
    expect(world.counts.healed).toBe(16);
  });

  it.each([
    ['value was altered', { value: Buffer.from('{"n":999}') }],
    ['digest was altered', { headers: { ce_digest: '00' } }],
    ['headers are not ours', { headers: { ce_position: 'many' } }],
    ['metadata was altered', { headers: { ce_metadata: '{}' } }],
  ])('reads from the store what a record whose %s was to say', async (_, harm) => {
    await world.write(12);
    const records = await world.records();
    await world.deal(
      records.map((record, index) =>
        index === 4
          ? { ...record, ...harm, headers: { ...record.headers, ...('headers' in harm ? harm.headers : {}) } }
          : record,
      ),
    );
    await world.allHeard();
    expect(world.counts.healed).toBeGreaterThan(0);
  });

  it.each<[string, (record: LogRecord) => LogRecord]>([
    ['signed with another key', (record) => signed(record, Buffer.alloc(32, 8))],
    [
      'of a later position',
      ({ headers, ...record }) => ({ ...record, headers: { ...headers, ce_position: '9' } }),
    ],
    [
      'with an earlier place before it',
      ({ headers, ...record }) => ({ ...record, headers: { ...headers, ce_previous: '0' } }),
    ],
    ['in another partition', (record) => ({ ...record, partition: (record.partition + 1) % PARTITIONS })],
    [
      'without its signature',
      ({ headers: { ce_mac: _, ...headers }, ...record }) => ({ ...record, headers }),
    ],
  ])('moves nowhere for a record of its own event that is %s', async (_, forged) => {
    await world.write(12);
    const records = await world.records();
    const one = records[5];
    if (one === undefined) throw new Error('there are twelve');
    const dealt = forged(one);
    await world.deal([...records.slice(0, 5), dealt, ...records.slice(6)]);
    await world.allHeard();
    expect(world.counts.refused).toBe(1);
    expect(world.counts.healed).toBeGreaterThan(0);
  });

  describe('of a log that was put back under its name', () => {
    let lost: readonly LogRecord[];
    beforeEach(async () => {
      await world.write(20);
      lost = await world.records();
      world.becomes(await copiedLog(world.store, { epoch: (await world.store.head()).epoch, upTo: 8n }));
      world.row.progress = undefined;
    });

    it('takes nothing of the end that was lost, although it is signed and whole', async () => {
      await world.deal(lost);
      await world.allHeard();
      await world.write(20);
      await world.deal(await world.records());
      await world.allHeard();
    });

    it('nor when what came in its place is there, or comes in the same batch', async () => {
      await world.write(30);
      await world.deal([...lost, ...(await world.records())]);
      await world.allHeard();
    });

    it('nor when the relay goes on behind it, as it was not told of the rest', async () => {
      const common = await world.records();
      // What is not relayed has the positions of the end.
      for (let n = 0; n < 20; n += 1)
        await appendPlain(world.store, streamOf('access', randomUUID()), [{ type: 'Looked', data: { n } }]);
      await world.write(14);
      const since = (await world.records()).slice(common.length);
      await world.deal([...lost, ...since]);
      const heard = [...world.heard.values()].flat();
      expect(heard.length).toBeGreaterThanOrEqual(8 + 14);
      for (const event of heard) expect(event).toEqual(await world.store.readAt(event.position));
    });
  });

  it('says once how many records of a batch it refused', async () => {
    await world.write(12);
    const records = await world.records();
    const said: number[] = [];
    world.onRefused = (count) => said.push(count);
    await world.deal(
      records.map((record) => (record.partition === 0 ? signed(record, Buffer.alloc(32, 8)) : record)),
    );
    await world.allHeard();
    expect(said).toEqual([records.filter(({ partition }) => partition === 0).length]);
  });

  it('hears what was sent and never came, although nothing comes after it', async () => {
    await world.write(10);
    await world.deal((await world.records()).slice(0, 6));
    await world.allHeard();
    expect(world.counts.healed).toBe(4);
  });

  it('takes no word of another log, or of a topic that was cut otherwise', async () => {
    await world.write(10);
    const foreign = new World();
    await foreign.write(10);
    await world.deal(await foreign.records());
    await world.deal(
      (await world.records()).map((record) => ({
        ...record,
        headers: { ...record.headers, ce_partitions: String(PARTITIONS + 1) },
      })),
    );
    world.row.progress = undefined;
    expect([...world.heard.values()].flat()).toEqual([]);
    await world.records();
    await world.allHeard();
  });

  it.each([
    ['records come of it', async () => world.deal(await world.records())],
    ['only the relay speaks of it', async () => void (await world.records())],
  ])('lets its follower look again when the log is another one now, and %s', async (_, comes) => {
    await world.write(10);
    await world.deal(await world.records());
    await world.allHeard();
    world.failOver();
    await world.write(10);
    await comes();
    await world.allHeard();
  });

  it('begins nothing that it is dealt while it leaves', async () => {
    const { handlers } = world.broker;
    world.broker.onClose = () => {
      handlers?.assigned(0);
    };
    await world.stop();
    await expect(Promise.resolve(handlers?.handle(0, []))).rejects.toThrow();
  });

  it('begins where its follower stands, not where the topic does', async () => {
    await world.stop();
    world = new World();
    await world.write(25);
    world.after = 12n;
    await world.start();
    await world.deal(await world.records());
    await world.allHeard();
    expect(world.counts).toEqual({ skipped: 12, healed: 0, refused: 0 });
  });

  it('hands the same batch again when its follower broke over it', async () => {
    let broken = 0;
    world.onBatch = () => {
      broken += 1;
      if (broken <= 3) throw new Error('the tables are away');
    };
    await world.write(12);
    await world.deal(await world.records());
    await world.allHeard();
    expect(broken).toBeGreaterThan(3);
  });

  it('is left when it is taken away, and goes on where it stood when it comes back', async () => {
    await world.write(9);
    await world.deal(await world.records());
    const { handlers } = world.broker;
    for (let partition = 0; partition < PARTITIONS; partition += 1) handlers?.revoked(partition);
    await world.write(9);
    await expect(Promise.resolve(handlers?.handle(0, []))).rejects.toThrow();
    for (let round = 0; round < 5; round += 1) {
      for (let partition = 0; partition < PARTITIONS; partition += 1) {
        handlers?.assigned(partition);
        if (round < 4) handlers?.revoked(partition);
      }
    }
    await world.deal(await world.records());
    await world.allHeard();
  });
});

describe('the check of these stories', () => {
  it('would notice an event left out, doubled or out of order', async () => {
    await world.write(9);
    await world.deal(await world.records());
    await world.allHeard();
    const heard = [...world.heard.values()].find((events) => events.length > 2) ?? [];
    const [first] = heard;
    if (first === undefined) throw new Error('something was heard');
    heard.splice(1, 1);
    await expect(world.allHeard()).rejects.toThrow();
    heard.splice(1, 0, first);
    await expect(world.allHeard()).rejects.toThrow();
  });

  it('deals records that say what the store has', async () => {
    await world.write(1);
    const [record] = await world.records();
    const [stored] = await world.store.readAll(0n, 1);
    expect(record && eventOf(record, KEY)).toMatchObject({
      event: stored,
      intact: true,
      previous: 0n,
      partitions: PARTITIONS,
    });
    expect(new HandBroker().published).toEqual([]);
  });
});
