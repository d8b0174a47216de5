import { setImmediate as turn } from 'node:timers/promises';
import {
  eventStoreSuite,
  newEvent,
  newRequest,
  requestDigest,
  startEventStoreDb,
  startTestEventStoreDb,
  until,
} from '@fascia/testkit';
import type { TestEventStoreDb } from '@fascia/testkit';
import { AppendTooLarge, OutcomeUnknown, StoreUnavailable } from '@fascia/kernel';
import type { EventStore, Position, StoredEvent } from '@fascia/kernel';
import { jsonEvent, EventStoreDBClient } from '@eventstore/db-client';
import { EventStoreDbEventStore, type EventStoreDbEventStoreOptions } from './eventstoredb-event-store.js';
import { DamagedLog } from './troubles.js';

const SERVER_MS = 150_000;

/** On a server that `EVENTSTOREDB_URL` names nothing can be killed: there the crash is none. */
eventStoreSuite('EventStoreDB', async () => {
  const server = await startEventStoreDb();
  const store = await EventStoreDbEventStore.open({
    connectionString: server.connectionString,
    retryMs: 30_000,
  });
  return {
    store,
    crash: async () => {
      if (server.kind === 'real server') return;
      await server.kill9();
      await server.start();
    },
    close: async () => {
      await store.close();
      await server.stop();
    },
  };
});

let server: TestEventStoreDb;
const stores: EventStore[] = [];

const open = async (more: Partial<EventStoreDbEventStoreOptions> = {}): Promise<EventStoreDbEventStore> => {
  const store = await EventStoreDbEventStore.open({ connectionString: server.connectionString, ...more });
  stores.push(store);
  return store;
};

beforeAll(async () => {
  server = await startTestEventStoreDb();
}, SERVER_MS);

afterAll(async () => {
  await Promise.all(stores.map((store) => (store as EventStoreDbEventStore).close()));
  await server.stop();
}, SERVER_MS);

const idsIn = async (
  store: EventStore,
  ...requests: readonly ReturnType<typeof newRequest>[]
): Promise<readonly string[]> =>
  (await Promise.all(requests.map(({ stream }) => store.readStream(stream, 1, 100))))
    .flat()
    .map(({ id }) => id);

/** Listens until the signal aborts; what it heard grows. */
const listen = (
  store: EventStore,
  after: Position,
): { readonly heard: StoredEvent[]; stop(): Promise<void> } => {
  const heard: StoredEvent[] = [];
  const ending = new AbortController();
  const listening = (async () => {
    for await (const batch of store.subscribe(after, ending.signal)) heard.push(...batch);
  })();
  return {
    heard,
    stop: () => {
      ending.abort();
      return listening;
    },
  };
};

describe('an append whose answer is lost', () => {
  it.each(['unavailable', 'cancelled'] as const)('is stored once and answers `appended` (%s)', async (as) => {
    const store = await open();
    for (const count of [1, 3]) {
      const request = newRequest({ count });
      await server.faults.loseAnswers(2, as);
      const result = await store.append(request);
      expect(result.kind).toBe('appended');
      const stored = await store.readStream(request.stream, 1, 10);
      expect(stored.map(({ id }) => id)).toEqual(request.events.map(({ id }) => id));
      expect('position' in result && result.position).toBe(stored.at(-1)?.position);
      expect(await store.append(request)).toEqual({ ...result, kind: 'already' });
    }
  });

  it('is told as unknown when the time is over, and `already` afterwards', async () => {
    const store = await open({ retryMs: 0 });
    const request = newRequest();
    await server.faults.loseAnswers(1);
    await expect(store.append(request)).rejects.toThrow(OutcomeUnknown);
    expect((await store.append(request)).kind).toBe('already');
    expect(await idsIn(store, request)).toHaveLength(1);
  });
});

