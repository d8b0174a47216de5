/** What is remembered of a stream costs no reading, is of this log and these keys alone, and answers as if all had been read. */
import { StoreUnavailable, streamOf, type Fact, type StoredEvent } from '@fascia/kernel';
import {
  masterKeys,
  memorySubjectKeys,
  postgresSubjectKeys,
  SUBJECT_KEY_SQL,
  type ErasableKeys,
} from '@fascia/sealing';
import {
  accountAggregate,
  copiedLog,
  FlakyStore,
  memoryStore,
  SetClock,
  testRows,
  type AccountEvent,
  type TestRows,
} from '@fascia/testkit';
import { answer, Bank, kind } from './door.spec-data.js';
import type { Door } from './door.js';
import { Memory, MEMORY_LIMITS } from './memory.js';
import { StreamUnreadable } from './opened.js';
import { postgresSnapshots, SNAPSHOT_SQL } from './snapshots.js';

/** Longer than a page. */
const LONG = 1_200;
const PAGE = 500;

class CountingStore extends FlakyStore {
  events = 0;
  pages = 0;
  away = false;

  override async readStream(...asked: Parameters<FlakyStore['readStream']>): Promise<readonly StoredEvent[]> {
    this.pages += 1;
    if (this.away) throw new StoreUnavailable('away');
    const page = await super.readStream(...asked);
    this.events += page.length;
    return page;
  }

  /** How many events it takes to do something. */
  async readFor(work: () => Promise<unknown>): Promise<number> {
    const before = this.events;
    await work();
    return this.events - before;
  }
}

/** All that was said. */
const remarks = {
  folds: {
    category: 'calendar',
    initial: [],
    evolve: (sofar: readonly string[], { type, data }: Fact<AccountEvent>) =>
      type === 'MoneyPaidIn' ? [...sofar, data.remark ?? ''] : sofar,
    stage: () => '',
  },
  of: (sofar: readonly string[]) => sofar,
} as const;

const grow = async (bank: Bank, id: string, events: number, door?: Door): Promise<void> => {
  const by = door === undefined ? {} : { door };
  for (let n = 0; n < events; n += 1)
    await bank.ask(id, n % 2 === 0 ? { type: 'PayIn', amount: 1 } : { type: 'Take', amount: 1 }, by);
};

