/** What is stored about red flags and precautions and may be asked of them: safe for a browser. */
export * from './contract/commands.js';
export * from './contract/events.js';
export * from './contract/lifecycle.js';
export * from './contract/precaution.commands.js';
export * from './contract/precaution.events.js';
export * from './contract/precaution.lifecycle.js';
export { SAFETY_REFUSALS, type SafetyRefusal } from './contract/refusals.js';
