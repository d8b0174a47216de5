/** What is stored about care tasks and may be asked of them: safe for a browser. */
export * from './contract/commands.js';
export * from './contract/events.js';
export * from './contract/lifecycle.js';
export { TASK_REFUSALS } from './contract/refusals.js';
