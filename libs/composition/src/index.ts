export { databaseTrouble, eventStoreDbTrouble, sentenceOf } from './cannot-start.js';
export { CaughtUpByTables, type CaughtUp } from './caught-up.js';
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
  commandTypes,
  contracts,
  deciderByCategory,
  questions,
  refusalRows,
} from './contexts.js';
export { PEOPLE } from './demo/people.js';
export { seedDemo } from './demo/seed.js';
export { allDoors, auditDoors, commandDoors, DoorsModule, queryDoors, type Edge } from './doors.js';
export { eventDocs } from './event-docs.js';
export { ALONE, openFoundation, type Foundation } from './foundation.js';
export { checkedIdentity, DEVELOPMENT_AUDIENCE, identityFor } from './identity.js';
export { brokerOf, kafkaDelivery } from './kafka.js';
export { assertNobodyElse, whoIsPresent } from './presence.js';
export { loggerFor, openDoors, orExit, runProcess, type Composed, type Running } from './process.js';
export { brokerAnswers, databaseAnswers, eventStoreDbAnswers } from './reachable.js';
export { SETTING_NAMES, settingsFrom, SettingsInvalid, type Settings } from './settings.js';
export {
  coordinationOf,
  projectionOf,
  readSide,
  writeSide,
  type Coordination,
  type ReadSide,
  type WriteSide,
} from './sides.js';
export { standingsOf } from './standing.js';
export { adminOf, edgeOf } from './edge.js';
export {
  checkFollowers,
  checkModels,
  DeliveryTally,
  watchCoordinator,
  watchRecorder,
  watchTopology,
} from './watch.js';
