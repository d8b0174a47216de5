export { databaseTrouble, eventStoreDbTrouble, sentenceOf } from './process/cannot-start.js';
export { CaughtUpByTables, type CaughtUp } from './standing/caught-up.js';
export {
  accessPolicy,
  aggregateByCategory,
  aggregates,
  AUDIT,
  auditModels,
  TIMERS,
  timerModels,
  CARE,
  careModels,
  CONTEXT_NAMES,
  commandTypes,
  contracts,
  deciderByCategory,
  questions,
  refusalRows,
} from './contexts.js';
export { PEOPLE } from './demo/people.js';
export { seedDemo } from './demo/seed.js';
export { allDoors, auditDoors, commandDoors, DoorsModule, queryDoors, type Edge } from './doors.js';
export { eventDocs } from './wiring/event-docs.js';
export { ALONE, openFoundation, type Foundation } from './process/foundation.js';
export { checkedIdentity, DEVELOPMENT_AUDIENCE, identityFor } from './process/identity.js';
export { brokerOf, kafkaDelivery } from './wiring/kafka.js';
export { assertNobodyElse, whoIsPresent } from './process/presence.js';
export { loggerFor, openDoors, orExit, runProcess, type Composed, type Running } from './process/process.js';
export { brokerAnswers, databaseAnswers, eventStoreDbAnswers } from './process/reachable.js';
export { screensOf } from './process/screens.js';
export { SETTING_NAMES, settingsFrom, SettingsInvalid, type Settings } from './process/settings.js';
export {
  coordinationOf,
  projectionOf,
  readSide,
  writeSide,
  type Coordination,
  type ReadSide,
  type WriteSide,
} from './wiring/sides.js';
export { Clocks } from './standing/clocks.js';
export { ACCESS_RECORDS, Progress, RELAY } from './standing/progress.js';
export { standingsOf } from './standing/standing.js';
export type { Status } from './standing/operations.answers.js';
export { adminOf, edgeOf } from './wiring/edge.js';
export { readingOf } from './wiring/reading.js';
export {
  DeliveryTally,
  watchClocks,
  watchCoordinator,
  watchProgress,
  watchReads,
  watchTopology,
} from './standing/watch.js';
export { checkFollowers, checkModels, checkUnanswered, isOf } from './standing/checks.js';
