export * from './given.js';
export * from './until.js';
export * from './event-store/check.js';
export * from './event-store/event-store-suite.js';
export * from './event-store/requests.js';
export * from './event-store/wrong-stores.js';
export * from './postgres/shared-postgres.js';
