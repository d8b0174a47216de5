/** A follower on a real database, over a log in memory: what is down, what cannot be taken, and what is tried again. */
import { randomUUID } from 'node:crypto';
import { StoreUnavailable, streamOf, type EventStore, type StreamName } from '@fascia/kernel';
import {
  appendPlain,
  copiedLog,
  FlakyStore,
  memoryStore,
  SpacedStore,
  testRows,
  until,
  type TestRows,
} from '@fascia/testkit';
import { pause } from '@fascia/retry';
import { FOLLOWER_SQL } from './checkpoint.js';
import { Follower, type Coming } from './follower.js';
import { parkedSubjects, retryParked } from './parking-place.js';
import type { Delivery } from './slice.js';
import { storeDelivery } from './store-delivery.js';

let database: TestRows;
let pool: TestRows['pool'];
let rows: TestRows['rows'];

beforeAll(async () => {
  database = await testRows(FOLLOWER_SQL);
  ({ pool, rows } = database);
});
afterAll(() => database.close());

/** What is done for each subject, in order; what a stream is told to do instead. */
class Shop {
  readonly #log = new FlakyStore(memoryStore(randomUUID()));
  readonly store: EventStore = this.#log;
  readonly name = `spec-${randomUUID()}`;
  readonly done: string[] = [];
  /** Of what was done, what came in doubt. */
  readonly doubted: string[] = [];
  readonly logged: string[] = [];
  readonly troubles = new Map<string, Error>();
  readonly unreadable = new Set<string>();
  readonly #followers: Follower[] = [];

  /** What has to be there before anything is taken. */
  begins: () => Promise<void> = () => Promise.resolve();

  looked = 0;

  start(delivery: Delivery = storeDelivery(this.store)): Follower {
    const follower = new Follower({
      name: this.name,
      store: this.store,
      delivery,
      rows,
      begins: () => this.begins(),
      looks: () => {
        this.looked += 1;
        return Promise.resolve();
      },
      takes: new Set(['MoneyPaidIn']),
      lookEveryMs: LOOK_EVERY_MS,
      workOf: ({ stream, version }, { doubted }: Coming) => {
        if (this.unreadable.has(stream)) return Promise.reject(new SyntaxError('what is this?'));
        const what = `${stream} ${String(version)}`;
        return Promise.resolve([
          {
            subject: `of ${stream}`,
            run: () => {
              const trouble = this.troubles.get(what);
              if (trouble !== undefined) return Promise.reject(trouble);
              this.done.push(what);
              if (doubted) this.doubted.push(what);
              return Promise.resolve();
            },
          },
        ]);
      },
      passes: (error) => error instanceof StoreUnavailable,
      lasts: (error) => error instanceof RangeError,
      log: (what) => {
        this.logged.push(what);
      },
    });
    follower.start();
    this.#followers.push(follower);
    return follower;
  }

  becomes(store: EventStore): void {
    this.#log.become(store);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#followers.splice(0).map((follower) => follower.stop()));
  }

  async pays(stream: StreamName, times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1)
      await appendPlain(this.store, stream, [{ type: 'MoneyPaidIn', data: { amount: 1 } }]);
  }

  async settled(): Promise<void> {
    const { position } = await this.store.head();
    await until(() => this.#followers.every((follower) => follower.position >= position), {
      message: 'the follower to come to the end of the log',
      deadlineMs: 60_000,
    });
  }

  async parked(): Promise<readonly object[]> {
    return (await parkedSubjects(rows)).filter(({ follower }) => follower === this.name);
  }

  of(stream: StreamName): readonly string[] {
    return this.done.filter((what) => what.startsWith(stream));
  }
}

const LOOK_EVERY_MS = 20;

const account = (): StreamName => streamOf('listing', randomUUID());
const numbered = (stream: StreamName, ...versions: readonly number[]) =>
  versions.map((version) => `${stream} ${String(version)}`);

let shop: Shop;
beforeEach(() => {
  shop = new Shop();
});
afterEach(() => shop.stop());

