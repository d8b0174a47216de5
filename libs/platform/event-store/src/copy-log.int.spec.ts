import { newRequest, startEmptyEventStoreDb, testDatabase, type TestDatabase } from '@fascia/testkit';
import { Client } from 'pg';
import { copyLog, LogsDiffer, type LogTarget } from './copy-log.js';
import { EventStoreDbEventStore } from './eventstoredb/eventstoredb-event-store.js';
import { PostgresEventStore } from './postgres/postgres-event-store.js';

const databases: TestDatabase[] = [];
const stores: PostgresEventStore[] = [];
const nothing = (): void => undefined;

const fresh = async (): Promise<{ store: PostgresEventStore; url: string }> => {
  const database = await testDatabase();
  databases.push(database);
  const store = await PostgresEventStore.open({ database: database.connectionString });
  stores.push(store);
  return { store, url: database.connectionString };
};

afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await Promise.all(databases.map((database) => database.drop()));
});

/** 1 200 events: more than two pages. */
const written = async () => {
  const source = await fresh();
  await Promise.all(Array.from({ length: 400 }, () => source.store.append(newRequest({ count: 3 }))));
  return source;
};

describe('copying a log', () => {
  it('brings every event over, in its order, at its time, with its bytes', async () => {
    const [from, to] = [await written(), await fresh()];
    const done = await copyLog(from.store, to.store, nothing);
    expect(done).toMatchObject({ copied: 1_200, events: 1_200, same: true });
    expect(await to.store.readAll(0n, 10_000)).toEqual(await from.store.readAll(0n, 10_000));
    expect(await copyLog(from.store, to.store, nothing)).toMatchObject({ copied: 0, same: true });
  });

  it('goes on where it was broken off', async () => {
    const [from, to] = [await written(), await fresh()];
    const broken = copyLog(from.store, to.store, ({ copied }) => {
      if (copied >= 500) throw new Error('the power went');
    });
    await expect(broken).rejects.toThrow('the power went');
    expect((await to.store.head()).position).toBe(500n);
    await from.store.append(newRequest());
    expect(await copyLog(from.store, to.store, nothing)).toMatchObject({
      copied: 701,
      events: 1_201,
      same: true,
    });
  });

  it('leaves a store that goes on like any other', async () => {
    const [from, to] = [await written(), await fresh()];
    await copyLog(from.store, to.store, nothing);
    const [first] = await from.store.readAll(0n, 1);
    if (first === undefined) throw new Error('there is a first event');
    const again = {
      stream: first.stream,
      expectedVersion: 0,
      commandId: first.commandId,
      requestDigest: first.requestDigest,
    };
    expect(await to.store.append(newRequest(again))).toMatchObject({ kind: 'already', version: 3 });
    expect(await to.store.append(newRequest({ stream: first.stream, expectedVersion: 3 }))).toMatchObject({
      kind: 'appended',
      version: 4,
      position: 1_201n,
    });
  });

  it('goes to EventStoreDB and back, and is the same log', async () => {
    const server = await startEmptyEventStoreDb();
    const there = await EventStoreDbEventStore.open({ connectionString: server.connectionString });
    try {
      const [from, back] = [await written(), await fresh()];
      expect(await copyLog(from.store, there, nothing)).toMatchObject({ copied: 1_200, same: true });
      const [first] = await there.readAll(0n, 1);
      if (first === undefined) throw new Error('there is a first event');
      // A repetition is known for one there too, and the log goes on.
      const { stream, commandId, requestDigest } = first;
      expect(
        await there.append(newRequest({ stream, expectedVersion: 3, commandId, requestDigest })),
      ).toMatchObject({ kind: 'already', version: 3 });
      expect(await there.append(newRequest({ stream, expectedVersion: 3 }))).toMatchObject({
        kind: 'appended',
        version: 4,
      });
      expect(await copyLog(there, back.store, nothing)).toMatchObject({ copied: 1_201, same: true });
      const refused: LogTarget = there;
      await expect(refused.copyIn(await from.store.readAll(0n, 1), undefined)).rejects.toThrow(LogsDiffer);
    } finally {
      await there.close();
      await server.stop();
    }
  });

  it.each([
    [
      'holds events of its own',
      async (store: PostgresEventStore) => {
        await store.append(newRequest());
      },
    ],
  ])('refuses a target that %s', async (_, deed) => {
    const [from, to] = [await written(), await fresh()];
    await deed(to.store);
    await expect(copyLog(from.store, to.store, nothing)).rejects.toThrow(LogsDiffer);
  });

  it('notices one byte that is another', async () => {
    const [from, to] = [await written(), await fresh()];
    await copyLog(from.store, to.store, nothing);
    const client = new Client({ connectionString: to.url });
    await client.connect();
    await client.query('update log.event set data = set_byte(data, 3, 33) where position = 700');
    await client.end();
    expect(await copyLog(from.store, to.store, nothing)).toMatchObject({ same: false });
  });
});
