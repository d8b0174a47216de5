export * from './ports.js';
export * from './open-broker.js';
export * from './memory-broker.js';
