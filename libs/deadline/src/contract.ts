/** What is stored about deadlines and may be asked of them: safe for a browser. */
export * from './contract/commands.js';
export * from './contract/events.js';
export * from './contract/policy.js';
export { DEADLINE_REFUSALS } from './contract/refusals.js';
