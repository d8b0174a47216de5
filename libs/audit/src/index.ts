export { auditContext } from './context.js';
export * from './contract.js';
export type { Replay, Replayable, ReplayParts } from './read/replay.js';
export { AccessRecorder } from './write/access-recorder.js';
