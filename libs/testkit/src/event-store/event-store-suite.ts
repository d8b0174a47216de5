/** The behaviour suite of the event store port: the same checks on every adapter. */
import { appendChecks } from './append.checks.js';
import type { StoreCheck, StoreFactory, StoreUnderTest } from './check.js';
import { durabilityChecks } from './durability.checks.js';
import { idempotenceChecks } from './idempotence.checks.js';
import { readingChecks } from './reading.checks.js';

export const eventStoreChecks: readonly StoreCheck[] = [
  ...appendChecks,
  ...idempotenceChecks,
  ...readingChecks,
  ...durabilityChecks,
];

// Jest's globals, declared here because this library is also loaded where there is no Jest.
declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void>, timeoutMs?: number) => void;
declare const beforeAll: (body: () => Promise<void>, timeoutMs?: number) => void;
declare const afterAll: (body: () => Promise<void>, timeoutMs?: number) => void;

const TIMEOUT_MS = 150_000;

/** One store for the whole suite: the checks do not mind what the log already holds. */
export const eventStoreSuite = (name: string, factory: StoreFactory): void => {
  describe(`${name} as an event store`, () => {
    let under: StoreUnderTest;
    beforeAll(async () => {
      under = await factory();
    }, TIMEOUT_MS);
    afterAll(() => under.close(), TIMEOUT_MS);
    for (const { name: promise, run } of eventStoreChecks) it(promise, () => run(under), TIMEOUT_MS);
  });
};
