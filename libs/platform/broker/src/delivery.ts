/**
 * Hands the batches of one consumer over: per partition one after another, the same batch again after a failure,
 * nothing after it was revoked. What is common to every client, so that the promises of the port have one place.
 */
import { Backoff, errorName, pause } from '@fascia/retry';
import type { BrokerLog, ConsumerHandlers, DeliveredRecord } from './ports.js';

/** One time that a partition belongs to this member. */
class Lane {
  readonly #end = new AbortController();

  get open(): boolean {
    return !this.#end.signal.aborted;
  }

  get ended(): AbortSignal {
    return this.#end.signal;
  }

  end(): void {
    this.#end.abort();
  }
}

export class Delivery {
  readonly #lanes = new Map<number, Lane>();
  /** The last batch of each partition, also of an earlier assignment: a batch never overlaps the next. */
  readonly #tails = new Map<number, Promise<unknown>>();
  #closed = false;

  constructor(
    private readonly handlers: ConsumerHandlers,
    private readonly log: BrokerLog,
  ) {}

  /** A new assignment: everything that was held is given back first, as another member may have had it since. */
  assign(partitions: readonly number[]): void {
    if (this.#closed) return;
    this.revokeAll();
    for (const partition of [...partitions].sort((a, b) => a - b)) {
      this.#lanes.set(partition, new Lane());
      this.handlers.assigned(partition);
    }
  }

  revokeAll(): void {
    const lanes = [...this.#lanes];
    this.#lanes.clear();
    for (const [partition, lane] of lanes) {
      lane.end();
      this.handlers.revoked(partition);
    }
  }

  /**
   * @param done called after the batch was handled when the partition still belongs to this member: commits the offset
   * @returns whether `done` was called: the client may go on behind these records
   */
  async deliver(
    partition: number,
    records: readonly DeliveredRecord[],
    done: () => Promise<void>,
  ): Promise<boolean> {
    const lane = this.#lanes.get(partition);
    if (lane === undefined) return false;
    const before = this.#tails.get(partition) ?? Promise.resolve();
    const work = before.then(async () => {
      const mine = (await this.#handle(lane, partition, records)) && this.#lanes.get(partition) === lane;
      if (mine)
        await done().catch((error: unknown) =>
          this.log('an offset was not committed', { partition, error: errorName(error) }),
        );
      return mine;
    });
    this.#tails.set(partition, work);
    return work;
  }

  /** Nothing more is begun, and what was begun has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const lane of this.#lanes.values()) lane.end();
    await Promise.all(this.#tails.values());
    this.revokeAll();
  }

  async #handle(lane: Lane, partition: number, records: readonly DeliveredRecord[]): Promise<boolean> {
    const backoff = new Backoff();
    for (let failures = 1; lane.open; failures += 1) {
      try {
        await this.handlers.handle(partition, records);
        return true;
      } catch (error) {
        this.log('a batch was not handled and comes again', {
          partition,
          records: records.length,
          failures,
          error: errorName(error),
        });
      }
      await pause(backoff.next(), lane.ended);
    }
    return false;
  }
}
