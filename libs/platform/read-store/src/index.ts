export { READ_DESK, ReadDesk, type Disclosure, type Disclosures, type Scope } from './read-desk.js';
export { READ_MIGRATIONS } from './read.migrations.js';
export { ModelAdmin, type ModelStatus, type Projection, type Standing } from './model-admin.js';
export { ProjectionHost, type HostParts } from './projection-host.js';
export { readModel, type ReadModel } from './read-model.js';
export type { Verification } from './verification.js';