describe('another process on the same server', () => {
  it('storing the same command unseen makes ours a repetition', async () => {
    const [one, other] = [await open(), await open()];
    for (const count of [1, 2]) {
      const request = newRequest({ count });
      // Both know the stream to be empty, and the server would call the second append the same by its ids.
      for (const store of [one, other]) expect(await store.readStream(request.stream, 1, 10)).toEqual([]);
      const first = await one.append(request);
      expect(await other.append(request)).toEqual({ ...first, kind: 'already' });
    }
  });

  it('storing another request under the same ids unseen makes ours a refusal', async () => {
    const [one, other] = [await open(), await open()];
    const request = newRequest();
    for (const store of [one, other]) expect(await store.readStream(request.stream, 1, 10)).toEqual([]);
    await one.append(request);
    expect(await other.append({ ...request, requestDigest: requestDigest(2) })).toEqual({ kind: 'idReused' });
  });

  it('appending after us is seen: what it stored can be built on at once', async () => {
    const [one, other] = [await open(), await open()];
    const { stream } = newRequest();
    await one.append(newRequest({ stream }));
    const theirs = newRequest({ stream, expectedVersion: 1 });
    await other.append(theirs);
    expect((await one.append(newRequest({ stream, expectedVersion: 2 }))).kind).toBe('appended');
    expect((await one.append(theirs)).kind).toBe('already');
  });

  it('appending first is a conflict with its version, and its event ids are taken', async () => {
    const [one, other] = [await open(), await open()];
    const request = newRequest();
    expect(await other.readStream(request.stream, 1, 10)).toEqual([]);
    await one.append(request);
    expect(await other.append(newRequest({ stream: request.stream }))).toEqual({
      kind: 'conflict',
      actual: 1,
    });
    expect(await other.append(newRequest({ stream: request.stream, events: request.events }))).toEqual({
      kind: 'idReused',
    });
  });
});

describe('a change of the leader', () => {
  it('is followed: the append is stored once', async () => {
    const store = await open();
    const request = newRequest({ count: 2 });
    await server.faults.changeLeader();
    expect((await store.append(request)).kind).toBe('appended');
    expect(await idsIn(store, request)).toHaveLength(2);
  });
});

describe('a leader that was frozen and wakes up deposed', () => {
  it.each([0, 2])(
    'speaks of a conflict that is none: the append at version %i is sent again',
    async (version) => {
      const store = await open();
      const { stream } = newRequest();
      if (version > 0) await store.append(newRequest({ stream, count: version }));
      await server.faults.wakeDeposed(8);
      expect(await store.append(newRequest({ stream, expectedVersion: version }))).toMatchObject({
        kind: 'appended',
        version: version + 1,
      });
    },
  );

  it('and stays in office is unavailable, never a conflict; one that is real is told at once', async () => {
    const store = await open({ retryMs: 200 });
    const { stream } = newRequest();
    await store.append(newRequest({ stream }));
    await server.faults.wakeDeposed(1_000_000);
    await expect(store.append(newRequest({ stream, expectedVersion: 1 }))).rejects.toThrow(StoreUnavailable);
    await expect(store.append(newRequest())).rejects.toThrow(StoreUnavailable);
    expect(await store.append(newRequest({ stream }))).toEqual({ kind: 'conflict', actual: 1 });
    await server.faults.wakeDeposed(0);
    expect((await store.append(newRequest({ stream, expectedVersion: 1 }))).kind).toBe('appended');
  });
});

describe('a first append to a stream', () => {
  it('reads nothing before it; one that another process was faster with is told all the same', async () => {
    const [one, other] = [await open(), await open()];
    const before = await server.work();
    const request = newRequest();
    const first = await one.append(request);
    const after = await server.work();
    expect([after.reads - before.reads, after.appends - before.appends]).toEqual([0, 1]);
    expect(await other.append(request)).toEqual({ ...first, kind: 'already' });
    expect(await (await open()).append({ ...request, requestDigest: requestDigest(2) })).toEqual({
      kind: 'idReused',
    });
    expect(await (await open()).append(newRequest({ stream: request.stream }))).toEqual({
      kind: 'conflict',
      actual: 1,
    });
  });
});

describe('a cluster', () => {
  it(
    'is found again by appends, reads and subscriptions after it was gone',
    async () => {
      const own = await startTestEventStoreDb();
      const discovered = own.connectionString.replace('esdb:', 'esdb+discover:');
      const store = await EventStoreDbEventStore.open({
        connectionString: `${discovered}&maxDiscoverAttempts=1`,
      });
      const { heard, stop } = listen(store, 0n);
      await own.kill9();
      for (let tried = 0; tried < 3; tried += 1) await expect(store.head()).rejects.toThrow(StoreUnavailable);
      await expect(store.append(newRequest())).rejects.toThrow(StoreUnavailable);
      await own.start();
      const request = newRequest();
      await until(
        () =>
          store.append(request).then(
            ({ kind }) => kind !== 'conflict',
            () => false,
          ),
        { message: 'an append to be taken again' },
      );
      await until(() => heard.length === 1, { deadlineMs: 60_000, message: 'the subscription to go on' });
      await stop();
      await store.close();
      await own.stop();
    },
    SERVER_MS,
  );
});

