/** What is stored about plans of care and may be asked of them: safe for a browser. */
export * from './contract/commands.js';
export * from './contract/content.js';
export * from './contract/events.js';
export * from './contract/lifecycle.js';
export { PLAN_REFUSALS } from './contract/refusals.js';
