export * from './appendable.js';
export * from './memory-event-store.js';
export * from './postgres/migrate.js';
export * from './postgres/log.migrations.js';
export * from './postgres/server-check.js';
export * from './postgres/postgres-event-store.js';
export * from './embedded/embedded-postgres.js';
export { AlreadyRunning } from './embedded/instance-lock.js';
export { CannotRunPostgres } from './embedded/placement.js';
