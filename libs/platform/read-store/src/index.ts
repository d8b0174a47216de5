export { callersOrganization, callersRole, callersValues } from './caller.js';
export { type Counts, type PartOf, type Place } from './paging.js';
export {
  listQuestion,
  oneQuestion,
  rowQuestion,
  type Asking,
  type ListQuestion,
  type OneQuestion,
  type Question,
} from './question.js';
export type { Scope } from './scope.js';
export { fittingRows, ListBuilding } from './fitting-rows.js';
export { LackingModels, rowsOfWhole, streamsLacking } from './lacking.js';
export {
  NotingDesk,
  READ_DESK,
  ReadDesk,
  type Access,
  type AccessLog,
  type LetterGiven,
  type Occasion,
} from './read-desk.js';
export {
  fingerprintOf,
  groupModel,
  groupsOf,
  readModel,
  type GroupModel,
  type ReadModel,
  type Row,
  type RowModel,
} from './read-model.js';
export { folded, haveWords, wordsIndex, wordsOf, wordsTyped } from './found-words.js';
export type { PlaceInSlice } from './changed-rows.js';
export { LiveLists, type Watcher } from './live-lists.js';
export { sortKey } from './sort-key.js';
export { compiled, conditionsOn, oneOf, parameter, tables, type Compiled, type Condition } from './sql.js';
