/** The relay on a real database, over a log in memory and a broker that is dealt by hand. */
import { PublishOutcomeUnknown, type LogRecord } from '@fascia/broker';
import { copiedLog, SpacedStore, testRows, until, type TestRows } from '@fascia/testkit';
import { World } from './delivery.spec-data.js';
import { RECORD_KEY_SQL } from './record-key.js';
import { Relay } from './relay.js';
import { DELIVERY_SQL, readProgress } from './relay-progress.js';

let database: TestRows;
let pool: TestRows['pool'];
let rows: TestRows['rows'];
let world: World;
const relays: Relay[] = [];

beforeAll(async () => {
  database = await testRows(DELIVERY_SQL + RECORD_KEY_SQL);
  ({ pool, rows } = database);
});
afterAll(() => database.close());
beforeEach(() => {
  world = new World();
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
});

const relayed = (log: (what: string) => void = () => undefined, lookEveryMs = 2_000): Relay => {
  const relay = new Relay({ store: world.store, broker: world.broker, pool, rows, log, lookEveryMs });
  relays.push(relay);
  relay.start();
  return relay;
};

const positions = (records: readonly LogRecord[] = world.broker.published): readonly string[] =>
  records.map(({ headers }) => headers['ce_position'] ?? '');

const everythingSent = async (): Promise<void> => {
  const { position } = await world.store.head();
  await until(async () => (await readProgress(rows))?.position === position, {
    message: 'the relay to reach the end of the log',
    deadlineMs: 60_000,
  });
};

/** In order, each at least once; what comes again comes as a run that was sent before. */
const isCompleteAndInOrder = async (): Promise<void> => {
  const all = (await world.store.readAll(0n, 10_000)).map(({ position }) => position.toString());
  let next = 0;
  for (const position of positions()) {
    const at = all.indexOf(position);
    expect(at).toBeLessThanOrEqual(next);
    next = at === next ? next + 1 : next;
  }
  expect(next).toBe(all.length);
};

