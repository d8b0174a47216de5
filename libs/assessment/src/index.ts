export * from './contract.js';
export { assessmentContext } from './context.js';
export { ASSESSMENT_SCOPE } from './read/assessments/question.js';
export { assessmentsOf } from './read/lookups.js';
export type { AssessmentAggregate } from './write/assessment.aggregate.js';
