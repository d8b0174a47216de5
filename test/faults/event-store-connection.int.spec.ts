/** Connections that break at the worst moment, between the event store and PostgreSQL. */
import { PostgresEventStore } from '@fascia/event-store';
import { OutcomeUnknown, StoreUnavailable } from '@fascia/kernel';
import type { StoredEvent } from '@fascia/kernel';
import { newRequest, proxied, TcpProxy, testDatabase, until } from '@fascia/testkit';
import type { TestDatabase } from '@fascia/testkit';
import type { Socket } from 'node:net';

const SERVER_MS = 150_000;

/** Loses answers of PostgreSQL to calls of `log.append`, when told to. */
class Wire {
  /** Such answers are dropped and their connection is cut; the calls themselves arrive. */
  loseAnswers = false;
  lost = 0;
  readonly #appending = new WeakSet<Socket>();

  private constructor(
    readonly proxy: TcpProxy,
    readonly connectionString: string,
  ) {
    proxy.onRequest = (bytes, client) => {
      if (bytes.includes('log.append')) this.#appending.add(client);
      return 'pass';
    };
    proxy.onAnswer = (bytes, client) => {
      // ReadyForQuery ends the answer: by then the append is committed.
      if (!this.loseAnswers || !this.#appending.has(client)) return 'pass';
      if (!bytes.includes('Z')) return 'drop';
      this.lost += 1;
      return 'cut';
    };
  }

  static async to(connectionString: string): Promise<Wire> {
    const proxy = await TcpProxy.listen();
    return new Wire(proxy, proxied(proxy, connectionString));
  }
}

let database: TestDatabase;
let wire: Wire;
let store: PostgresEventStore;
let direct: PostgresEventStore;

beforeAll(async () => {
  database = await testDatabase();
  direct = await PostgresEventStore.open({ database: database.connectionString });
}, SERVER_MS);

beforeEach(async () => {
  wire = await Wire.to(database.connectionString);
  store = await PostgresEventStore.open({ database: wire.connectionString, retryMs: 500 });
});

afterEach(async () => {
  await store.close();
  await wire.proxy.close();
});

afterAll(async () => {
  await direct.close();
  await database.drop();
}, SERVER_MS);

describe('when the answer to an append is lost', () => {
  it('sends again with the same ids, and the events are stored once', async () => {
    const before = await direct.head();
    wire.loseAnswers = true;
    const requests = Array.from({ length: 10 }, () => newRequest({ count: 2 }));
    const answers = Promise.all(requests.map((request) => store.append(request)));
    await until(() => wire.lost > 0, { message: 'an answer lost' });
    wire.loseAnswers = false;
    const results = await answers;
    expect(results.map(({ kind }) => kind)).toEqual(results.map(() => 'already'));
    expect((await direct.head()).position).toBe(before.position + 20n);
    for (const request of requests) expect(await direct.readStream(request.stream, 1, 10)).toHaveLength(2);
  });

  it('tells that the outcome is unknown when the server stays away, and the caller may send again', async () => {
    wire.loseAnswers = true;
    const request = newRequest();
    const answer = store.append(request);
    const unknown = expect(answer).rejects.toThrow(OutcomeUnknown);
    await until(() => wire.lost > 0, { message: 'an answer lost' });
    wire.proxy.refuse = true;
    await unknown;
    wire.proxy.refuse = false;
    wire.loseAnswers = false;
    expect(await store.append(request)).toMatchObject({ kind: 'already', version: 1 });
  });
});

describe('when the server cannot be reached', () => {
  it('says so before anything is sent, and works again afterwards', async () => {
    wire.proxy.refuse = true;
    wire.proxy.cut();
    const request = newRequest();
    await until(
      () =>
        store.head().then(
          () => false,
          () => true,
        ),
      { message: 'the break to be noticed' },
    );
    await expect(store.append(request)).rejects.toThrow(StoreUnavailable);
    await expect(store.readAll(0n, 10)).rejects.toThrow(StoreUnavailable);
    expect(await direct.readStream(request.stream, 1, 10)).toEqual([]);
    wire.proxy.refuse = false;
    expect(await store.append(request)).toMatchObject({ kind: 'appended', version: 1 });
  });

  it(
    'subscriptions go on where they were once it is back',
    async () => {
      const { position } = await direct.head();
      const stop = new AbortController();
      const seen: StoredEvent[] = [];
      const listening = (async () => {
        for await (const batch of store.subscribe(position, stop.signal)) seen.push(...batch);
      })();
      await direct.append(newRequest());
      await until(() => seen.length === 1, { message: 'the first event' });
      wire.proxy.refuse = true;
      wire.proxy.cut();
      await direct.append(newRequest({ count: 3 }));
      await until(
        () =>
          store.head().then(
            () => false,
            () => true,
          ),
        { message: 'the break to be noticed' },
      );
      wire.proxy.refuse = false;
      await until(() => seen.length === 4, { deadlineMs: 60_000, message: 'the events of the meantime' });
      stop.abort();
      await listening;
      expect(seen.map((event) => event.position)).toEqual([1n, 2n, 3n, 4n].map((step) => position + step));
    },
    SERVER_MS,
  );
});
