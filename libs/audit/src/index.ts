export { ACCESS_CONTRACT } from './contract/events.js';
export { AuditQueries, REPLAY } from './http/audit.js';
export { accessRecordModel } from './read/access-record.js';
export { replayStream, type Replay, type Replayable, type ReplayParts } from './read/replay.js';
export { AccessRecorder } from './write/access-recorder.js';
