/** Waiting for work, but not longer than it may hold up what comes next. */
import { setTimeout as delay } from 'node:timers/promises';

/** @returns whether the work ended in time, however it ended; it goes on either way */
export const endedWithin = async (ms: number, work: Promise<unknown>): Promise<boolean> => {
  const patience = new AbortController();
  const late = delay(ms, false, { signal: patience.signal, ref: false }).catch(() => true);
  try {
    return await Promise.race([
      work.then(
        () => true,
        () => true,
      ),
      late,
    ]);
  } finally {
    patience.abort();
  }
};

/** Resolves when the signal is aborted. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
