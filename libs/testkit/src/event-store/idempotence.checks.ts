/** The same command again, another command under the same id, and both at once. */
import assert from 'node:assert/strict';
import { accepted, check, countOf } from './check.js';
import type { StoreCheck } from './check.js';
import { newEvent, newRequest, requestDigest, versionsOf } from './requests.js';

export const idempotenceChecks: readonly StoreCheck[] = [
  check('the same command again answers `already` with the first result', async (store) => {
    const request = newRequest({ count: 2 });
    const first = await accepted(store, request);
    await accepted(store, newRequest({ stream: request.stream, expectedVersion: 2 }));
    // A retry decides anew: other bytes, another version, the same ids.
    const retry = {
      ...request,
      expectedVersion: 3,
      events: request.events.map((event) => newEvent({ id: event.id })),
    };
    for (const again of [request, retry]) {
      assert.deepEqual(await store.append(again), {
        kind: 'already',
        version: first.version,
        position: first.position,
      });
    }
    assert.deepEqual(await versionsOf(store, request.stream), [1, 2, 3]);
  }),
  check('another request under the same command id is refused', async (store) => {
    const request = newRequest();
    await accepted(store, request);
    const other = { ...request, expectedVersion: 1, requestDigest: requestDigest(2), events: [newEvent()] };
    assert.deepEqual(await store.append(other), { kind: 'idReused' });
    // Before the version is looked at: a stale one changes nothing.
    assert.deepEqual(await store.append({ ...other, expectedVersion: 0 }), { kind: 'idReused' });
    assert.deepEqual(await versionsOf(store, request.stream), [1]);
  }),
  check('a command id stands for a request within its stream only', async (store) => {
    const request = newRequest();
    await accepted(store, request);
    const elsewhere = newRequest({ commandId: request.commandId, requestDigest: requestDigest(2) });
    await accepted(store, elsewhere);
    assert.deepEqual(await versionsOf(store, elsewhere.stream), [1]);
  }),
  check('two callers at once with one command store it once', async (store) => {
    for (let round = 0; round < 10; round += 1) {
      const request = newRequest({ count: 2 });
      const results = await Promise.all([
        store.append(request),
        store.append(request),
        store.append(request),
      ]);
      assert.equal(countOf(results, 'appended'), 1);
      assert.equal(countOf(results, 'already'), 2);
      const answers = results.map((result) =>
        'position' in result ? `${result.version} ${result.position}` : result.kind,
      );
      assert.equal(new Set(answers).size, 1);
      assert.deepEqual(await versionsOf(store, request.stream), [1, 2]);
    }
  }),
];
