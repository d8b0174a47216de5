/** A promise of the event store port as something that can be tried on any adapter. */
import assert from 'node:assert/strict';
import type { AppendRequest, AppendResult, EventStore } from '@fascia/kernel';

export interface StoreUnderTest {
  readonly store: EventStore;
  /**
   * Ends the storing side as by `kill -9` and brings it back, while calls may be going on.
   * An adapter that keeps nothing beyond its process resolves at once.
   */
  readonly crash: () => Promise<void>;
  /** Within which what is stored is delivered, where that is known. */
  readonly deliveryMs?: number;
  readonly close: () => Promise<void>;
}

export type StoreFactory = () => Promise<StoreUnderTest>;

/** Independent of what the log already holds; rejects when the promise is broken. */
export interface StoreCheck {
  readonly name: string;
  readonly run: (under: StoreUnderTest) => Promise<void>;
}

export const check = (
  name: string,
  run: (store: EventStore, under: StoreUnderTest) => Promise<void>,
): StoreCheck => ({
  name,
  run: (under) => run(under.store, under),
});

/** Appends what must be accepted. */
export const accepted = async (
  store: EventStore,
  request: AppendRequest,
): Promise<AppendResult & { readonly kind: 'appended' }> => {
  const result = await store.append(request);
  assert.ok(result.kind === 'appended', `expected to be appended, was ${result.kind}`);
  return result;
};

export const countOf = (results: readonly AppendResult[], kind: AppendResult['kind']): number =>
  results.filter((result) => result.kind === kind).length;

/** Lets everything else have its turn of the event loop: a loop of reads answered from memory would starve it. */
export { setImmediate as turn } from 'node:timers/promises';
