/** A promise of the broker port as something that can be tried on any adapter. */
import assert from 'node:assert/strict';
import type { Broker, DeliveredRecord, LogConsumer, LogRecord } from '@fascia/broker';
import { until } from '../until.js';

export interface BrokerUnderTest {
  readonly broker: Broker;
  /** How long a record or a share of the partitions may take. Default: what a real broker needs. */
  readonly deliveryMs?: number;
  readonly close: () => Promise<void>;
}

/** A fresh topic of `CHECK_PARTITIONS` partitions each time. */
export type BrokerFactory = () => Promise<BrokerUnderTest>;

export const CHECK_PARTITIONS = 4;
/** Rebalancing on a real broker waits for heartbeats. */
export const DELIVERY_MS = 90_000;

/** Rejects when the promise is broken; each is tried on a topic of its own. */
export interface BrokerCheck {
  readonly name: string;
  readonly run: (under: BrokerUnderTest) => Promise<void>;
}

export const brokerCheck = (name: string, run: BrokerCheck['run']): BrokerCheck => ({ name, run });

let made = 0;

/** With a number in the key that says where it was made. */
export const newRecord = (partition: number, about: Partial<LogRecord> = {}): LogRecord => {
  made += 1;
  return {
    partition,
    key: `key-${made}`,
    value: Buffer.from(`value-${made}`),
    headers: { number: String(made) },
    ...about,
  };
};

export const newRecords = (count: number, partitions = CHECK_PARTITIONS): readonly LogRecord[] =>
  Array.from({ length: count }, (_, index) => newRecord(index % partitions));

export const keysOf = (records: readonly LogRecord[], partition?: number): readonly string[] =>
  records.filter((record) => partition === undefined || record.partition === partition).map(({ key }) => key);

/** Without repeats, in the order of first sight. */
export const distinct = (keys: readonly string[]): readonly string[] => [...new Set(keys)];

type Handle = (partition: number, records: readonly DeliveredRecord[]) => Promise<void>;

/** A member of a group that keeps what it was handed. */
export class Member {
  readonly seen: DeliveredRecord[] = [];
  readonly assigned = new Set<number>();
  readonly consumer: LogConsumer;

  constructor(
    private readonly under: BrokerUnderTest,
    group: string,
    private readonly onBatch: Handle = async () => undefined,
  ) {
    this.consumer = under.broker.consumer(group);
  }

  async start(): Promise<this> {
    await this.consumer.start({
      assigned: (partition) => {
        assert.ok(!this.assigned.has(partition), `partition ${partition} was assigned twice`);
        this.assigned.add(partition);
      },
      revoked: (partition) => {
        assert.ok(
          this.assigned.delete(partition),
          `partition ${partition} was revoked without having been assigned`,
        );
      },
      handle: async (partition, records) => {
        assert.ok(records.length > 0, 'an empty batch was handed over');
        assert.ok(
          records.every((record) => record.partition === partition),
          'a batch of several partitions',
        );
        await this.onBatch(partition, records);
        this.seen.push(...records);
      },
    });
    return this;
  }

  async hasSeen(records: readonly LogRecord[]): Promise<void> {
    const message = (): string =>
      `${records.length} records handed over; there were ${distinct(keysOf(this.seen)).length}`;
    await until(
      () => {
        const seen = new Set(keysOf(this.seen));
        return records.every(({ key }) => seen.has(key));
      },
      { deadlineMs: this.under.deliveryMs ?? DELIVERY_MS, message },
    );
  }
}

/** What was seen of every partition is what was published there, in order; repeats apart where `repeats` says so. */
export const assertInOrder = (
  published: readonly LogRecord[],
  seen: readonly DeliveredRecord[],
  repeats: 'none' | 'some' = 'none',
): void => {
  for (const partition of new Set(published.map((record) => record.partition))) {
    const keys = keysOf(seen, partition);
    assert.deepEqual(
      repeats === 'none' ? keys : distinct(keys),
      keysOf(published, partition),
      `partition ${partition}`,
    );
  }
};