describe('a server that went silent', () => {
  it(
    'is given up by reads and appends, found again when it speaks, and keeps nothing from being closed',
    async () => {
      const own = await startTestEventStoreDb();
      const store = await EventStoreDbEventStore.open({
        connectionString: own.connectionString,
        answerMs: 300,
        retryMs: 100,
        watchdogMs: 100,
      });
      const { heard, stop } = listen(store, 0n);
      const request = newRequest();
      await store.append(request);
      await until(() => heard.length === 1, { deadlineMs: 60_000, message: 'the event before the silence' });
      own.freeze();
      await expect(store.head()).rejects.toThrow(StoreUnavailable);
      await expect(store.readStream(request.stream, 1, 10)).rejects.toThrow(StoreUnavailable);
      await expect(store.append(newRequest())).rejects.toThrow(OutcomeUnknown);
      own.thaw();
      await until(
        () =>
          store.append(request).then(
            ({ kind }) => kind === 'already',
            () => false,
          ),
        { deadlineMs: 60_000, message: 'an answer after the silence' },
      );
      await store.append(newRequest());
      await until(() => heard.length >= 2, { deadlineMs: 60_000, message: 'an event after the silence' });
      own.freeze();
      await expect(store.head()).rejects.toThrow(StoreUnavailable);
      await stop();
      await store.close();
      await own.stop();
    },
    SERVER_MS * 3,
  );
});

