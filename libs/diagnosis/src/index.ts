export { DIAGNOSIS_CONTRACT, type DiagnosisEvent } from './contract/events.js';
export type { Diagnosis, DiagnosisCommand, DiagnosisState } from './domain/diagnosis.js';
export { diagnosisCommands, DiagnosisQueries, ICD_CATALOGUE } from './http/diagnoses.js';
export { diagnosisModel, standingDiagnosesOf, type DiagnosisRow } from './read/diagnosis.js';
export { diagnosisAggregate, type DiagnosisAggregate } from './write/diagnosis.aggregate.js';
