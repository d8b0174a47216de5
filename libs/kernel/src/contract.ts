/**
 * The words that contracts are written in: safe for a browser, so that screens read the very tables that rules read. Nothing here
 * knows a server, a disk or a clock.
 */
export * from './contract/access.js';
export * from './contract/actor.js';
export * from './contract/answers.js';
export * from './contract/category.js';
export * from './contract/commands.js';
export * from './contract/events.js';
export * from './contract/lifecycle.js';
export * from './contract/refusals.js';
export * from './contract/text.js';
export * from './contract/words.js';
