export * from './contract.js';
export { deadlineContext } from './context.js';
export { deadlineModel, nextOf, type DeadlineRow, type StandingDeadline } from './read/model.js';
