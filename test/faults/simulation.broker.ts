/** The broker in memory with what brokers do: acknowledgements lost, records gone, batches twice, and a member that is slow to let go. */
import {
  memoryBroker,
  PublishOutcomeUnknown,
  type Broker,
  type ConsumerHandlers,
  type DeliveredRecord,
  type LogConsumer,
  type LogPublisher,
  type LogRecord,
} from '@fascia/broker';
import { signed, type RecordKey } from '@fascia/delivery';
import type { Dice } from './simulation.dice.js';

const UNKNOWN = 0.15;
const LOST = 0.05;
const AGAIN = 0.2;
const SLOW = 0.9;
const MOST_REMEMBERED = 40;

export interface BrokerDefects {
  /** Readers believe that nothing was ever left out. */
  readonly ignoresPrevious?: boolean;
}

const unsuspicious = (record: DeliveredRecord, key: RecordKey): DeliveredRecord =>
  signed({ ...record, headers: { ...record.headers, ce_previous: '0' } }, key);

export class UnreliableBroker implements Broker {
  readonly #inner: Broker;
  /** Off while everything begins, and when it is to come to rest. */
  troubled = false;
  /** What members have lost and believe to hold. */
  readonly #late = new Set<() => void>();

  constructor(
    private readonly dice: Dice,
    private readonly defects: BrokerDefects,
    private readonly key: () => Promise<RecordKey>,
    partitions: number,
  ) {
    this.#inner = memoryBroker({ partitions });
  }

  publisher(): LogPublisher {
    const inner = this.#inner.publisher();
    return {
      partitions: () => inner.partitions(),
      close: () => inner.close(),
      publish: async (records) => {
        const unknown = this.troubled && this.dice.happens(UNKNOWN);
        if (unknown && this.dice.happens(0.5)) throw new PublishOutcomeUnknown('not sent, as it was drawn');
        await inner.publish(this.#withHoles(records));
        if (unknown) throw new PublishOutcomeUnknown('sent and not acknowledged, as it was drawn');
      },
    };
  }

  consumer(group: string): LogConsumer {
    const inner = this.#inner.consumer(group);
    return {
      start: (handlers) => inner.start(this.#repeating(handlers)),
      close: () => inner.close(),
    };
  }

  /** Whoever was slow hears now that a partition is somebody else's. */
  letGo(): void {
    for (const late of this.#late) late();
    this.#late.clear();
  }

  lag(group: string) {
    return this.#inner.lag(group);
  }
  ping(): Promise<void> {
    return this.#inner.ping();
  }
  close(): Promise<void> {
    return this.#inner.close();
  }

  /** Records past their retention, or lost by a client that was told they were stored. */
  #withHoles(records: readonly LogRecord[]): readonly LogRecord[] {
    return this.troubled ? records.filter(() => !this.dice.happens(LOST)) : records;
  }

  /** Delivery is at least once: what was handed over before may come again, in front of what is new. */
  #repeating(handlers: ConsumerHandlers): ConsumerHandlers {
    const had = new Map<number, readonly DeliveredRecord[]>();
    const late = new Map<number, () => void>();
    return {
      assigned: (partition) => {
        late.get(partition)?.();
        handlers.assigned(partition);
      },
      revoked: (partition) => {
        const letGo = (): void => {
          this.#late.delete(letGo);
          if (late.delete(partition)) handlers.revoked(partition);
        };
        late.set(partition, letGo);
        if (this.troubled && this.dice.happens(SLOW)) this.#late.add(letGo);
        else letGo();
      },
      handle: async (partition, delivered) => {
        const key = this.defects.ignoresPrevious === true ? await this.key() : undefined;
        const records = key === undefined ? delivered : delivered.map((record) => unsuspicious(record, key));
        const before = had.get(partition) ?? [];
        const again =
          this.troubled && this.dice.happens(AGAIN) ? before.slice(this.dice.below(before.length + 1)) : [];
        await handlers.handle(partition, [...again, ...records]);
        had.set(partition, [...before, ...records].slice(-MOST_REMEMBERED));
      },
    };
  }
}
