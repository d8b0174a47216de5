/** What codes and the five benefits are called, on paper and on a screen: safe for a browser. */
export * from './contract/card-words.js';
export * from './contract/names.js';
