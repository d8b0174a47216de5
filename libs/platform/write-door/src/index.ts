export { SubjectErased } from '@fascia/sealing';
export * from './aggregate.js';
export { BOOKKEEPING_CONTRACT, firstFactOf, isBookkeeping } from './bookkeeping.js';
export { envelopeOf, makeCodec, metadataOf, canonicalBytes, ContractBroken, type Codec } from './codec.js';
export { describeEvents, type EventDescription } from './describe-events.js';
export { Door, type DoorParts } from './door.js';
export { eventSchemas, type JsonSchema } from './event-schemas.js';
export { Crowded, LANE_LIMITS, Lanes, type LaneLimits } from './lanes.js';
export type { Folding, Known } from './folding.js';
export { knownOf, type Log } from './loading.js';
export { Memory, MEMORY_LIMITS, type MemoryLimits } from './memory.js';
export { openOne, StreamUnreadable, UpgradeNeeded } from './opened.js';
export { isPassing, patiently } from './passing.js';
export { pagesOf, readWhole } from './read-whole.js';
export { postgresSnapshots, SNAPSHOT_SQL, type Snapshots } from './snapshots.js';
export { REFERENCE_REFUSALS } from './references.js';
export { REGISTER_CONTRACT } from './register.js';
export {
  RegisterAdmin,
  type RegisterFinding,
  type RegisterRepair,
  type RegisterReport,
} from './register-admin.js';
