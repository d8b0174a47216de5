/** The broker port within one process, for fast specs of what is built on it: the same promises, nothing kept. */
// Everything else has its turn before an answer, as with a broker over there.
import { setImmediate as turn } from 'node:timers/promises';
import { Delivery } from './delivery.js';
import type {
  Broker,
  BrokerLog,
  ConsumerHandlers,
  DeliveredRecord,
  LogConsumer,
  LogPublisher,
  LogRecord,
  PartitionLag,
} from './ports.js';
import { SingleFlight } from './single-flight.js';

const MOST_RECORDS = 500;

export interface MemoryBrokerOptions {
  /** Default: 4. */
  readonly partitions?: number;
  readonly log?: BrokerLog;
}

class Group {
  readonly #members: MemoryConsumer[] = [];
  readonly committed = new Map<number, bigint>();

  constructor(private readonly partitions: number) {}

  join(member: MemoryConsumer): void {
    this.#members.push(member);
    this.#share();
  }

  leave(member: MemoryConsumer): void {
    const at = this.#members.indexOf(member);
    if (at < 0) return;
    this.#members.splice(at, 1);
    this.#share();
  }

  /** Everybody gives back what they had before anybody gets something new. */
  #share(): void {
    for (const member of this.#members) member.assign([]);
    const all = Array.from({ length: this.partitions }, (_, partition) => partition);
    this.#members.forEach((member, index) =>
      member.assign(all.filter((partition) => partition % this.#members.length === index)),
    );
  }
}

class MemoryTopic {
  readonly #logs: readonly DeliveredRecord[][];
  readonly #groups = new Map<string, Group>();
  #wake = Promise.withResolvers<void>();

  constructor(readonly partitions: number) {
    this.#logs = Array.from({ length: partitions }, () => []);
  }

  append(records: readonly LogRecord[]): void {
    for (const record of records) {
      const log = this.#logs[record.partition];
      if (log === undefined) throw new RangeError(`there is no partition ${record.partition}`);
      log.push({
        ...record,
        value: Uint8Array.from(record.value),
        headers: { ...record.headers },
        offset: BigInt(log.length),
      });
    }
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }

  read(partition: number, offset: bigint): readonly DeliveredRecord[] {
    return this.#logs[partition]?.slice(Number(offset), Number(offset) + MOST_RECORDS) ?? [];
  }

  /** Resolves at the next append. */
  get grown(): Promise<void> {
    return this.#wake.promise;
  }

  group(name: string): Group {
    const group = this.#groups.get(name) ?? new Group(this.partitions);
    this.#groups.set(name, group);
    return group;
  }

  lag(name: string): readonly PartitionLag[] {
    const committed = this.#groups.get(name)?.committed;
    return this.#logs.map((log, partition) => ({
      partition,
      end: BigInt(log.length),
      committed: committed?.get(partition),
    }));
  }
}

class MemoryPublisher implements LogPublisher {
  readonly #flight = new SingleFlight();

  constructor(private readonly topic: MemoryTopic) {}

  async partitions(): Promise<number> {
    return this.topic.partitions;
  }

  async publish(records: readonly LogRecord[]): Promise<void> {
    await this.#flight.run(async () => {
      await turn();
      this.topic.append(records);
    });
  }

  async close(): Promise<void> {
    await this.#flight.idle();
  }
}

class MemoryConsumer implements LogConsumer {
  #delivery: Delivery | undefined;
  /** Counts the assignments: a reader of an earlier one ends. */
  #generation = 0;

  constructor(
    private readonly topic: MemoryTopic,
    private readonly group: Group,
    private readonly log: BrokerLog,
  ) {}

  async start(handlers: ConsumerHandlers): Promise<void> {
    if (this.#delivery !== undefined) throw new TypeError('a consumer is started once');
    this.#delivery = new Delivery(handlers, this.log);
    await turn();
    this.group.join(this);
  }

  async close(): Promise<void> {
    await this.#delivery?.close();
    this.group.leave(this);
    this.#generation += 1;
  }

  assign(partitions: readonly number[]): void {
    this.#generation += 1;
    this.#delivery?.assign(partitions);
    for (const partition of partitions) void this.#read(partition, this.#generation);
  }

  async #read(partition: number, generation: number): Promise<void> {
    const { committed } = this.group;
    while (this.#generation === generation) {
      const offset = committed.get(partition) ?? 0n;
      const { grown } = this.topic;
      const records = this.topic.read(partition, offset);
      if (records.length === 0) await grown;
      else if (
        !(await this.#delivery?.deliver(
          partition,
          records,
          async () => void committed.set(partition, offset + BigInt(records.length)),
        ))
      )
        return;
    }
  }
}

class MemoryBroker implements Broker {
  readonly #topic: MemoryTopic;
  readonly #log: BrokerLog;
  readonly #open: (LogPublisher | LogConsumer)[] = [];

  constructor({ partitions = 4, log = () => undefined }: MemoryBrokerOptions) {
    this.#topic = new MemoryTopic(partitions);
    this.#log = log;
  }

  publisher(): LogPublisher {
    const publisher = new MemoryPublisher(this.#topic);
    this.#open.push(publisher);
    return publisher;
  }

  consumer(group: string): LogConsumer {
    const consumer = new MemoryConsumer(this.#topic, this.#topic.group(group), this.#log);
    this.#open.push(consumer);
    return consumer;
  }

  async lag(group: string): Promise<readonly PartitionLag[]> {
    return this.#topic.lag(group);
  }

  async ping(): Promise<void> {
    await turn();
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((one) => one.close()));
  }
}

export const memoryBroker = (options: MemoryBrokerOptions = {}): Broker => new MemoryBroker(options);
