export * from './contract.js';
export { deadlineContext } from './context.js';
