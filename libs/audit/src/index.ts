export { ACCESS_CONTRACT } from './contract/events.js';
export { AuditQueries, REPLAY } from './http/audit.js';
export { accessRecordModel } from './read/access-record.js';
export type { Replay, Replayable, ReplayParts } from './read/replay.js';
export { AccessRecorder } from './write/access-recorder.js';
