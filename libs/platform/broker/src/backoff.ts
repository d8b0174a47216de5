/** Waits that grow, and that a close cuts short. */
import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 50;
const MOST_MS = 5_000;

/** 50 ms, doubling up to 5 s, with a fifth of chance so that members do not knock together. */
export const backoffMs = (failures: number, chance: () => number = Math.random): number =>
  Math.min(FIRST_MS * 2 ** Math.min(failures, 20), MOST_MS) * (0.9 + 0.2 * chance());

/** Resolves after the time or when aborted, whichever comes first. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await delay(ms, undefined, { signal }).catch(() => undefined);
};
