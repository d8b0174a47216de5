/** What is left after `kill -9`. */
import assert from 'node:assert/strict';
import { OutcomeUnknown, StoreUnavailable } from '@fascia/kernel';
import type { AppendRequest, AppendResult, EventStore } from '@fascia/kernel';
import { until } from '../until.js';
import { check, turn } from './check.js';
import type { StoreCheck, StoreUnderTest } from './check.js';
import { newRequest } from './requests.js';

const WRITERS = 16;

/** Nothing else may come out of an append that meets a crash. */
const isHonest = (error: unknown): boolean =>
  error instanceof OutcomeUnknown || error instanceof StoreUnavailable;

interface Attempt {
  readonly request: AppendRequest;
  readonly result: AppendResult | undefined;
}

const attempt = async (store: EventStore, request: AppendRequest): Promise<Attempt> => {
  try {
    return { request, result: await store.append(request) };
  } catch (error) {
    assert.ok(isHonest(error), `an append failed with ${String(error)}`);
    return { request, result: undefined };
  }
};

const writeThroughCrash = async ({ store, crash }: StoreUnderTest): Promise<readonly Attempt[]> => {
  const attempts: Attempt[] = [];
  let crashed = false;
  const writers = Array.from({ length: WRITERS }, async () => {
    while (!crashed) {
      attempts.push(await attempt(store, newRequest({ count: 2 })));
      await turn();
    }
  });
  try {
    await until(() => attempts.length >= 100, { message: '100 appends before the crash' });
    await crash();
  } finally {
    crashed = true;
  }
  await Promise.all(writers);
  return attempts;
};

const survivesCrash = async (store: EventStore, under: StoreUnderTest): Promise<void> => {
  const attempts = await writeThroughCrash(under);
  await until(() => store.head().catch(() => undefined), {
    deadlineMs: 60_000,
    message: 'the store to answer again',
  });
  for (const { request, result } of attempts) {
    const stored = await store.readStream(request.stream, 1, 10);
    if (result?.kind === 'appended')
      assert.equal(stored.at(-1)?.position, result.position, 'an acknowledged append was lost');
    assert.ok(stored.length === 0 || stored.length === 2, `half a command was stored: ${stored.length} of 2`);
    const again = await store.append(request);
    assert.equal(again.kind, stored.length === 0 ? 'appended' : 'already');
    assert.equal((await store.readStream(request.stream, 1, 10)).length, 2);
  }
};

export const durabilityChecks: readonly StoreCheck[] = [
  check('what was acknowledged survives kill -9, and the rest can be sent again', survivesCrash),
];
