export * from './access.js';
export * from './actor.js';
export * from './contract.js';
export * from './decider.js';
export * from './envelope.js';
export * from './event-store.js';
export * from './ids.js';
export * from './stream.js';
