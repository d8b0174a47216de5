export * from './master-keys.js';
export * from './sealer.js';
export * from './subject-keys.js';
