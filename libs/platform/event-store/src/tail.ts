/** `subscribe` for any adapter that can read a page and wake a sleeper. */
import { StoreUnavailable } from '@fascia/kernel';
import type { Position, StoredEvent } from '@fascia/kernel';
import { Backoff } from '@fascia/retry';
import type { Wakeup } from './wakeup.js';

export interface TailOptions {
  readonly page: number;
  /** How long to sleep after an empty page, doubled up to the longest; absent: only a wake-up ends the sleep. */
  readonly poll?: { readonly shortestMs: number; readonly longestMs: number };
}

export async function* tail(
  read: (after: Position, limit: number) => Promise<readonly StoredEvent[]>,
  wakeup: Wakeup,
  options: TailOptions,
  start: { readonly after: Position; readonly signal: AbortSignal },
): AsyncGenerator<readonly StoredEvent[], void> {
  const { signal } = start;
  let after = start.after;
  let pollMs = options.poll?.shortestMs;
  // Between attempts while the store cannot be reached.
  const backoff = new Backoff();
  while (!signal.aborted) {
    const seen = wakeup.count;
    const page = await read(after, options.page).catch((error: unknown) => {
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    });
    if (signal.aborted) return;
    const last = page?.at(-1);
    if (page === undefined) {
      await wakeup.sleep(seen, backoff.next(), signal);
    } else if (last === undefined) {
      await wakeup.sleep(seen, pollMs, signal);
      if (pollMs !== undefined && wakeup.count === seen)
        pollMs = Math.min(pollMs * 2, options.poll?.longestMs ?? pollMs);
    } else {
      yield page;
      after = last.position;
      pollMs = options.poll?.shortestMs;
      backoff.reset();
    }
  }
}
