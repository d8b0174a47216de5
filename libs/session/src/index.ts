export {
  CANCELLED_BY, COMPLIANCE_FLAGS, DEVIATIONS, SESSION_CONTRACT, SESSION_KINDS,
  type ComplianceFlag, type Deviation, type Narrative, type SessionEvent, type SessionEventOf, type SessionKind, type SessionUnits,
} from './contract/events.js';
export {
  SESSION_COMMANDS, SESSION_NOT_ENDED, SESSION_STAGES, SESSION_TRANSITIONS, sessionRowsOf,
  type SessionCommandType, type SessionStage, type SessionTransition,
} from './contract/session-transitions.js';
export type { SessionCommand, SessionCommandOf } from './domain/commands.js';
export type { SessionFacts } from './domain/facts.js';
export { sessionStageOf, type SessionState } from './domain/session.js';
export {
  allocateUnits, UNIT_METHODS, units,
  type CodeUnits, type TimedMinutes, type UnitAllocation, type UnitMethod, type UnitTie,
} from './domain/units.js';
export { firstTreatmentOf, sessionCareOf, sessionsOf, type SessionCare } from './read/lookups.js';
export { sessionModel, type SessionAmendment, type SessionRow } from './read/session.js';
export { sessionAggregate, type SessionAggregate, type SessionPorts } from './write/session.aggregate.js';
export { sessionCommands, SessionQueries } from './http/sessions.js';
