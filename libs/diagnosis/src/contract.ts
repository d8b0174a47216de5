/** What is stored about diagnoses and may be asked of them: safe for a browser. */
export * from './contract/commands.js';
export * from './contract/events.js';
export * from './contract/lifecycle.js';
export { DIAGNOSIS_REFUSALS, type DiagnosisRefusal } from './contract/refusals.js';
