export * from './service-codes.js';
export * from './body-site.js';
export * from './payer-profile.js';
export * from './techniques.js';
export * from './red-flags.js';
export * from './emergency.js';
export * from './change-thresholds.js';
export * from './rom-normals.js';