describe('a follower', () => {
  it('does the work of each subject in order, and goes on where it stood', async () => {
    const [one, other] = [account(), account()];
    shop.start();
    await shop.pays(one, 2);
    await shop.pays(other, 2);
    await shop.settled();
    await shop.stop();
    shop.start();
    await shop.pays(one);
    await shop.settled();
    expect(shop.of(one)).toEqual(numbered(one, 1, 2, 3));
    expect(shop.of(other)).toEqual(numbered(other, 1, 2));
  });

  it('looks what it begins with while nothing comes', async () => {
    shop.start();
    await until(() => shop.looked > 2, { message: 'several looks' });
  });

  it('waits for what is down, and parks nothing', async () => {
    const [one, other] = [account(), account()];
    shop.troubles.set(`${one} 1`, new StoreUnavailable('down'));
    shop.start();
    await shop.pays(one);
    await shop.pays(other);
    await until(() => shop.logged.length > 5, { message: 'several tries', deadlineMs: 60_000 });
    expect(await shop.parked()).toEqual([]);
    shop.troubles.clear();
    await shop.settled();
    expect(shop.of(one)).toEqual(numbered(one, 1));
  });

  it('parks the one subject whose work cannot be done, and holds back what comes for it', async () => {
    const [one, other] = [account(), account()];
    shop.troubles.set(`${one} 2`, new TypeError('its own fault'));
    shop.start();
    await shop.pays(one, 3);
    await shop.pays(other, 3);
    await shop.settled();
    await shop.pays(one);
    await shop.settled();
    expect(new Set(shop.of(one))).toEqual(new Set(numbered(one, 1)));
    expect(new Set(shop.of(other))).toEqual(new Set(numbered(other, 1, 2, 3)));
    expect(await shop.parked()).toEqual([
      expect.objectContaining({ subject: `of ${one}`, position: 2n, error: 'TypeError' }),
    ]);
    expect(shop.logged).toContain('parked in a follower');
  });

  it('parks those of a batch that give up at different times', async () => {
    const [one, other] = [account(), account()];
    shop.troubles.set(`${one} 1`, new TypeError('its own fault'));
    shop.troubles.set(`${other} 1`, new StoreUnavailable('away'));
    await shop.pays(one);
    await shop.pays(other);
    shop.start();
    await until(() => shop.logged.length > 3, { message: 'several tries', deadlineMs: 60_000 });
    shop.troubles.set(`${other} 1`, new TypeError('its own fault'));
    await until(async () => (await shop.parked()).length === 2, {
      message: 'both to be parked',
      deadlineMs: 60_000,
    });
  });

  it('parks at once what no trying again mends, and nobody waits for it', async () => {
    const [one, other] = [account(), account()];
    shop.troubles.set(`${one} 1`, new RangeError('for good'));
    shop.start();
    await shop.pays(one);
    await shop.pays(other);
    await shop.settled();
    expect(shop.logged).toEqual(['parked in a follower']);
    expect(shop.of(other)).toEqual(numbered(other, 1));
  });

  it.each([
    ['one by one', memoryStore],
    ['sparse', () => new SpacedStore(memoryStore())],
  ])('takes it again when somebody asks, in order, once its code is mended: positions %s', async (_, log) => {
    shop.becomes(log());
    const one = account();
    shop.troubles.set(`${one} 1`, new TypeError('its own fault'));
    shop.start();
    await shop.pays(one, 2);
    await shop.settled();
    await retryParked(rows, `of ${one}`);
    await until(async () => (await pool.query('select 1 from delivery.parked where retry')).rowCount === 0, {
      message: 'the retry to be taken up',
      deadlineMs: 60_000,
    });
    expect(shop.done).toEqual([]);
    expect(await shop.parked()).toHaveLength(1);
    shop.troubles.clear();
    expect(await retryParked(rows, `of ${one}`)).toBe(1);
    await until(async () => (await shop.parked()).length === 0, {
      message: 'the subject to be taken again',
      deadlineMs: 60_000,
    });
    await shop.pays(one);
    await shop.settled();
    expect(shop.of(one)).toEqual(numbered(one, 1, 2, 3));
  });

  /** A process that is given no slice. */
  const nothingDealt: Delivery = {
    follow: () => Promise.resolve({ stop: () => Promise.resolve() }),
  };

  it.each([
    ['that follows', undefined],
    ['that is given nothing to follow', nothingDealt],
  ])('takes nothing again in a process %s before it has begun', async (_, delivery) => {
    const one = account();
    shop.troubles.set(`${one} 1`, new RangeError('for good'));
    shop.start();
    await shop.pays(one);
    await shop.settled();
    await shop.stop();
    shop.troubles.clear();
    await retryParked(rows, `of ${one}`);
    const ready = Promise.withResolvers<undefined>();
    let asked = 0;
    shop.begins = async () => {
      asked += 1;
      await ready.promise;
    };
    shop.start(delivery);
    await until(() => asked > 0, { message: 'it to begin' });
    await pause(200, new AbortController().signal);
    expect([shop.of(one), (await shop.parked()).length]).toEqual([[], 1]);
    ready.resolve(undefined);
    await until(async () => (await shop.parked()).length === 0, {
      message: 'it to be taken',
      deadlineMs: 60_000,
    });
    expect(shop.of(one)).toEqual(numbered(one, 1));
  });

  it('parks the stream of an event that it cannot read', async () => {
    const [one, other] = [account(), account()];
    shop.unreadable.add(one);
    shop.start();
    await shop.pays(one, 2);
    await shop.pays(other);
    await shop.settled();
    expect(new Set(shop.of(other))).toEqual(new Set(numbered(other, 1)));
    expect(await shop.parked()).toEqual([expect.objectContaining({ subject: one, error: 'SyntaxError' })]);
  });

  it('takes a stream that it could not read again, with everything that came for it meanwhile', async () => {
    const one = account();
    shop.unreadable.add(one);
    shop.start();
    await shop.pays(one, 2);
    await shop.settled();
    shop.unreadable.clear();
    await shop.pays(one);
    await shop.settled();
    expect(shop.of(one)).toEqual([]);
    await retryParked(rows, one);
    await until(async () => (await shop.parked()).length === 0, {
      message: 'the stream to be taken again',
      deadlineMs: 60_000,
    });
    expect(shop.of(one)).toEqual(numbered(one, 1, 2, 3));
  });

  it('leaves a subject that waits by itself waiting when its stream is taken again', async () => {
    const one = account();
    shop.troubles.set(`${one} 1`, new TypeError('its own fault'));
    shop.start();
    await shop.pays(one);
    await until(async () => (await shop.parked()).length === 1, {
      message: 'it to be parked',
      deadlineMs: 60_000,
    });
    shop.unreadable.add(one);
    await shop.pays(one, 2);
    await shop.settled();
    shop.unreadable.clear();
    await retryParked(rows, one);
    await until(async () => (await shop.parked()).length === 1, {
      message: 'the stream to be taken again',
      deadlineMs: 60_000,
    });
    expect(shop.of(one)).toEqual([]);
    shop.troubles.clear();
    await retryParked(rows, `of ${one}`);
    await until(async () => (await shop.parked()).length === 0, { message: 'all of it', deadlineMs: 60_000 });
    expect(shop.of(one)).toEqual(numbered(one, 1, 2, 3));
  });

  it('goes on asking for a retry that met something that was down', async () => {
    const one = account();
    shop.troubles.set(`${one} 1`, new TypeError('its own fault'));
    shop.start();
    await shop.pays(one);
    await until(async () => (await shop.parked()).length === 1, {
      message: 'it to be parked',
      deadlineMs: 60_000,
    });
    shop.troubles.set(`${one} 1`, new StoreUnavailable('down'));
    await retryParked(rows, `of ${one}`);
    const before = shop.logged.length;
    await until(() => shop.logged.length > before + 1, { message: 'several tries', deadlineMs: 60_000 });
    shop.troubles.clear();
    await until(async () => (await shop.parked()).length === 0, {
      message: 'it to be taken once the rest is back',
      deadlineMs: 60_000,
    });
    expect(shop.of(one)).toEqual(numbered(one, 1));
  });

  it('tries what may pass by itself a few times before it parks anybody', async () => {
    const one = account();
    shop.troubles.set(`${one} 1`, new TypeError('only once'));
    shop.start();
    await shop.pays(one);
    await until(() => shop.logged.length > 0, { message: 'the first try', deadlineMs: 60_000, everyMs: 1 });
    shop.troubles.clear();
    await shop.settled();
    expect(shop.of(one)).toEqual(numbered(one, 1));
    expect(await shop.parked()).toEqual([]);
  });
});

