/** On a server that others use too. What something costs is counted by the server, never timed. */
import { newRequest, startTestEventStoreDb, until, type TestEventStoreDb } from '@fascia/testkit';
import type { Position, StoredEvent } from '@fascia/kernel';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';
import { NoSuchPosition } from './troubles.js';

const SERVER_MS = 150_000;
const MANY = 200_000;

/** Events over the wire for something that is none of the others' business. */
const FEW = 150;

const servers: TestEventStoreDb[] = [];
const stores: EventStoreDbEventStore[] = [];

const started = async (options?: Parameters<typeof startTestEventStoreDb>[0]): Promise<TestEventStoreDb> => {
  const server = await startTestEventStoreDb(options);
  servers.push(server);
  return server;
};

const open = async (server: TestEventStoreDb): Promise<EventStoreDbEventStore> => {
  const store = await EventStoreDbEventStore.open({ connectionString: server.connectionString });
  stores.push(store);
  return store;
};

const appended = async (store: EventStoreDbEventStore, count = 1): Promise<Position> => {
  const result = await store.append(newRequest({ count }));
  if (!('position' in result)) throw new Error(`an append was answered ${result.kind}`);
  return result.position;
};

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
}, SERVER_MS);

/** What the server did meanwhile. */
const costOf = async (server: TestEventStoreDb, doing: () => Promise<unknown>) => {
  const before = await server.work();
  await doing();
  const after = await server.work();
  return {
    reads: after.reads - before.reads,
    sent: after.sent - before.sent,
    lookedAt: after.lookedAt - before.lookedAt,
  };
};

const first = async (store: EventStoreDbEventStore, after: Position): Promise<readonly StoredEvent[]> => {
  const ending = new AbortController();
  const heard: StoredEvent[] = [];
  for await (const batch of store.subscribe(after, ending.signal)) {
    heard.push(...batch);
    ending.abort();
  }
  return heard;
};

describe('behind 200 000 events that others wrote', () => {
  it(
    'before the log had a name, a start costs what it costs without them',
    async () => {
      const server = await started();
      await server.others(MANY);
      const cost = await costOf(server, async () => {
        const store = await open(server);
        expect((await store.head()).position).toBe(0n);
        expect(await store.readAll(0n, 10)).toEqual([]);
      });
      expect(cost.lookedAt).toBeLessThan(FEW);
      expect(cost.sent).toBeLessThan(FEW);
    },
    SERVER_MS,
  );

  it(
    'the head is looked for once, by the server, and remembered, also for the next start',
    async () => {
      const server = await started();
      const store = await open(server);
      const position = await appended(store, 3);
      await server.others(MANY);
      const once = await costOf(server, async () => expect((await store.head()).position).toBe(position));
      expect(once.sent).toBeLessThan(FEW);
      // Once the note of it, which is an event too, has been seen.
      await until(
        async () => {
          const again = await costOf(server, async () =>
            expect((await store.head()).position).toBe(position),
          );
          return again.reads === 2 && again.sent === 2 && again.lookedAt === 2;
        },
        { deadlineMs: 60_000, message: 'a look at the newest event and the name of the log, and no more' },
      );
      await until(
        async () => {
          const cost = await costOf(server, async () =>
            expect((await (await open(server)).head()).position).toBe(position),
          );
          return cost.lookedAt < FEW;
        },
        { deadlineMs: 60_000, message: 'a start that does not look at the events of others' },
      );
    },
    SERVER_MS,
  );

  it(
    'a reader and a subscriber who had everything pass over nothing, and get what comes next',
    async () => {
      const server = await started();
      const store = await open(server);
      const position = await appended(store);
      await server.others(MANY);
      await store.head();
      const cost = await costOf(server, async () => {
        expect(await store.readAll(position, 10)).toEqual([]);
        const coming = first(store, position);
        const next = await appended(store);
        expect((await coming).map((event) => event.position)).toEqual([next]);
        expect((await store.readAll(position, 10)).map((event) => event.position)).toEqual([next]);
      });
      expect(cost.lookedAt).toBeLessThan(FEW);
    },
    SERVER_MS,
  );

  it(
    'who comes to the head has nothing looked for behind it',
    async () => {
      const server = await started();
      const store = await open(server);
      const earlier = await appended(store);
      const position = await appended(store);
      await server.others(MANY);
      await store.head();
      // The server goes on until it hears that the call was taken back: mostly not for long.
      await until(
        async () => {
          const cost = await costOf(server, async () => {
            const heard = [await store.readAll(earlier, 10), await first(store, earlier)];
            expect(heard.map((events) => events.map((event) => event.position))).toEqual([
              [position],
              [position],
            ]);
          });
          return cost.lookedAt < MANY;
        },
        { deadlineMs: 60_000, message: 'a page that ends where the log ends' },
      );
    },
    SERVER_MS,
  );

  it(
    'catching up takes only what is ours over the wire',
    async () => {
      const server = await started();
      const store = await open(server);
      await appended(store, 5);
      await server.others(MANY);
      await appended(store, 5);
      const other = await open(server);
      const cost = await costOf(server, async () => expect(await other.readAll(0n, 100)).toHaveLength(10));
      expect(cost.sent).toBeLessThan(FEW);
    },
    SERVER_MS,
  );
});

describe('the head', () => {
  it(
    'holds what another process had stored before it was asked for, whatever others write between',
    async () => {
      const server = await started();
      const [one, other] = [await open(server), await open(server)];
      for (let round = 0; round < 20; round += 1) {
        const position = await appended(one, 1 + (round % 3));
        await server.others([0, 1, 40, 700][round % 4] ?? 0);
        const heads = await Promise.all([other.head(), one.head(), other.head()]);
        expect(heads.map((head) => head.position)).toEqual([position, position, position]);
      }
    },
    SERVER_MS,
  );

  it(
    'is found behind more than a read passes over in the time of an answer',
    async () => {
      const server = await started();
      const store = await open(server);
      const position = await appended(store, 2);
      await server.others(400_000);
      const cost = await costOf(server, async () => expect((await store.head()).position).toBe(position));
      expect(cost.sent).toBeLessThan(FEW);
    },
    SERVER_MS,
  );
});

describe('a log that was put back', () => {
  it(
    'and went on otherwise is not passed over by what is remembered of it',
    async () => {
      const server = await started();
      const store = await open(server);
      const position = await appended(store);
      const putBack = server.backUp();
      await server.others(2_000);
      expect((await store.head()).position).toBe(position);
      await putBack();
      const other = await open(server);
      const next = await appended(other);
      await server.others(3_000);
      // Before anybody asks this one for the head.
      await until(() => store.head().catch(() => undefined), { message: 'the server to answer again' });
      expect((await store.readAll(position, 10)).map((event) => event.position)).toEqual([next]);
      expect((await store.head()).position).toBe(next);
    },
    SERVER_MS,
  );
});

describe.each(['23.10', '24.10'] as const)('a position at which nothing of ours stands, in %s', (release) => {
  it(
    'is told to a page and to a subscription, and not waited for',
    async () => {
      const server = await started({ release });
      const store = await open(server);
      await appended(store);
      await server.others(100);
      const position = await appended(store);
      for (const after of [position - 1n, position + 1n, position * 2n]) {
        await expect(store.readAll(after, 10)).rejects.toThrow(NoSuchPosition);
        await expect(first(store, after)).rejects.toThrow(NoSuchPosition);
        expect(await store.readAt(after)).toBeUndefined();
      }
    },
    SERVER_MS,
  );
});
