/** Versions, conflicts, atomicity and limits. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { APPEND_LIMIT_BYTES, AppendTooLarge } from '@fascia/kernel';
import type { AppendRequest, EventStore, NewEvent, StreamName } from '@fascia/kernel';
import { accepted, check, countOf, turn } from './check.js';
import type { StoreCheck } from './check.js';
import {
  appendInsisting,
  everythingAfter,
  freshStream,
  newEvent,
  newRequest,
  versionsOf,
} from './requests.js';

const ofBytes = (bytes: number) =>
  newRequest({
    events: [
      newEvent({ data: new Uint8Array(bytes - 2).fill(0x20), metadata: new TextEncoder().encode('{}') }),
    ],
  });

const conflictLeavesNothing = async (store: EventStore): Promise<void> => {
  const stream = freshStream();
  await accepted(store, newRequest({ stream, count: 3 }));
  const head = await store.head();
  for (const expectedVersion of [0, 2, 4]) {
    const result = await store.append(newRequest({ stream, expectedVersion, count: 2 }));
    assert.deepEqual(result, { kind: 'conflict', actual: 3 });
  }
  assert.deepEqual(await versionsOf(store, stream), [1, 2, 3]);
  assert.equal((await everythingAfter(store, head.position)).length, 0);
};

const oneWinsPerVersion = async (store: EventStore): Promise<void> => {
  const stream = freshStream();
  const first = await Promise.all(Array.from({ length: 50 }, () => store.append(newRequest({ stream }))));
  assert.equal(countOf(first, 'appended'), 1);
  assert.equal(countOf(first, 'conflict'), 49);
  for (const result of first) assert.ok(result.kind !== 'conflict' || result.actual === 1);
  const insisting = await Promise.all(Array.from({ length: 20 }, () => appendInsisting(store, stream)));
  const versions = insisting
    .map((result) => (result.kind === 'appended' ? result.version : 0))
    .sort((a, b) => a - b);
  assert.deepEqual(
    versions,
    Array.from({ length: 20 }, (_, index) => index + 2),
  );
  assert.deepEqual(
    await versionsOf(store, stream),
    Array.from({ length: 21 }, (_, index) => index + 1),
  );
};

/** Whoever decides anew on the version that a conflict names must not meet the same conflict again. */
const conflictsNameAnother = async (store: EventStore): Promise<void> => {
  const stream = freshStream();
  const insisting = Array.from({ length: 20 }, async () => {
    for (let expectedVersion = 0; ;) {
      const result = await store.append(newRequest({ stream, expectedVersion }));
      if (result.kind !== 'conflict') return;
      assert.notEqual(result.actual, expectedVersion, 'a conflict names the version that was expected');
      expectedVersion = result.actual;
    }
  });
  await Promise.all(insisting);
  assert.equal((await versionsOf(store, stream)).length, 20);
};

/** Reads the same stream again and again while it is written: it holds all of a command or none. */
const neverHalf = async (store: EventStore): Promise<void> => {
  const seen = new Set<number>();
  for (let round = 0; round < 5; round += 1) {
    const request = newRequest({ count: 40 });
    let done = false;
    const watching = (async () => {
      while (!done) {
        seen.add((await store.readStream(request.stream, 1, 100)).length);
        await turn();
      }
    })();
    await accepted(store, request).finally(() => (done = true));
    await watching;
    seen.add((await store.readStream(request.stream, 1, 100)).length);
  }
  for (const count of seen) assert.ok(count === 0 || count === 40, `a reader saw ${count} of 40 events`);
};

const acceptedIn = async (stream: StreamName, store: EventStore, event: NewEvent): Promise<AppendRequest> => {
  const request = newRequest({ stream, events: [event] });
  await accepted(store, request);
  return request;
};

