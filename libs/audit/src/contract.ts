/** What is stored about who saw what: safe for a browser. */
export * from './contract/events.js';
