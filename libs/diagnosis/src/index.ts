export * from './contract.js';
export { diagnosisContext } from './context.js';
export type { Diagnosis, DiagnosisState } from './domain/diagnosis.state.js';
export { diagnosisModel, type DiagnosisRow } from './read/diagnoses/model.js';
export { getDiagnosis } from './read/diagnoses/question.js';
export { standingDiagnosesOf } from './read/lookups.js';
export { diagnosisAggregate, type DiagnosisAggregate } from './write/diagnosis.aggregate.js';
