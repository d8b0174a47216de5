/** Connections that break at the worst moment, between the event store and PostgreSQL. */
import { PostgresEventStore } from '@fascia/event-store';
import { OutcomeUnknown, StoreUnavailable } from '@fascia/kernel';
import type { StoredEvent } from '@fascia/kernel';
import { newRequest, testDatabase, until } from '@fascia/testkit';
import type { TestDatabase } from '@fascia/testkit';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Client } from 'pg';

const SERVER_MS = 60_000;

/** Stands between the store and the server, and breaks what it is told to break. */
class Wire {
  /** Answers to calls of `log.append` are dropped and their connection is cut; the calls themselves arrive. */
  loseAnswers = false;
  /** New connections are cut at once. */
  refuse = false;
  lost = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server;

  constructor(private readonly target: Client) {
    this.#server = createServer((near) => this.#connect(near));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { user, password, database } = this.target;
    return `postgresql://${user}:${password}@127.0.0.1:${(this.#server.address() as AddressInfo).port}/${database}`;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #connect(near: Socket): void {
    if (this.refuse) return void near.destroy();
    const { host, port } = this.target;
    const far = host.startsWith('/') ? createConnection(`${host}/.s.PGSQL.${port}`) : createConnection(port, host);
    let appending = false;
    for (const [socket, peer] of [[near, far], [far, near]] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => peer.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        peer.destroy();
      });
    }
    near.on('data', (bytes) => {
      appending ||= bytes.includes('log.append');
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      // ReadyForQuery ends the answer: by then the append is committed.
      if (!appending || !this.loseAnswers) return void near.write(bytes);
      if (!bytes.includes('Z')) return;
      this.lost += 1;
      near.destroy();
    });
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
  wire = new Wire(new Client({ connectionString: database.connectionString }));
  store = await PostgresEventStore.open({ database: await wire.listen(), retryMs: 500 });
});

afterEach(async () => {
  await store.close();
  await wire.close();
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
    wire.refuse = true;
    await unknown;
    wire.refuse = false;
    wire.loseAnswers = false;
    expect(await store.append(request)).toMatchObject({ kind: 'already', version: 1 });
  });
});

describe('when the server cannot be reached', () => {
  it('says so before anything is sent, and works again afterwards', async () => {
    wire.refuse = true;
    wire.cut();
    const request = newRequest();
    await until(() => store.head().then(() => false, () => true), { message: 'the break to be noticed' });
    await expect(store.append(request)).rejects.toThrow(StoreUnavailable);
    await expect(store.readAll(0n, 10)).rejects.toThrow(StoreUnavailable);
    expect(await direct.readStream(request.stream, 1, 10)).toEqual([]);
    wire.refuse = false;
    expect(await store.append(request)).toMatchObject({ kind: 'appended', version: 1 });
  });

  it('subscriptions go on where they were once it is back', async () => {
    const { position } = await direct.head();
    const stop = new AbortController();
    const seen: StoredEvent[] = [];
    const listening = (async () => {
      for await (const batch of store.subscribe(position, stop.signal)) seen.push(...batch);
    })();
    await direct.append(newRequest());
    await until(() => seen.length === 1, { message: 'the first event' });
    wire.refuse = true;
    wire.cut();
    await direct.append(newRequest({ count: 3 }));
    await until(() => store.head().then(() => false, () => true), { message: 'the break to be noticed' });
    wire.refuse = false;
    await until(() => seen.length === 4, { deadlineMs: 15_000, message: 'the events of the meantime' });
    stop.abort();
    await listening;
    expect(seen.map((event) => event.position)).toEqual([1n, 2n, 3n, 4n].map((step) => position + step));
  }, SERVER_MS);
});
