/** The options with their defaults, and how a topic is made: the same for every client. */
import type { BrokerOptions } from './ports.js';

const DAY_MS = 86_400_000;
const MIB = 1_048_576;
const MOST_REPLICAS = 3;

export interface BrokerSettings extends BrokerOptions {
  readonly retentionMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly requestTimeoutMs: number;
}

export const settingsOf = (options: BrokerOptions): BrokerSettings => ({
  ...options,
  retentionMs: options.retentionMs ?? 7 * DAY_MS,
  sessionTimeoutMs: options.sessionTimeoutMs ?? 15_000,
  heartbeatMs: options.heartbeatMs ?? 1_500,
  requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
});

/**
 * How long a broker may hold back a fetch with nothing to answer. Commits and heartbeats to the same broker can wait
 * behind it, so it stays well below the session timeout.
 */
export const FETCH_WAIT_MS = 500;

/**
 * For how many session timeouts a broker waits for members that do not come back: what a dead connection left of a member that was just
 * joining holds up the whole group for so long, and a client's own default (a minute) lets such remains outlive one another.
 */
export const REBALANCE_SESSIONS = 2;

/** How long a batch may hold up the next fetch, and with it the other partitions. */
export const PATIENCE_MS = 500;

/** Above one event of 1 MiB with its headers. */
const MOST_BATCH_BYTES = 2 * MIB;

export const replicationOf = ({ replication }: BrokerOptions, brokers: number): number =>
  replication ?? Math.max(1, Math.min(brokers, MOST_REPLICAS));

export const topicConfig = (
  { retentionMs }: BrokerSettings,
  replication: number,
): readonly { readonly name: string; readonly value: string }[] => [
  { name: 'retention.ms', value: String(retentionMs) },
  { name: 'max.message.bytes', value: String(MOST_BATCH_BYTES) },
  // An acknowledgement that only the leader holds is lost with the leader.
  ...(replication >= MOST_REPLICAS ? [{ name: 'min.insync.replicas', value: '2' }] : []),
];
