export { auditContext } from './context.js';
export * from './contract.js';
export type { CaseHistory } from './read/answer.js';
export type { Replayable, ReplayParts } from './read/replay.js';
export { AccessRecorder } from './write/access-recorder.js';