describe('a subscription', () => {
  it('that went silent is noticed and resumed; without the watchdog nothing would arrive', async () => {
    const [watched, unwatched] = [await open({ watchdogMs: 100 }), await open({ watchdogMs: Infinity })];
    const { position } = await watched.head();
    const listeners = [watched, unwatched].map((store) => listen(store, position));
    await watched.append(newRequest());
    await until(() => listeners.every(({ heard }) => heard.length === 1), {
      message: 'both to hear the first event',
    });
    await until(async () => (await server.work()).following >= 2, {
      deadlineMs: 60_000,
      message: 'both to have come to the head and to be told of what is new',
    });
    await server.faults.silenceSubscriptions();
    const later = newRequest({ count: 3 });
    await watched.append(later);
    const [a, b] = listeners;
    await until(() => a?.heard.length === 4, { message: 'the watchdog to bite' });
    expect(a?.heard.slice(1).map(({ id }) => id)).toEqual(later.events.map(({ id }) => id));
    expect(b?.heard).toHaveLength(1);
    await Promise.all(listeners.map(({ stop }) => stop()));
  });

  it('dropped for being slow goes on where it was: nothing lost, nothing twice', async () => {
    const store = await open();
    const { position } = await store.head();
    const { heard, stop } = listen(store, position);
    const requests = Array.from({ length: 60 }, (_, index) => newRequest({ count: 1 + (index % 3) }));
    for (const [index, request] of requests.entries()) {
      await store.append(request);
      if (index % 20 === 10) await server.faults.dropSubscriptions();
    }
    const expected = requests.flatMap(({ events }) => events.map(({ id }) => id));
    await until(() => heard.length >= expected.length, {
      message: () => `${expected.length} events, ${heard.length} came`,
    });
    expect(heard.map(({ id }) => id)).toEqual(expected);
    await stop();
  });

  it(
    'outlives the server',
    async () => {
      const own = await startTestEventStoreDb();
      const store = await EventStoreDbEventStore.open({ connectionString: own.connectionString });
      const { heard, stop } = listen(store, 0n);
      await store.append(newRequest());
      await until(() => heard.length === 1, { message: 'the event before the crash' });
      await own.kill9();
      await expect(store.head()).rejects.toThrow(StoreUnavailable);
      await own.start();
      await store.append(newRequest());
      await until(() => heard.length === 2, { deadlineMs: 60_000, message: 'the event after the crash' });
      await stop();
      await store.close();
      await own.stop();
    },
    SERVER_MS,
  );

  it('waits for a reader that takes its time, and holds no more than it must', async () => {
    const store = await open({ subscriptionPage: 10 });
    const { position } = await store.head();
    const requests = Array.from({ length: 40 }, () =>
      newRequest({ events: [newEvent({ data: new Uint8Array(20_000) })] }),
    );
    await Promise.all(requests.map((request) => store.append(request)));
    const ending = new AbortController();
    const sizes: number[] = [];
    for await (const batch of store.subscribe(position, ending.signal)) {
      sizes.push(batch.length);
      await turn();
      if (sizes.reduce((sum, size) => sum + size, 0) === 40) ending.abort();
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
  });
});

describe('what others write', () => {
  let foreign: EventStoreDBClient;

  beforeAll(() => {
    foreign = EventStoreDBClient.connectionString(server.connectionString);
  });

  afterAll(() => foreign.dispose());

  it('is passed over, however much of it there is', async () => {
    const store = await open();
    const before = await store.append(newRequest());
    const noise = Array.from({ length: 1_500 }, () => jsonEvent({ type: 'Noise', data: { a: 1 } }));
    await foreign.appendToStream('metrics-of-somebody', noise);
    const { position } = await store.head();
    expect('position' in before && before.position).toBe(position);
    expect(await store.readAll(position, 10)).toEqual([]);
    const { heard, stop } = listen(store, position);
    const after = newRequest();
    await store.append(after);
    expect((await store.readAll(position, 10)).map(({ id }) => id)).toEqual(after.events.map(({ id }) => id));
    await until(() => heard.length === 1, { message: 'our event behind the noise' });
    await stop();
  });

  it('into a stream of ours is an error, not an event', async () => {
    const store = await open();
    const { stream } = newRequest();
    await foreign.appendToStream(stream, jsonEvent({ type: 'ReferralSent', data: { a: 1 } }));
    await expect(store.readStream(stream, 1, 10)).rejects.toThrow(DamagedLog);
  });
});

describe('limits', () => {
  it(
    'a server that takes less than 1 MiB with what we add is named',
    async () => {
      const own = await startTestEventStoreDb({ maxAppendBytes: 1024 * 1024 });
      const store = await EventStoreDbEventStore.open({ connectionString: own.connectionString });
      const large = newRequest({ events: [newEvent({ data: new Uint8Array(1024 * 1024 - 100) })] });
      await expect(store.append(large)).rejects.toThrow(/MaxAppendSize/);
      await expect(store.append(large)).rejects.toThrow(AppendTooLarge);
      await store.close();
      await own.stop();
    },
    SERVER_MS,
  );

  it('more appends than may wait are refused unsent', async () => {
    const store = await open({ queueAppends: 10 });
    const outcomes = await Promise.allSettled(Array.from({ length: 15 }, () => store.append(newRequest())));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(5);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(StoreUnavailable);
  });

  it('what is remembered of streams is bounded, and forgetting it changes no answer', async () => {
    const store = await open({ rememberedEvents: 3 });
    const requests = Array.from({ length: 20 }, () => newRequest({ count: 2 }));
    const results = await Promise.all(requests.map((request) => store.append(request)));
    const again = await Promise.all(requests.map((request) => store.append(request)));
    expect(again).toEqual(results.map((result) => ({ ...result, kind: 'already' })));
  });
});

describe('a clock that is set back', () => {
  it(
    'changes no order, and every reader sees the same time',
    async () => {
      const own = await startTestEventStoreDb();
      const store = await EventStoreDbEventStore.open({ connectionString: own.connectionString });
      const [before, after] = [newRequest(), newRequest()];
      await store.append(before);
      await own.faults.setClockBack(60_000);
      await store.append(after);
      const all = await store.readAll(0n, 10);
      expect(all.map(({ id }) => id)).toEqual([...before.events, ...after.events].map(({ id }) => id));
      expect(await store.readStream(after.stream, 1, 10)).toEqual(all.slice(1));
      await store.close();
      await own.stop();
    },
    SERVER_MS,
  );
});

describe('a log that was put back', () => {
  it.each([
    { what: 'shorter', grows: 0 },
    { what: 'as long, with other events', grows: 2 },
  ])(
    'is judged by what it holds, not by what was known: $what',
    async ({ grows }) => {
      const own = await startTestEventStoreDb();
      const store = await EventStoreDbEventStore.open({ connectionString: own.connectionString });
      const other = await EventStoreDbEventStore.open({ connectionString: own.connectionString });
      const first = newRequest();
      const { stream } = first;
      await store.append(first);
      const putBack = own.backUp();
      const lost = newRequest({ stream, expectedVersion: 1 });
      await store.append(lost);
      await store.append(newRequest({ stream, expectedVersion: 2 }));
      await putBack();
      for (let n = 0; n < grows; n += 1) await other.append(newRequest({ stream, expectedVersion: 1 + n }));
      const again = { ...lost, expectedVersion: 1 + grows };
      // Whoever decides reads first.
      expect(await store.readStream(stream, 1, 10)).toHaveLength(1 + grows);
      expect(await store.append(again)).toMatchObject({ kind: 'appended', version: 2 + grows });
      await Promise.all([store.close(), other.close()]);
      await own.stop();
    },
    SERVER_MS,
  );
});
