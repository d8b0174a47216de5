/** What is stored about sessions and may be asked of them: safe for a browser. */
export * from './contract/commands.js';
export * from './contract/deviations.js';
export * from './contract/events.js';
export * from './contract/lifecycle.js';
export { SESSION_REFUSALS } from './contract/refusals.js';
export type { TechniquesAnswered } from './contract/techniques-answered.js';
