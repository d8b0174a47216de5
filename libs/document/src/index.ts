export * from './contract.js';
export { documentContext } from './context.js';
export { documentAggregate, type DocumentAggregate } from './write/document.aggregate.js';
