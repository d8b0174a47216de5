/**
 * Subscribers of one process mostly stand at the same position and wake at the same moment: one of them asks, the
 * others take the same page. A page with events is good for a moment, as the log may be put back; an empty one until the next
 * append here, and no longer than a subscriber would sleep before it asks again.
 */
import type { Position, StoredEvent } from '@fascia/kernel';
import { LRUCache } from 'lru-cache';
import type { Wakeup } from './wakeup.js';

interface Read {
  /** The wake-up count when it was begun. */
  readonly count: number;
  readonly begunAt: number;
  readonly page: Promise<readonly StoredEvent[]>;
  empty: boolean;
  settled: boolean;
}

/** Subscribers that fall apart ask for themselves; few positions are hot at a time. */
const REMEMBERED = 4;
/** Subscribers that wake together ask within it. */
const PAGE_GOOD_MS = 250;

export class SharedReads {
  readonly #recent = new LRUCache<Position, Read>({ max: REMEMBERED });

  constructor(
    private readonly ask: (after: Position, limit: number) => Promise<readonly StoredEvent[]>,
    private readonly wakeup: Wakeup,
    /** How long nobody asks again about the same nothing. */
    private readonly emptyGoodMs: number,
  ) {}

  read(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    const known = this.#recent.get(after);
    if (known !== undefined && this.#isGood(known)) return known.page;
    const read: Read = {
      count: this.wakeup.count,
      begunAt: performance.now(),
      page: this.ask(after, limit),
      empty: true,
      settled: false,
    };
    this.#recent.set(after, read);
    read.page.then(
      (page) => {
        read.settled = true;
        read.empty = page.length === 0;
      },
      () => {
        this.#recent.delete(after);
      },
    );
    return read.page;
  }

  #isGood({ settled, empty, count, begunAt }: Read): boolean {
    const age = performance.now() - begunAt;
    if (settled && !empty) return age < PAGE_GOOD_MS;
    return count === this.wakeup.count && (!settled || age < this.emptyGoodMs);
  }
}
