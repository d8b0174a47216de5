/** What is stored about measurements and may be asked of them: safe for a browser. */
export * from './contract/commands.js';
export * from './contract/events.js';
export { ASSESSMENT_REFUSALS } from './contract/refusals.js';
