/** What is stored about imports and may be asked of them: safe for a browser. */
export * from './contract/commands.js';
export * from './contract/events.js';
