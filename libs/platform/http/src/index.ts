export { Answers, pageOf } from './answers.js';
export { checkedBody } from './body-class.js';
export {
  commandDoor,
  REFUSAL_ROWS,
  WRITE_DOOR,
  type CommandDoor,
  type CommandDoorOptions,
} from './command-door.js';
export { ApiProblems } from './command-docs.js';
export { EVENTS, inParts, wantsParts } from './event-stream.js';
export { FormsKeeping, FormsKept, KEPT_FORMS } from './forms.js';
export { FORM_SQL, postgresKeptForms, type KeptForms } from './kept-forms.js';
export { HARMLESS } from './harmless.js';
export { Live, LIVE } from './live.js';
export type { LivePart } from './live-streams.js';
export { Me } from './me.js';
export { CURSORS, ListQuery, sealedCursors, type Cursors, type Page } from './lists.js';
export { ACCESS_LOG, occasionOf } from './occasion.js';
export { POSITION_HEADER, POSITIONS, type LogPosition, type Positions } from './positions.js';
export { ProblemException, readsIncomplete, tryAgain, type ProblemExtra } from './problems.js';
export { idempotencyKeyOf, targetOf } from './command-request.js';
export { doneOr, headersOf, positionOf } from './command-answer.js';
export { queryDoor, type QueryClasses } from './query-door.js';
export * from './vocabulary.js';
export { rehearsalDoor } from './rehearsals.js';
export { createHttpApp, type HttpApp, type HttpAppOptions } from './app.js';
export type { BodyOptions } from './body-parsers.js';
export type { JsonFault, JsonLimits } from './strict-json.faults.js';
export { EventDocsModule, type EventDocs } from './event-docs.js';
export { mountScreens, type Screens, type ScreensConfig } from './screens.js';
export { Stopping, whenStarterIsGone, type Part } from './stopping.js';
