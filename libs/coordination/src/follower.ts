/** Follows the log's slices from stored positions: at least once, in order, with backoff when something is down. */
import type { Delivery, Following, Slice } from '@fascia/delivery';
import type { EventStore, Position, Rows, StoredEvent } from '@fascia/kernel';
import { loadPosition, movePosition } from './checkpoint.js';

const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = 5_000;
/** Batches without work move the stored position only this often; reading them again is harmless. */
const IDLE_EVENTS = 2_000;

export interface FollowerParts {
  readonly name: string;
  readonly store: EventStore;
  readonly delivery: Delivery;
  readonly rows: Rows;
  readonly takes: ReadonlySet<string>;
  /** Must leave nothing half done that doing it again would not complete. */
  readonly handle: (events: readonly StoredEvent[]) => Promise<void>;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

export class Follower {
  readonly #parts: FollowerParts;
  readonly #positions = new Map<number, Position>();
  #following: Promise<Following> | undefined;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** Where it stands on a log that is delivered whole. */
  get position(): Position {
    return this.#positions.get(0) ?? 0n;
  }

  start(): void {
    this.#following = this.#parts.delivery.follow(this.#parts.name, (slice, signal) =>
      this.#run(slice, signal),
    );
  }

  async stop(): Promise<void> {
    await (await this.#following)?.stop();
  }

  async #run(slice: Slice, signal: AbortSignal): Promise<void> {
    const { name, log } = this.#parts;
    for (let wait = RETRY_FIRST_MS; !signal.aborted;) {
      try {
        await this.#follow(slice, signal, () => {
          wait = RETRY_FIRST_MS;
        });
      } catch (error) {
        if (signal.aborted) return;
        log('follower stopped and starts again', {
          follower: name,
          partition: slice.partition,
          error: error instanceof Error ? error.name : 'unknown',
          waitMs: wait,
        });
        await pause(wait, signal);
        wait = Math.min(wait * 2, RETRY_LAST_MS);
      }
    }
  }

  async #follow(slice: Slice, signal: AbortSignal, wentWell: () => void): Promise<void> {
    const { name, store, rows, takes, handle } = this.#parts;
    const { partition, partitions } = slice;
    const followed = { follower: name, partition, partitions };
    let stored = await loadPosition(rows, followed, store);
    let idle = 0;
    this.#positions.set(partition, stored);
    for await (const batch of slice.subscribe(stored, signal)) {
      const last = batch.at(-1);
      if (last === undefined) continue;
      const work = batch.filter((event) => takes.has(event.type));
      if (work.length > 0) await handle(work);
      idle = work.length > 0 ? 0 : idle + batch.length;
      this.#positions.set(partition, last.position);
      // Where the log is cut, others watch the rows.
      if (work.length > 0 || !slice.whole || idle > IDLE_EVENTS) {
        await movePosition(rows, followed, stored, last.position);
        stored = last.position;
        idle = 0;
      }
      wentWell();
    }
  }
}

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
