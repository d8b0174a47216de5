/** Tries until the signal aborts: at once where somebody else moved the slice, after a longer and longer wait otherwise. */
import { CheckpointMoved } from './checkpoints.js';

const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = 5_000;

/** @param attempt says when something went well: the next wait is a short one again */
export const untilAborted = async (
  signal: AbortSignal,
  attempt: (wentWell: () => void) => Promise<void>,
  failed: (error: unknown, waitMs: number) => void,
): Promise<void> => {
  let wait = RETRY_FIRST_MS;
  const wentWell = (): void => {
    wait = RETRY_FIRST_MS;
  };
  while (!signal.aborted) {
    try {
      await attempt(wentWell);
    } catch (error) {
      if (signal.aborted) return;
      const moved = error instanceof CheckpointMoved;
      failed(error, moved ? 0 : wait);
      if (moved) continue;
      await pause(wait, signal);
      wait = Math.min(wait * 2, RETRY_LAST_MS);
    }
  }
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