const neighboursOfBadCommands = async (store: EventStore): Promise<void> => {
  const stored = newRequest();
  await accepted(store, stored);
  const taken = store.eventIds === 'log' ? freshStream() : stored.stream;
  const good = Array.from({ length: 12 }, (_, index) => newRequest({ count: 1 + (index % 3) }));
  const shared = newEvent();
  const bad = [
    newRequest({ expectedVersion: 7 }),
    newRequest({ stream: taken, expectedVersion: taken === stored.stream ? 1 : 0, events: stored.events }),
    newRequest({ events: [shared, shared] }),
    newRequest({ stream: stored.stream, expectedVersion: 0 }),
  ];
  const mixed = good.flatMap((request, index) => [request, ...bad.slice(index, index + 1)]);
  const results = new Map(
    await Promise.all(mixed.map(async (request) => [request, await store.append(request)] as const)),
  );
  for (const request of good) {
    assert.equal(results.get(request)?.kind, 'appended');
    assert.equal((await store.readStream(request.stream, 1, 10)).length, request.events.length);
  }
  assert.deepEqual(
    bad.map((request) => results.get(request)?.kind),
    ['conflict', 'idReused', 'idReused', 'conflict'],
  );
};

export const appendChecks: readonly StoreCheck[] = [
  check('an append answers the version and position of its last event', async (store) => {
    const stream = freshStream();
    const first = await accepted(store, newRequest({ stream, count: 3 }));
    const second = await accepted(store, newRequest({ stream, expectedVersion: 3, count: 2 }));
    assert.equal(first.version, 3);
    assert.equal(second.version, 5);
    const events = await store.readStream(stream, 1, 10);
    assert.equal(events[2]?.position, first.position);
    assert.equal(events[4]?.position, second.position);
  }),
  check('every event of a command is stored, in its order', async (store) => {
    const request = newRequest({ count: 7 });
    await accepted(store, request);
    const stored = await store.readStream(request.stream, 1, 10);
    assert.deepEqual(
      stored.map((event) => event.id),
      request.events.map((event) => event.id),
    );
    assert.deepEqual(
      stored.map((event) => event.version),
      [1, 2, 3, 4, 5, 6, 7],
    );
  }),
  check('a wrong version is answered with the actual one, and nothing is stored', conflictLeavesNothing),
  check('of parallel appends to one stream exactly one wins each version', oneWinsPerVersion),
  check('a conflict never names the version that was expected', conflictsNameAnother),
  check('a command is visible in full or not at all', neverHalf),
  check('one bad command never fails its neighbours', neighboursOfBadCommands),
  check('an event id is taken once in a stream and once in a request', async (store) => {
    const event = newEvent();
    const { stream } = await acceptedIn(freshStream(), store, event);
    assert.deepEqual(
      await store.append(newRequest({ stream, expectedVersion: 1, events: [newEvent(), event] })),
      { kind: 'idReused' },
    );
    const twice = newEvent();
    assert.deepEqual(
      await store.append(newRequest({ stream, expectedVersion: 1, events: [twice, newEvent(), twice] })),
      { kind: 'idReused' },
    );
    assert.deepEqual(await versionsOf(store, stream), [1]);
  }),
  check(
    'an event id of another stream is refused where that is promised, and taken elsewhere',
    async (store) => {
      const event = newEvent();
      await acceptedIn(freshStream(), store, event);
      const again = newRequest({ events: [newEvent(), event] });
      const refused = store.eventIds === 'log';
      const result = await store.append(again);
      assert.equal(result.kind, refused ? 'idReused' : 'appended');
      assert.equal((await store.readStream(again.stream, 1, 10)).length, refused ? 0 : 2);
    },
  ),
  check('1 MiB is taken, one byte more is refused before anything is stored', async (store) => {
    await accepted(store, ofBytes(APPEND_LIMIT_BYTES));
    const tooLarge = ofBytes(APPEND_LIMIT_BYTES + 1);
    await assert.rejects(store.append(tooLarge), AppendTooLarge);
    assert.equal((await store.readStream(tooLarge.stream, 1, 10)).length, 0);
  }),
  check('bytes come back as they were given', async (store) => {
    const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
    const text = new TextEncoder().encode('{"b":1,"a":"Zoë 健康 🩺 \\u0000","n":1.0}');
    const request = newRequest({
      events: [
        newEvent({ type: 'Überwiesen', data: everyByte, metadata: text }),
        newEvent({ data: new Uint8Array(0), metadata: randomBytes(9_000) }),
      ],
    });
    await accepted(store, request);
    const stored = await store.readStream(request.stream, 1, 10);
    request.events.forEach((event, index) => {
      assert.equal(Buffer.compare(stored[index]?.data ?? new Uint8Array([1]), event.data), 0);
      assert.equal(Buffer.compare(stored[index]?.metadata ?? new Uint8Array([1]), event.metadata), 0);
      assert.equal(stored[index]?.type, event.type);
    });
  }),
];
