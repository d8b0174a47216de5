export * from './contract.js';
export { assessmentContext } from './context.js';
export { kindOf } from './domain/scoring.js';
export { assessmentsOf } from './read/lookups.js';
export type { AssessmentAggregate } from './write/assessment.aggregate.js';
