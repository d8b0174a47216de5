export { OtherFormat } from './format.js';
export * from './appendable.js';
export * from './copy-log.js';
export * from './memory-event-store.js';
export { openClient, openPool, PATIENCE, type Patience } from './postgres/connections.js';
export { assertFormat } from './postgres/database-format.js';
export { unavailableOr } from './postgres/failures.js';
export * from './postgres/migrate.js';
export * from './postgres/log.migrations.js';
export * from './postgres/server-check.js';
export * from './postgres/postgres-event-store.js';
export * from './embedded/embedded-postgres.js';
export { AlreadyRunning } from './embedded/instance-lock.js';
export { CannotRunPostgres } from './embedded/placement.js';
export type {
  EventStoreDbEventStore,
  EventStoreDbEventStoreOptions,
} from './eventstoredb/eventstoredb-event-store.js';
export { openEventStoreDb } from './eventstoredb/open.js';
export {
  DamagedLog,
  EventStoreDbAccessDenied,
  NoSuchPosition,
  UnsuitableEventStoreDb,
} from './eventstoredb/troubles.js';
