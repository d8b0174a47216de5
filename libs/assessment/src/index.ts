export * from './contract.js';
export { assessmentContext } from './context.js';
export { kindOf } from './domain/scoring.js';
export type { AssessmentRow } from './read/assessments/model.js';
export { listAssessments } from './read/assessments/question.js';
export { assessmentsOf } from './read/lookups.js';
export type { AssessmentAggregate } from './write/assessment.aggregate.js';
