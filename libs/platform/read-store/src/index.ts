export { READ_DESK, ReadDesk, type Disclosure, type Disclosures, type Scope } from './read-desk.js';
export { READ_SQL } from './checkpoints.js';
export { ModelAdmin, type ModelStatus, type Verification } from './model-admin.js';
export { ProjectionHost, type HostParts } from './projection-host.js';
export { readModel, type ReadModel } from './read-model.js';
