/**
 * One partition of the topic as a slice of the log. Every record names the position before it in its partition: what
 * was had already is skipped, a hole is seen at once and filled from the store. When nothing comes although the relay
 * says that it sent more (a topic that was made anew, records past their retention), the store is read as well.
 */
import type { DeliveredRecord } from '@fascia/broker';
import type { EventStore, Position, StoredEvent } from '@fascia/kernel';
import { Channel } from './channel.js';
import { LogReplaced, stands } from './history.js';
import { partitionOf } from './partition.js';
import type { RecordKey } from './record-key.js';
import { eventOf, type DeliveredEvent } from './records.js';
import type { RelayProgress } from './relay-progress.js';
import type { Slice } from './slice.js';

export interface FeedParts {
  readonly store: EventStore;
  /** By which the relay's records are known. */
  readonly key: () => Promise<RecordKey>;
  /** How far the relay has come; a moment old is good enough. */
  readonly progress: () => Promise<RelayProgress | undefined>;
  /** Silence after which the relay's word is asked for; default 1 s. */
  readonly silenceMs?: number;
  readonly counts: DeliveryCounts;
  /** Told when a record, or the relay, speaks of another number of partitions. */
  readonly cutOtherwise?: () => void;
}

/** For metrics. */
export interface DeliveryCounts {
  /** Records skipped because their event was had already. */
  skipped(events: number): void;
  /** Events read from the store because their record did not come. */
  healed(events: number): void;
  /** Records that were not signed as the relay signs. */
  refused(records: number): void;
}

export const SILENCE_MS = 1_000;
const STORE_PAGE = 500;

export class PartitionFeed implements Slice {
  readonly whole = false;
  readonly #channel = new Channel<readonly DeliveredRecord[]>();

  constructor(
    private readonly parts: FeedParts,
    readonly partition: number,
    readonly partitions: number,
  ) {}

  /** Resolves when the batch was dealt with. */
  push(records: readonly DeliveredRecord[]): Promise<void> {
    return this.#channel.push(records);
  }

  close(): void {
    this.#channel.close();
  }

  async *subscribe(after: Position, signal: AbortSignal): AsyncGenerator<readonly StoredEvent[]> {
    const { epoch } = await this.parts.store.head();
    const key = await this.parts.key();
    let at = after;
    while (!signal.aborted) {
      const records = await this.#channel.peek(this.parts.silenceMs ?? SILENCE_MS, signal);
      if (signal.aborted) return;
      const batches =
        records === undefined ? this.#sentInSilence(at, epoch) : this.#complete(records, { at, epoch, key });
      for await (const batch of batches) {
        yield batch;
        at = batch.at(-1)?.position ?? at;
      }
      if (records !== undefined) this.#channel.done();
    }
  }

  async *#complete(
    records: readonly DeliveredRecord[],
    from: { readonly at: Position; readonly epoch: string; readonly key: RecordKey },
  ): AsyncGenerator<readonly StoredEvent[]> {
    /** What was handed on. */
    let { at } = from;
    let run: StoredEvent[] = [];
    for (const { event, previous, intact } of await this.#ours(records, from)) {
      const last = run.at(-1);
      if (last === undefined || previous !== last.position || !intact) {
        for await (const batch of this.#asStored(run, at)) {
          yield batch;
          at = batch.at(-1)?.position ?? at;
        }
        run = [];
        if (event.position <= at) {
          this.parts.counts.skipped(1);
          continue;
        }
        const missed = intact ? previous : event.position;
        for await (const batch of this.#fromStore(at, missed)) {
          yield batch;
          at = batch.at(-1)?.position ?? at;
        }
      }
      if (intact) run.push(event);
    }
    yield* this.#asStored(run, at);
  }

  /** What the relay says of this log. Of another log, of a topic that was cut otherwise, or no record of ours: its hole shows at the next one. */
  async #ours(
    records: readonly DeliveredRecord[],
    { epoch, key }: { readonly epoch: string; readonly key: RecordKey },
  ): Promise<readonly DeliveredEvent[]> {
    const ours: DeliveredEvent[] = [];
    const foreign = new Set<string>();
    let refused = 0;
    for (const record of records) {
      const delivered = eventOf(record, key);
      if (delivered === undefined) refused += 1;
      else if (foreign.has(delivered.epoch)) continue;
      else if (await this.#speaksOf(delivered, epoch)) ours.push(delivered);
      else if (delivered.epoch !== epoch) foreign.add(delivered.epoch);
    }
    if (refused > 0) this.parts.counts.refused(refused);
    return ours;
  }

  /**
   * The run, if its last event stands in the log. When a log was put back under its name, records of the end that it lost are
   * signed and whole: what the log has in their place is taken, if it has anything.
   */
  async *#asStored(run: readonly StoredEvent[], after: Position): AsyncGenerator<readonly StoredEvent[]> {
    const last = run.at(-1);
    if (last === undefined) return;
    if (await stands(this.parts.store, last)) yield run;
    else yield* this.#fromStore(after, last.position);
  }

  async *#sentInSilence(after: Position, epoch: string): AsyncGenerator<readonly StoredEvent[]> {
    const progress = await this.parts.progress();
    if (
      progress === undefined ||
      !(await this.#speaksOf({ epoch: progress.epoch, partitions: progress.last.length }, epoch))
    )
      return;
    const sent = progress.last[this.partition] ?? 0n;
    if (sent > after) yield* this.#fromStore(after, sent);
  }

  /** @throws LogReplaced when it is right about the log, and this feed is not */
  async #speaksOf(
    other: { readonly epoch: string; readonly partitions: number },
    epoch: string,
  ): Promise<boolean> {
    if (other.epoch !== epoch) {
      if ((await this.parts.store.head()).epoch !== epoch)
        throw new LogReplaced('the log is another one now');
      return false;
    }
    if (other.partitions !== this.partitions) this.parts.cutOtherwise?.();
    return other.partitions === this.partitions;
  }

  /** The partition's events in `(after, to]`. */
  async *#fromStore(after: Position, to: Position): AsyncGenerator<readonly StoredEvent[]> {
    for (let at = after; at < to;) {
      const page = await this.parts.store.readAll(at, STORE_PAGE);
      const own = page.filter(
        (event) => event.position <= to && partitionOf(event, this.partitions) === this.partition,
      );
      if (own.length > 0) {
        this.parts.counts.healed(own.length);
        yield own;
      }
      const last = page.at(-1);
      if (last === undefined) return;
      at = last.position;
    }
  }
}