describe('the relay', () => {
  it('sends the log in order, each record naming the one before it in its partition', async () => {
    await world.write(40);
    relayed();
    await world.write(20);
    await everythingSent();
    expect(positions()).toEqual(Array.from({ length: 60 }, (_, n) => String(n + 1)));
    const last = new Map<number, string>();
    for (const { partition, headers } of world.broker.published) {
      expect(headers['ce_previous']).toBe(last.get(partition) ?? '0');
      last.set(partition, headers['ce_position'] ?? '');
    }
  });

  it('sends the same batch again after an outcome that nobody knows', async () => {
    let fails = 3;
    world.broker.onPublish = (records) => {
      fails -= 1;
      if (fails < 0) return;
      if (fails === 1) world.broker.published.push(...records);
      throw new PublishOutcomeUnknown('as planned');
    };
    await world.write(30);
    relayed();
    await everythingSent();
    await isCompleteAndInOrder();
  });

  it('goes on where it was acknowledged when it starts again', async () => {
    await world.write(10);
    await relayedOnce();
    const before = world.broker.published.length;
    await world.write(5);
    relayed();
    await everythingSent();
    expect(world.broker.published.length).toBe(before + 5);
  });

  it('is one of several: the next takes over when the first lets go or is cut off', async () => {
    const one = relayed();
    await until(() => one.leads, { message: 'the first to lead' });
    const other = relayed();
    await world.write(10);
    await everythingSent();
    expect(other.leads).toBe(false);
    await pool.query(
      // Other specs hold locks of their own on this server, a migration for instance.
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
         and database = (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()`,
    );
    await until(() => !one.leads || other.leads, {
      message: 'the first to lose the lead',
      deadlineMs: 60_000,
    });
    await world.write(10);
    await everythingSent();
    await isCompleteAndInOrder();
  });

  it('is right with two that both believe to lead', async () => {
    relayed();
    // A second one whose lock is another: as if the first had been paused, lost its lock, and woken.
    const twin = new Relay({
      store: world.store,
      broker: world.broker,
      pool: await unlocked(),
      rows,
      log: () => undefined,
    });
    relays.push(twin);
    twin.start();
    for (let n = 0; n < 10; n += 1) await world.write(10);
    await everythingSent();
    await isCompleteAndInOrder();
  });

  it('sends nothing again when the log has another name: a standby took over', async () => {
    await world.write(10);
    await relayedOnce();
    world.becomes(await copiedLog(world.store, { epoch: 'promoted' }));
    const before = world.broker.published.length;
    relayed();
    await world.write(5);
    await everythingSent();
    expect(world.broker.published.length).toBe(before + 5);
    await isCompleteAndInOrder();
  });

  it('notices it while it runs, and names the log as it is called now', async () => {
    await world.write(10);
    relayed(undefined, 20);
    await everythingSent();
    world.becomes(await copiedLog(world.store, { epoch: 'promoted' }));
    await until(async () => (await readProgress(rows))?.epoch === 'promoted', { message: 'the name' });
    await world.write(5);
    await everythingSent();
    expect(world.broker.published).toHaveLength(15);
    expect(world.broker.published.at(-1)?.headers['ce_source']).toBe('urn:fascia:promoted');
  });

  it('goes on where it stood on a log that was moved, with each partition where it is there', async () => {
    await world.write(30);
    await relayedOnce();
    const sent = world.broker.published.length;
    world.becomes(new SpacedStore(await copiedLog(world.store, { epoch: 'moved' })));
    world.broker.published.splice(0);
    relayed();
    await world.write(10);
    await everythingSent();
    expect(sent).toBe(30);
    expect(positions()).toEqual(Array.from({ length: 10 }, (_, n) => String((31 + n) * 10)));
    // Each names the one before it in its partition, as a relay that has sent everything would.
    const { broker } = world;
    const all = await world.records();
    expect(broker.published.map(({ headers }) => headers['ce_previous'])).toEqual(
      all.slice(-10).map(({ headers }) => headers['ce_previous']),
    );
  });

  it.each(['memory', 'another'])(
    'sends everything of a log again that lost its end while it ran, called %s',
    async (epoch) => {
      await world.write(10);
      const said: string[] = [];
      relayed((what) => said.push(what), 20);
      await everythingSent();
      const name = epoch === 'memory' ? (await world.store.head()).epoch : epoch;
      world.becomes(await copiedLog(world.store, { epoch: name, upTo: 6n }));
      await world.write(20);
      world.broker.published.splice(0);
      await until(async () => (await readProgress(rows))?.position === 26n, { message: 'all of it' });
      await isCompleteAndInOrder();
      expect(said).toContain('the log is another one: the relay sends it from its beginning');
    },
  );

  it('goes on with the cut that the topic has, when it was made anew with another', async () => {
    await world.write(10);
    relayed();
    await everythingSent();
    world.broker.partitions = 2;
    world.broker.onPublish = (records) => {
      if (records.some(({ partition }) => partition >= 2))
        throw new PublishOutcomeUnknown('there is no such partition');
    };
    world.broker.published.splice(0);
    await world.write(10);
    const ofTheNewCut = () =>
      world.broker.published.filter(({ headers }) => headers['ce_partitions'] === '2');
    await until(() => ofTheNewCut().length === 20, {
      message: 'everything to be sent in two partitions',
      deadlineMs: 60_000,
    });
    expect(positions(ofTheNewCut())).toEqual(Array.from({ length: 20 }, (_, n) => String(n + 1)));
  });

  it('would be found out by these checks had it skipped or turned round a record', async () => {
    await world.write(10);
    await relayedOnce();
    const sent = [...world.broker.published];
    world.broker.published.splice(3, 1);
    await expect(isCompleteAndInOrder()).rejects.toThrow();
    world.broker.published.splice(0, 10, ...sent.toReversed());
    await expect(isCompleteAndInOrder()).rejects.toThrow();
  });
});

const relayedOnce = async (): Promise<void> => {
  const relay = relayed();
  await everythingSent();
  await relay.stop();
  relays.splice(relays.indexOf(relay), 1);
};

const elsewhere: TestRows[] = [];
/** Advisory locks are a database's own: on another one the same lock is free. */
const unlocked = async (): Promise<TestRows['pool']> => {
  const other = await testRows();
  elsewhere.push(other);
  return other.pool;
};
afterAll(() => Promise.all(elsewhere.map((other) => other.close())));