describe('a stream that was read', () => {
  it('is read no more, but for what came since', async () => {
    const store = new CountingStore(memoryStore());
    const bank = new Bank(store);
    const id = await bank.opened();
    await grow(bank, id, LONG);
    const one = () => bank.ask(id, { type: 'PayIn', amount: 1 });
    await one();
    // The event with which the remembered ends, and what the command before this one stored.
    expect(await store.readFor(one)).toBe(2);
    await grow(bank, id, 7, bank.newDoor());
    expect(await store.readFor(one)).toBe(9);
  });

  it('answers a command that is in it as the first time, however long ago', async () => {
    const store = new CountingStore(memoryStore());
    const bank = new Bank(store);
    const id = await bank.opened(5);
    const first = await bank.ask(id, { type: 'PayIn', amount: 1 }, { key: 'k' });
    const nothing = await bank.ask(id, { type: 'CloseAccount' }, { key: 'c' });
    const again = await bank.ask(id, { type: 'CloseAccount' }, { key: 'n' });
    await grow(bank, id, 3);
    const asked = async () => {
      expect(answer(await bank.ask(id, { type: 'PayIn', amount: 1 }, { key: 'k' }))).toEqual(answer(first));
    };
    // What it came to, and the event that tells.
    expect(await store.readFor(asked)).toBe(2);
    expect(answer(await bank.ask(id, { type: 'CloseAccount' }, { key: 'c' }))).toEqual(answer(nothing));
    expect(await bank.ask(id, { type: 'CloseAccount' }, { key: 'n' })).toEqual(again);
    expect(kind(await bank.ask(id, { type: 'PayIn', amount: 2 }, { key: 'k' }))).toBe('keyReused');
  });

  it('is read no more where it is a register', async () => {
    const store = new CountingStore(memoryStore());
    const bank = new Bank(store);
    const turn = async () => {
      await bank.ask(await bank.opened(0, 'the one'), { type: 'CloseAccount' });
    };
    await turn();
    const few = await store.readFor(turn);
    for (let n = 0; n < 50; n += 1) await turn();
    expect(await store.readFor(turn)).toBe(few);
  });

  it('is read by one of many who ask for it at once', async () => {
    const store = new CountingStore(memoryStore());
    const bank = new Bank(store);
    const id = await bank.opened();
    await grow(bank, id, LONG);
    const door = bank.newDoor();
    const all = () => Promise.all(Array.from({ length: 20 }, () => door.load(bank.accounts, id)));
    expect(await store.readFor(all)).toBe(LONG + 1 + 19);
  });

  it('that cannot be read is asked for once by all who want it at once, and each is told', async () => {
    const store = new CountingStore(memoryStore());
    const bank = new Bank(store);
    const id = await bank.opened();
    const door = bank.newDoor();
    store.away = true;
    const before = store.pages;
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => door.load(bank.accounts, id)));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['rejected']));
    // One after another, the last of them would wait twenty times as long as the first for a store that is silent.
    expect(store.pages - before).toBe(1);
    store.away = false;
    expect((await door.load(bank.accounts, id)).version).toBe(1);
  });

  it('is forgotten where the log was put back below it, or has gone on otherwise', async () => {
    const store = new FlakyStore(memoryStore('one'));
    const bank = new Bank(store);
    const door = bank.newDoor(store);
    const id = await bank.opened(5);
    const backup = await copiedLog(store, { epoch: 'two' });
    await bank.ask(id, { type: 'PayIn', amount: 100 }, { door });
    expect((await door.load(bank.accounts, id)).state.balance).toBe(105);
    store.become(backup);
    expect((await door.load(bank.accounts, id)).state.balance).toBe(5);
    const other = new FlakyStore(await copiedLog(backup, { epoch: 'three' }));
    await bank.ask(id, { type: 'PayIn', amount: 1 }, { door });
    expect((await door.load(bank.accounts, id)).state.balance).toBe(6);
    await new Bank(other, accountAggregate, new SetClock(), bank.keys).ask(id, { type: 'Take', amount: 5 });
    store.become(other);
    expect(await door.load(bank.accounts, id)).toMatchObject({ version: 3, state: { balance: 0 } });
  });

  it('is forgotten once the key of whom it is about is gone', async () => {
    const bank = new Bank(memoryStore());
    const door = bank.newDoor();
    const id = await bank.opened();
    await bank.ask(id, { type: 'PayIn', amount: 1, remark: 'Saved.' });
    expect(await door.view(remarks, id)).toEqual(['Saved.']);
    await bank.keys.erase(streamOf('calendar', id));
    expect(await door.view(remarks, id)).toEqual(['[erased]']);
    expect(await door.view(remarks, id)).toEqual(['[erased]']);
  });

  it('is forgotten also where the key went while it was read', async () => {
    const inner = memorySubjectKeys();
    let goes = false;
    const keys: ErasableKeys = {
      ...inner,
      find: async (subject, keyId) => {
        const found = await inner.find(subject, keyId);
        if (goes) await inner.erase(subject);
        goes = false;
        return found;
      },
    };
    const bank = new Bank(memoryStore(), accountAggregate, new SetClock(), keys);
    const id = await bank.opened();
    await bank.ask(id, { type: 'PayIn', amount: 1, remark: 'Saved.' });
    const door = bank.newDoor();
    goes = true;
    await door.view(remarks, id);
    expect(await door.view(remarks, id)).toEqual(['[erased]']);
  });

  it('is not decided over once a key is missing', async () => {
    const inner = memorySubjectKeys();
    let away = false;
    const keys: ErasableKeys = {
      ...inner,
      find: (subject, keyId) => (away ? Promise.resolve(undefined) : inner.find(subject, keyId)),
    };
    const bank = new Bank(memoryStore(), accountAggregate, new SetClock(), keys);
    const id = await bank.opened();
    await bank.ask(id, { type: 'PayIn', amount: 1, remark: 'Saved.' });
    await bank.ask(id, { type: 'PayIn', amount: 1 });
    away = true;
    await expect(bank.ask(id, { type: 'PayIn', amount: 1 })).rejects.toBeInstanceOf(StreamUnreadable);
    away = false;
    expect(kind(await bank.ask(id, { type: 'PayIn', amount: 1 }))).toBe('done');
  });

  it('takes no more room than there is', async () => {
    const bytes = 40_000;
    const memory = new Memory({ ...MEMORY_LIMITS, bytes });
    const bank = new Bank(memoryStore());
    const door = bank.newDoor(bank.store, bank.clock, { memory });
    const ids = await Promise.all(Array.from({ length: 60 }, () => bank.opened(7)));
    for (const round of [1, 2]) {
      for (const id of ids) {
        expect(kind(await bank.ask(id, { type: 'PayIn', amount: round }, { door }))).toBe('done');
        expect(memory.bytes).toBeLessThanOrEqual(bytes);
      }
    }
    expect(memory.bytes).toBeGreaterThan(bytes / 2);
    for (const id of ids) expect((await door.load(bank.accounts, id)).state.balance).toBe(10);
  });
});

