/** What readers see: order, pages, times, digests, subscriptions. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { EventStore, Position, StoredEvent } from '@fascia/kernel';
import { until } from '../until.js';
import { accepted, check, turn } from './check.js';
import type { StoreCheck, StoreUnderTest } from './check.js';
import { everythingAfter, freshStream, newRequest } from './requests.js';

const WRITERS = 16;
const APPENDS_PER_WRITER = 25;
const DELIVERY_MS = 90_000;

/** Every writer appends to streams of its own, some commands with several events. */
const writeAll = async (store: EventStore): Promise<readonly string[]> => {
  const ids = await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const written: string[] = [];
      for (let turn = 0; turn < APPENDS_PER_WRITER; turn += 1) {
        const request = newRequest({ count: 1 + ((writer + turn) % 3) });
        await accepted(store, request);
        written.push(...request.events.map((event) => event.id));
      }
      return written;
    }),
  );
  return ids.flat();
};

const idsOf = (events: readonly StoredEvent[]): readonly string[] => events.map((event) => event.id);

const assertRising = (events: readonly StoredEvent[]): void => {
  events.forEach((event, index) => {
    const before = events[index - 1];
    assert.ok(
      before === undefined || before.position < event.position,
      `${event.position} was shown after ${before?.position}`,
    );
  });
};

/** A reader that never looks back must have seen everything. */
const tailWhileWriting = async (store: EventStore): Promise<void> => {
  const { position: start } = await store.head();
  const tailed: StoredEvent[] = [];
  let writing = true;
  const reading = (async () => {
    for (let last = false; ;) {
      const page = await store.readAll(tailed.at(-1)?.position ?? start, 37);
      tailed.push(...page);
      if (page.length === 0 && last) return;
      last = page.length === 0 && !writing;
      await turn();
    }
  })();
  const written = await writeAll(store).finally(() => (writing = false));
  await reading;
  const after = await everythingAfter(store, start);
  assertRising(tailed);
  assert.deepEqual(idsOf(tailed), idsOf(after));
  assert.deepEqual([...idsOf(tailed)].sort(), [...written].sort());
};

const collect = async (
  store: EventStore,
  after: Position,
  signal: AbortSignal,
  into: StoredEvent[],
): Promise<void> => {
  for await (const batch of store.subscribe(after, signal)) {
    assert.ok(batch.length > 0, 'an empty batch was delivered');
    into.push(...batch);
  }
};

const subscribeWhileWriting = async (
  store: EventStore,
  { deliveryMs = DELIVERY_MS }: StoreUnderTest,
): Promise<void> => {
  const { position: start } = await store.head();
  const stop = new AbortController();
  const [early, late]: [StoredEvent[], StoredEvent[]] = [[], []];
  const subscriptions = [collect(store, start, stop.signal, early)];
  try {
    const written = await writeAll(store);
    subscriptions.push(collect(store, start, stop.signal, late));
    for (const seen of [early, late]) {
      await until(() => seen.length >= written.length, {
        deadlineMs: deliveryMs,
        message: `${written.length} events delivered to a subscriber`,
      });
    }
    // Idle now: a new event must wake both.
    const more = newRequest();
    await accepted(store, more);
    for (const seen of [early, late]) {
      await until(() => seen.at(-1)?.id === more.events[0]?.id, {
        deadlineMs: deliveryMs,
        message: 'an idle subscriber woken by an append',
      });
    }
  } finally {
    stop.abort();
    await Promise.all(subscriptions);
  }
  const expected = idsOf(await everythingAfter(store, start));
  assert.deepEqual(idsOf(early), expected);
  assert.deepEqual(idsOf(late), expected);
};

const pagesAreBounded = async (store: EventStore): Promise<void> => {
  const { position: start } = await store.head();
  const stream = freshStream();
  await accepted(store, newRequest({ stream, count: 10 }));
  assert.deepEqual(
    (await store.readStream(stream, 1, 4)).map((event) => event.version),
    [1, 2, 3, 4],
  );
  assert.deepEqual(
    (await store.readStream(stream, 5, 4)).map((event) => event.version),
    [5, 6, 7, 8],
  );
  assert.deepEqual(
    (await store.readStream(stream, 9, 4)).map((event) => event.version),
    [9, 10],
  );
  assert.deepEqual(await store.readStream(stream, 11, 4), []);
  const all = await everythingAfter(store, start);
  assert.equal(all.length, 10);
  assert.deepEqual(idsOf(await store.readAll(start, 3)), idsOf(all.slice(0, 3)));
  assert.deepEqual(idsOf(await store.readAll(all[2]?.position ?? start, 3)), idsOf(all.slice(3, 6)));
  assert.deepEqual(await store.readAll(all[9]?.position ?? start, 3), []);
};

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

