export { letterContext } from './context.js';
export * from './contract.js';
