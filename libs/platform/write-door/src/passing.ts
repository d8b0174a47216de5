/** What passes by itself, and a door for callers inside the product who would rather wait for it than be told. */
import { OutcomeUnknown, StoreUnavailable } from '@fascia/kernel';
import { whilePassing } from '@fascia/retry';
import { Contended, LookupsBehind, type WriteDoor } from './aggregate.js';

/** Something is down, busy, or not there yet; the same command again is safe, and may be taken. */
export const isPassing = (error: unknown): boolean =>
  [StoreUnavailable, OutcomeUnknown, LookupsBehind, Contended].some((kind) => error instanceof kind);

/** @param waitMs how long one command waits in all, between attempts; afterwards what was met last is thrown */
export const patiently = (door: WriteDoor, waitMs: number): WriteDoor => ({
  policy: door.policy,
  handle: (aggregate, request) => whilePassing(() => door.handle(aggregate, request), isPassing, waitMs),
});
