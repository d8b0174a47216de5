export * from './contract.js';
export { sessionContext } from './context.js';
export type { SessionFacts } from './domain/facts.js';
export type { SessionState } from './domain/session.js';
export { firstTreatmentOf, referralOfSession, sessionCareOf, type SessionCare } from './read/lookups.js';
export { sessionModel, type SessionAmendment, type SessionRow } from './read/sessions/model.js';
export { listSessions } from './read/sessions/question.js';
export { makeAllowedTechniques } from './write/allowed-techniques.js';
export { sessionAggregate, type SessionAggregate } from './write/session.aggregate.js';
