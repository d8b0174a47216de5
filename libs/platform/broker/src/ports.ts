/** What the system asks of a log broker: one topic, published in order and consumed by groups. */

export interface LogRecord {
  readonly partition: number;
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export interface DeliveredRecord extends LogRecord {
  readonly offset: bigint;
}

/** A batch is acknowledged whole (all in-sync replicas) or its outcome is unknown. */
export interface LogPublisher {
  /** Partitions of the topic; the topic is made with `partitions` of the options when missing. */
  partitions(): Promise<number>;
  /**
   * In the order given, per partition. One call at a time: a second while one is outstanding is a bug (`TypeError`).
   * @throws PublishOutcomeUnknown: none, some or all were stored; send the same batch again.
   */
  publish(records: readonly LogRecord[]): Promise<void>;
  /** Waits for an outstanding `publish`. */
  close(): Promise<void>;
}

export interface ConsumerHandlers {
  assigned(partition: number): void;
  /**
   * After this no batch of the partition is handed over until it is assigned again. A batch that is being handled
   * goes on: what it writes has to be guarded by the positions in the records, as another member may have begun.
   */
  revoked(partition: number): void;
  /**
   * The next batch of a partition comes only when this resolved; then the group's offset may be committed: a hint,
   * the positions in the records are the truth. Rejected: the same batch comes again after a backoff.
   * Partitions run beside one another. Delivery is at least once.
   */
  handle(partition: number, records: readonly DeliveredRecord[]): Promise<void>;
}

export interface LogConsumer {
  /**
   * Joins the group and delivers until `close`; survives the loss of brokers and of the topic by itself. A new group
   * starts at the earliest record. Resolves when joined, or, when the broker is away, after the first attempt, which
   * then goes on in the background.
   */
  start(handlers: ConsumerHandlers): Promise<void>;
  /** Waits for the batches that are being handled, then leaves the group. */
  close(): Promise<void>;
}

/** For people and metrics. */
export interface PartitionLag {
  readonly partition: number;
  readonly end: bigint;
  /** Where the group would go on; undefined when it never committed. */
  readonly committed: bigint | undefined;
}

export interface Broker {
  publisher(): LogPublisher;
  consumer(group: string): LogConsumer;
  lag(group: string): Promise<readonly PartitionLag[]>;
  /** Throws when no broker answers. */
  ping(): Promise<void>;
  /** Also closes the publishers and consumers that it made. */
  close(): Promise<void>;
}

export interface SaslOptions {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

export type BrokerLog = (what: string, details: Readonly<Record<string, unknown>>) => void;

export interface BrokerOptions {
  readonly brokers: readonly string[];
  readonly topic: string;
  /** Of the topic when it has to be made; afterwards the topic says how many it has. */
  readonly partitions: number;
  /** Default: the brokers of the cluster, at most 3. */
  readonly replication?: number;
  /** Default: 7 days. */
  readonly retentionMs?: number;
  readonly clientId: string;
  readonly log: BrokerLog;
  readonly sasl?: SaslOptions;
  readonly tls?: boolean;
  /**
   * A member that is silent for so long loses its partitions. Default: 15 s, between the least that a broker accepts as it comes (6 s),
   * which processes that wait for a core miss again and again, and Kafka's own default since KIP-735 (45 s), for which lists would stand
   * still after a kill.
   */
  readonly sessionTimeoutMs?: number;
  /** Also how soon a member notices that it has to share. Default: 1.5 s. */
  readonly heartbeatMs?: number;
  /** How long an answer may take before the connection counts as lost. Default: 10 s. */
  readonly requestTimeoutMs?: number;
}

/** None, some or all of the batch were stored: send the same batch again. */
export class PublishOutcomeUnknown extends Error {
  override readonly name = 'PublishOutcomeUnknown';
}
