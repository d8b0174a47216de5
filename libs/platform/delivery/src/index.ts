export * from './broker-delivery.js';
export { whileLeader, type LeaderParts } from './leader.js';
export * from './partition.js';
export type { DeliveryCounts } from './partition-feed.js';
export * from './records.js';
export { Relay, type RelayParts } from './relay.js';
export * from './relay-progress.js';
export * from './slice.js';
export * from './store-delivery.js';
