export * from './contract.js';
export { taskContext } from './context.js';
export { taskModel, type TaskRow } from './read/worklist/model.js';
export { taskAggregate, type TaskAggregate } from './write/task.aggregate.js';
