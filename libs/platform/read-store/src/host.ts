/** The projection host, and what an operator does with read models. */
export { READ_MIGRATIONS } from './read.migrations.js';
export { ModelAdmin, type ModelStatus, type Projection, type Standing } from './model-admin.js';
export { ProjectionHost, type HostParts } from './projection-host.js';
export type { Reading } from './opening.js';
export type { Verification } from './verification.js';
