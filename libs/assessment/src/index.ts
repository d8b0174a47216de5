export { ASSESSMENT_CONTRACT, type AssessmentEvent } from './contract/events.js';
export type { AssessmentCommand } from './domain/assessment.js';
export { assessmentCommands, AssessmentQueries } from './http/assessments.js';
export { assessmentModel, assessmentsOf, type AssessmentRow } from './read/assessment.js';
export { assessmentAggregate, type AssessmentAggregate } from './write/assessment.aggregate.js';