describe('a snapshot', () => {
  let database: TestRows;
  let bank: Bank;
  let id: string;
  const store = new CountingStore(memoryStore());
  const told: string[] = [];

  const started = (codeDigest = 'this code', rows = database.rows) => {
    const snapshots = postgresSnapshots({
      rows,
      keys: bank.keys,
      codeDigest,
      log: (what) => told.push(what),
    });
    const memory = new Memory(MEMORY_LIMITS, snapshots);
    return { memory, door: bank.newDoor(store, bank.clock, { memory }) };
  };
  const taken = () =>
    database.rows.query<{ stream: string; version: number; subject: string }>(
      'select stream, version, subject from snapshot.state order by version',
    );
  const readCold = (door: Door) => store.readFor(() => door.load(bank.accounts, id));

  beforeAll(async () => {
    database = await testRows(SUBJECT_KEY_SQL, SNAPSHOT_SQL);
    const masters = masterKeys({ keys: `one:${Buffer.alloc(32, 7).toString('base64url')}`, dataDir: '.' });
    const keys = postgresSubjectKeys(database.rows, masters);
    bank = new Bank(store, accountAggregate, new SetClock(), keys);
    id = await bank.opened(5);
    await bank.ask(id, { type: 'PayIn', amount: 1, remark: 'Saved.' });
    await grow(bank, id, LONG);
  });
  beforeEach(async () => {
    await database.rows.query('truncate snapshot.state');
    told.length = 0;
    const { memory, door } = started();
    await door.load(bank.accounts, id);
    await memory.settled();
  });
  afterAll(() => database.close());

  it('is sealed under the key of whose texts are in it, and spares a process that begins the reading', async () => {
    expect(await taken()).toEqual([
      { stream: `calendar-${id}`, version: LONG + 3, subject: `calendar-${id}` },
    ]);
    await grow(bank, id, 3);
    // To see that it is a long one, the event of the snapshot, and what came since.
    expect(await readCold(started().door)).toBe(PAGE + 1 + 3);
    expect(told).toEqual([]);
  });

  it('says what the stream says, and answers what was asked before it', async () => {
    const first = await bank.ask(id, { type: 'PayIn', amount: 3 }, { key: 'long ago' });
    await grow(bank, id, PAGE + 100);
    const { memory, door: writes } = started();
    await writes.load(bank.accounts, id);
    await memory.settled();
    const { door } = started();
    const { state, version } = await bank.newDoor().load(bank.accounts, id);
    expect(await door.load(bank.accounts, id)).toMatchObject({ state, version });
    const again = await bank.ask(id, { type: 'PayIn', amount: 3 }, { key: 'long ago', door });
    expect(answer(again)).toEqual(answer(first));
  });

  it('is written anew as the stream grows, and not before', async () => {
    const { memory, door } = started();
    const [before] = await taken();
    await grow(bank, id, PAGE - 10, door);
    await memory.settled();
    expect(await taken()).toEqual([before]);
    await grow(bank, id, 20, door);
    await memory.settled();
    expect((await taken())[0]?.version).toBeGreaterThan((before?.version ?? 0) + PAGE - 1);
  });

  it.each<[string, string]>([
    ['of another event', `update snapshot.state set event_digest = 'ff'`],
    ['that says another version', 'update snapshot.state set version = version - 1'],
    ['from beyond the end', 'update snapshot.state set version = version + 100000'],
    ['that was altered', `update snapshot.state set sealed = set_byte(sealed, 60, get_byte(sealed, 60) # 1)`],
    ['under a key that is not there', `update snapshot.state set key_id = 'other'`],
  ])('%s is passed over, and another one taken', async (_what, sql) => {
    const length = (await bank.eventsOf(id)).length;
    await database.rows.query(sql);
    const { memory, door } = started();
    expect(await readCold(door)).toBeGreaterThanOrEqual(length);
    await memory.settled();
    expect(await readCold(started().door)).toBeLessThanOrEqual(PAGE + 1);
  });

  it('of other code is passed over', async () => {
    const length = (await bank.eventsOf(id)).length;
    expect(await readCold(started('the next release').door)).toBe(length);
  });

  it('that cannot be asked for or taken is done without, and told', async () => {
    const rows = { query: () => Promise.reject(new Error('away')) };
    const { memory, door } = started('this code', rows);
    expect((await door.load(bank.accounts, id)).version).toBe((await bank.eventsOf(id)).length);
    await memory.settled();
    expect(told).toEqual(['a snapshot cannot be used', 'a snapshot was not taken']);
  });

  it('goes with the key, and comes back no more', async () => {
    expect(await taken()).toHaveLength(1);
    await bank.keys.erase(streamOf('calendar', id));
    expect(await taken()).toEqual([]);
    const { memory, door } = started();
    await door.load(bank.accounts, id);
    await memory.settled();
    expect(await taken()).toEqual([]);
    expect(await door.view(remarks, id)).toContain('[erased]');
  });

  it('is not left behind where the key goes while it is written', async () => {
    const other = await bank.opened();
    await bank.ask(other, { type: 'PayIn', amount: 1, remark: 'Saved.' });
    await grow(bank, other, PAGE + 100);
    const erasing = await database.pool.connect();
    await erasing.query('begin');
    await erasing.query(
      'update sealing.subject_key set wrapped = null, erased_at = now() where subject = $1',
      [streamOf('calendar', other)],
    );
    const { memory, door } = started();
    await door.load(bank.accounts, other);
    const written = memory.settled();
    await erasing.query('select pg_sleep(0.5)');
    await erasing.query('commit');
    erasing.release();
    await written;
    expect(await taken()).not.toContainEqual(
      expect.objectContaining({ subject: streamOf('calendar', other) }),
    );
  });
});
