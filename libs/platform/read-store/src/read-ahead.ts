/** Pages of a log, the next one read and opened while the last one is stored. */
import type { Position } from '@fascia/kernel';
import type { Batch } from './opening.js';

export interface Page {
  readonly from: Position;
  readonly to: Position;
  readonly batch: Batch;
}

/** @param read nothing when the end is reached */
export async function* readAhead(
  read: (from: Position) => Promise<Page | undefined>,
  from: Position,
): AsyncGenerator<Page> {
  for (let next = read(from); ;) {
    const page = await next;
    if (page === undefined) return;
    next = read(page.to);
    // Should storing fail, nobody waits for it any more.
    next.catch(() => undefined);
    yield page;
  }
}