describe('a follower whose log is another one', () => {
  const one = account();

  /** Three payments were taken. */
  const took = async (): Promise<void> => {
    shop.start();
    await shop.pays(one, 3);
    await shop.settled();
  };
  const expected = numbered(one, 1, 2, 3);

  it('does nothing again when only the name is, whether it runs or begins', async () => {
    await took();
    shop.becomes(await copiedLog(shop.store, { epoch: 'promoted' }));
    await until(() => shop.logged.includes('the log has another name, and is the same'), {
      message: 'the name',
    });
    await shop.stop();
    shop.becomes(await copiedLog(shop.store, { epoch: 'promoted again' }));
    shop.start();
    await shop.pays(one);
    await until(() => shop.done.length >= 4, { message: 'the next payment' });
    expect(shop.done).toEqual([...expected, ...numbered(one, 4)]);
    expect(shop.doubted).toEqual([]);
  });

  it('takes what comes of a log that lost its end while it ran, and doubts what was there', async () => {
    await took();
    const { epoch } = await shop.store.head();
    shop.becomes(await copiedLog(shop.store, { epoch, upTo: 1n }));
    await until(() => shop.done.length >= 4, { message: 'the first payment again' });
    await shop.pays(one);
    await until(() => shop.done.length >= 5, { message: 'the next payment' });
    expect(shop.done.slice(3)).toEqual(numbered(one, 1, 2));
    expect(shop.doubted).toEqual(numbered(one, 1));
  });

  it('takes a batch of the log that was put back only after it knows of it', async () => {
    await took();
    const { epoch } = await shop.store.head();
    const putBack = await copiedLog(shop.store, { epoch, upTo: 1n });
    for (let n = 0; n < 4; n += 1)
      await appendPlain(putBack, account(), [{ type: 'MoneyPaidIn', data: { amount: 1 } }]);
    shop.becomes(putBack);
    // From the beginning: one that was there, four that came.
    await until(() => shop.done.length >= 8, { message: 'all five' });
    expect(shop.done).toHaveLength(8);
  });

  it('is set back by an operator while nothing comes', async () => {
    await took();
    const stands = 'select 1 from delivery.checkpoint where follower = $1 and position = 3';
    await until(async () => (await rows.query(stands, [shop.name])).length === 1, { message: 'its row' });
    await rows.query(
      "update delivery.checkpoint set position = 0, digest = '', stream = '', version = 0 where follower = $1",
      [shop.name],
    );
    await until(() => shop.done.length >= 6, { message: 'everything again' });
    expect(shop.done).toEqual([...expected, ...expected]);
  });
});
