export {
  TASK_CONTRACT,
  type Assignment,
  type TaskAsked,
  type TaskEvent,
  type TaskType,
} from './contract/events.js';
export type { TaskCommand } from './domain/task.js';
export { taskCommands, TaskQueries } from './http/tasks.js';
export { taskModel, type TaskRow } from './read/worklist.js';
export { taskAggregate, type TaskAggregate } from './write/task.aggregate.js';
