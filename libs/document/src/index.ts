export * from './contract.js';
export { documentContext } from './context.js';
export { filedDocument, type FiledDocument } from './domain/filed.js';
export { documentAggregate, type DocumentAggregate } from './write/document.aggregate.js';
