/** Follows the log from a stored position: at least once, in order, with backoff when something is down. */
import type { EventStore, Position, Rows, StoredEvent } from '@fascia/kernel';
import { loadPosition, movePosition } from './checkpoint.js';

const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = 5_000;
/** Batches without work move the stored position only this often; reading them again is harmless. */
const IDLE_EVERY = 2_000n;

export interface FollowerParts {
  readonly name: string;
  readonly store: EventStore;
  readonly rows: Rows;
  readonly takes: ReadonlySet<string>;
  /** Must leave nothing half done that doing it again would not complete. */
  readonly handle: (events: readonly StoredEvent[]) => Promise<void>;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

export class Follower {
  readonly #parts: FollowerParts;
  readonly #stop = new AbortController();
  #position: Position = 0n;
  #stored: Position = 0n;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  get position(): Position {
    return this.#position;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { name, store, rows, log } = this.#parts;
    let wait = RETRY_FIRST_MS;
    while (!this.#stop.signal.aborted) {
      try {
        this.#stored = await loadPosition(rows, name, await store.head());
        this.#position = this.#stored;
        for await (const batch of store.subscribe(this.#position, this.#stop.signal)) {
          await this.#take(batch);
          wait = RETRY_FIRST_MS;
        }
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        log('follower stopped and starts again', { follower: name, error: error instanceof Error ? error.name : 'unknown', waitMs: wait });
        await new Promise((resolve) => setTimeout(resolve, wait));
        wait = Math.min(wait * 2, RETRY_LAST_MS);
      }
    }
  }

  async #take(batch: readonly StoredEvent[]): Promise<void> {
    const { name, rows, takes, handle } = this.#parts;
    const last = batch.at(-1);
    if (last === undefined) return;
    const work = batch.filter((event) => takes.has(event.type));
    if (work.length > 0) await handle(work);
    this.#position = last.position;
    if (work.length > 0 || last.position - this.#stored > IDLE_EVERY) {
      await movePosition(rows, name, this.#stored, last.position);
      this.#stored = last.position;
    }
  }
}
