export {
  SESSION_CONTRACT,
  type ComplianceFlag,
  type Deviation,
  type Narrative,
  type SessionEvent,
  type SessionEventOf,
  type SessionKind,
  type SessionUnits,
} from './contract/events.js';
export {
  SESSION_STAGES,
  SESSION_TRANSITIONS,
  type SessionCommandType,
  type SessionStage,
  type SessionTransition,
} from './contract/session-transitions.js';
export type { SessionCommand, SessionCommandOf } from './domain/commands.js';
export type { SessionFacts } from './domain/facts.js';
export type { SessionState } from './domain/session.js';
export type { CodeUnits, TimedMinutes, UnitAllocation, UnitTie } from './domain/units.js';
export { firstTreatmentOf, sessionCareOf, type SessionCare } from './read/lookups.js';
export { sessionModel, type SessionAmendment, type SessionRow } from './read/session.js';
export { sessionAggregate, type SessionAggregate, type SessionPorts } from './write/session.aggregate.js';
export { sessionCommands, SessionQueries } from './http/sessions.js';