const envelopeIsComplete = async (store: EventStore): Promise<void> => {
  const request = newRequest({ count: 2 });
  await accepted(store, request);
  const stored = await store.readStream(request.stream, 1, 10);
  assert.equal(stored.length, 2);
  for (const [index, event] of stored.entries()) {
    assert.equal(event.keyHash, request.events[index]?.keyHash);
    assert.equal(event.stream, request.stream);
    assert.equal(event.commandId, request.commandId);
    assert.equal(event.requestDigest, request.requestDigest);
    assert.equal(event.digest, sha256(sha256(event.data), sha256(event.metadata)).toString('hex'));
    assert.match(event.recordedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(new Date(event.recordedAt).toISOString(), event.recordedAt);
    assert.deepEqual(await store.readAt(event.position), event);
  }
};

const oneEventPerPosition = async (store: EventStore): Promise<void> => {
  const { position: start } = await store.head();
  const before = await accepted(store, newRequest());
  await accepted(store, newRequest({ count: 3 }));
  const all = await everythingAfter(store, start);
  assert.equal(all.length, 4);
  assert.equal(all[0]?.position, before.position);
  for (const event of all) assert.deepEqual(await store.readAt(event.position), event);
  assert.equal(await store.readAt(0n), undefined);
  // Beyond the head nothing stands, whatever a position is made of.
  assert.equal(await store.readAt((await store.head()).position * 2n + 1_000n), undefined);
};

export const readingChecks: readonly StoreCheck[] = [
  check('a reader who only moves forward misses nothing while others write', tailWhileWriting),
  check('a subscription delivers everything once, in order, and wakes', subscribeWhileWriting),
  check('pages are bounded and continue where the last one ended', pagesAreBounded),
  check('a stored event says whose it is and carries its digest', envelopeIsComplete),
  check('a position is where its event stands, and nothing stands elsewhere', oneEventPerPosition),
  check(
    'a subscription ends when told to, also while it waits',
    async (store, { deliveryMs = DELIVERY_MS }) => {
      const { position } = await store.head();
      const stop = new AbortController();
      const seen: StoredEvent[] = [];
      const ended = collect(store, position, stop.signal, seen).then(() => true);
      stop.abort();
      let over = false;
      void ended.then(() => (over = true));
      await until(() => over, { deadlineMs: deliveryMs, message: 'the subscription to end' });
      await collect(store, position, AbortSignal.abort(), seen);
      assert.deepEqual(seen, []);
    },
  ),
  check('the recording time never decreases along the log', async (store) => {
    const { position: start } = await store.head();
    await writeAll(store);
    const times = (await everythingAfter(store, start)).map((event) => event.recordedAt);
    assert.deepEqual(times, [...times].sort());
  }),
  check('positions count up by one where that is promised', async (store) => {
    if (!store.contiguousPositions) return;
    const { position: start } = await store.head();
    const taken = newRequest();
    await accepted(store, taken);
    // Refused commands between accepted ones must not use positions up.
    await Promise.all([
      ...Array.from({ length: 20 }, () => store.append(newRequest({ count: 2 }))),
      ...Array.from({ length: 20 }, () => store.append(newRequest({ stream: taken.stream }))),
    ]);
    const positions = (await everythingAfter(store, start)).map((event) => event.position);
    assert.deepEqual(
      positions,
      positions.map((_, index) => start + BigInt(index) + 1n),
    );
    assert.equal(positions.length, 41);
  }),
  check('the head is the last event, in a log with one name', async (store) => {
    const before = await store.head();
    const { position } = await accepted(store, newRequest({ count: 2 }));
    const after = await store.head();
    assert.equal(after.position, position);
    assert.equal(after.epoch, before.epoch);
    assert.ok(after.epoch.length > 0);
    assert.deepEqual(await store.readAll(after.position, 10), []);
  }),
];
