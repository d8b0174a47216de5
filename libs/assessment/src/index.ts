export { ASSESSMENT_CONTRACT, type AssessmentEvent } from './contract/events.js';
export { DEFAULT_THRESHOLDS, type Direction } from './domain/change-label.thresholds.js';
export type { AssessmentCommand } from './domain/assessment.js';
export { assessmentCommands, AssessmentQueries } from './http/assessments.js';
export { assessmentModel, assessmentsOf, type AssessmentRow } from './read/assessment.js';
export { assessmentAggregate, type AssessmentAggregate } from './write/assessment.aggregate.js';
