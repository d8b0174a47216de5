/**
 * Hands the log to the broker, in order: a batch is sent, acknowledged, and then the checkpoint moves. A crash between
 * sends a batch twice; two relays at once send some batches twice; readers skip what they have had.
 */
import { PublishOutcomeUnknown, type Broker, type LogPublisher, type LogRecord } from '@fascia/broker';
import { type EventStore, type Position, type Rows, type StoredEvent } from '@fascia/kernel';
import { Backoff, errorName, Moved, pause, untilAborted } from '@fascia/retry';
import type { Pool } from 'pg';
import { followHistory, markOf } from './history.js';
import { whileLeader } from './leader.js';
import { partitionOf } from './partition.js';
import { recordKey, type RecordKey } from './record-key.js';
import { isRelayed, recordOf } from './records.js';
import { beginRelay, moveRelay, type RelayProgress } from './relay-progress.js';

export interface RelayParts {
  readonly store: EventStore;
  readonly broker: Broker;
  readonly pool: Pool;
  readonly rows: Rows;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
  readonly lookEveryMs?: number;
}

/** Records of a batch, and where the partitions stand after it. */
export const recordsOf = (
  batch: readonly StoredEvent[],
  { epoch, last }: RelayProgress,
  key: RecordKey,
): { readonly records: readonly LogRecord[]; readonly last: readonly Position[] } => {
  const partitions = last.length;
  const after = [...last];
  const records = batch.filter(isRelayed).map((event) => {
    const partition = partitionOf(event, partitions);
    const record = recordOf(event, { partition, partitions, previous: after[partition] ?? 0n, epoch }, key);
    after[partition] = event.position;
    return record;
  });
  return { records, last: after };
};

const BEGUN = {
  renamed: 'the log has another name, and is the same: the relay goes on',
  other: 'the log is another one: the relay sends it from its beginning',
};

export class Relay {
  readonly #parts: RelayParts;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #position: Position = 0n;
  #leads = false;

  constructor(parts: RelayParts) {
    this.#parts = parts;
  }

  /** Up to where the log has been acknowledged, while this process leads. */
  get position(): Position {
    return this.#position;
  }
  get leads(): boolean {
    return this.#leads;
  }

  start(): void {
    const { pool, log } = this.#parts;
    this.#running = whileLeader({ pool, name: 'relay', log }, this.#stop.signal, async (signal) => {
      this.#leads = true;
      await this.#run(signal).finally(() => {
        this.#leads = false;
      });
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { broker, log } = this.#parts;
    const publisher = broker.publisher();
    try {
      await untilAborted(
        signal,
        (wentWell) => this.#follow(publisher, signal, wentWell),
        (error, waitMs) => {
          log('relay stopped and starts again', {
            error: errorName(error),
            waitMs,
          });
        },
      );
    } finally {
      await publisher.close();
    }
  }

  async #follow(publisher: LogPublisher, signal: AbortSignal, wentWell: () => void): Promise<void> {
    const { store, rows, log, lookEveryMs } = this.#parts;
    const key = await recordKey(rows);
    const begun = await beginRelay(rows, store, await publisher.partitions());
    if (begun.found !== 'same') log(BEGUN[begun.found], { position: begun.progress.position.toString() });
    let at = begun.progress;
    this.#position = at.position;
    const batches = followHistory({
      store,
      from: at,
      signal,
      open: (after, until) => store.subscribe(after, until),
      lookEveryMs,
    });
    for await (const batch of batches) {
      const end = batch.at(-1);
      if (end === undefined) continue;
      const { records, last } = recordsOf(batch, at, key);
      if (records.length > 0) await this.#publish(publisher, records, signal);
      const next = { ...markOf(at.epoch, end), last };
      await moveRelay(rows, at, next);
      at = next;
      this.#position = at.position;
      wentWell();
    }
  }

  /** Until it is acknowledged: the same batch again after an outcome that nobody knows. */
  async #publish(publisher: LogPublisher, records: readonly LogRecord[], signal: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    for (;;) {
      try {
        await publisher.publish(records);
        return;
      } catch (error) {
        if (!(error instanceof PublishOutcomeUnknown)) throw error;
        // A topic that was made anew may lack the partition for good.
        const partitions = await publisher.partitions().catch(() => undefined);
        if (
          partitions !== undefined &&
          records.some((record) => Number(record.headers['ce_partitions']) !== partitions)
        )
          throw new Moved('the topic is cut otherwise');
        const waitMs = backoff.next();
        this.#parts.log('a batch is sent again', { records: records.length, waitMs });
        await pause(waitMs, signal);
        signal.throwIfAborted();
      }
    }
  }
}
