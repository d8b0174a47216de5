/** The doors that can be open: every context's commands and queries. A process opens some of them. */
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CALLER_DIRECTORY, TOKEN_VERIFIER, type CallerDirectory, type TokenVerifier } from '@fascia/access';
import { auditQueries, REPLAY } from '@fascia/audit/http';
import { loadIcdCatalogue } from '@fascia/clinical/icd10-files';
import { ICD_CATALOGUE } from '@fascia/diagnosis/http';
import { DOCUMENT_CONTENTS } from '@fascia/document/http';
import { makeImporter } from '@fascia/fhir';
import { Imports, IMPORTS } from '@fascia/fhir/http';
import {
  ACCESS_LOG,
  CURSORS,
  EventDocsModule,
  FormsKeeping,
  FormsKept,
  KEPT_FORMS,
  Live,
  LIVE,
  Me,
  POSITIONS,
  REFUSAL_ROWS,
  rehearsalDoor,
  sealedCursors,
  WRITE_DOOR,
  type LivePart,
  type Positions,
} from '@fascia/http';
import { LETTERS, type LetterDoorParts } from '@fascia/letter/http';
import { READ_DESK, type AccessLog } from '@fascia/read-store';
import { makeSendCheck } from '@fascia/referral';
import { SEND_CHECK } from '@fascia/referral/http';
import { makeAllowedTechniques } from '@fascia/session';
import { ALLOWED_TECHNIQUES } from '@fascia/session/http';
import { readWhole, RegisterAdmin } from '@fascia/write-door';
import {
  addressedCommands,
  aggregateByCategory,
  aggregates,
  contextDoors,
  deciderByCategory,
  refusalRows,
} from './contexts.js';
import { eventDocs } from './wiring/event-docs.js';
import type { Foundation } from './process/foundation.js';
import { KEY_OPERATIONS, KeyOperations } from './standing/key-operations.js';
import { Operations, OPERATIONS, type OperationsParts } from './standing/operations.js';
import { RegisterOperations, REGISTERS } from './standing/registers.js';
import type { ReadSide, WriteSide } from './wiring/sides.js';

const COMMANDS = contextDoors.flatMap(({ commands }) => commands);
const REHEARSALS = rehearsalDoor(addressedCommands);
const QUERIES = contextDoors.flatMap(({ queries }) => queries);

/** Controllers, and what they are given. */
export interface Doors {
  readonly controllers: readonly Type[];
  readonly providers: readonly Provider[];
}

const value = (provide: symbol, useValue: unknown): Provider => ({ provide, useValue });

const cursorsOf = ({ codec }: Pick<Foundation, 'codec'>): Provider =>
  value(
    CURSORS,
    sealedCursors(() => codec.nameOf('cursor')),
  );

export const commandDoors = (
  { door, tools }: WriteSide,
  { desk }: ReadSide,
  { codec, contents, forms, logger }: Pick<Foundation, 'codec' | 'contents' | 'forms' | 'logger'>,
): Doors => ({
  controllers: [...COMMANDS.flatMap(({ controllers }) => controllers), Imports, FormsKeeping, REHEARSALS],
  providers: [
    ...COMMANDS.flatMap(({ providers }) => providers),
    value(WRITE_DOOR, door),
    value(REFUSAL_ROWS, refusalRows),
    value(DOCUMENT_CONTENTS, contents),
    value(KEPT_FORMS, forms),
    value(READ_DESK, desk),
    value(IMPORTS, { door, tools, logger, run: makeImporter({ door, tools, codec, ...aggregates }) }),
  ],
});

const liveOf = ({ settings }: Pick<Foundation, 'settings'>, { live }: Pick<ReadSide, 'live'>): LivePart => ({
  watch: (watcher, since) => live.watch(watcher, since),
  heartbeatMs: settings.heartbeatMs,
});

const lettersOf = (
  { store }: Pick<Foundation, 'store'>,
  { recorder }: Pick<ReadSide, 'recorder'>,
): LetterDoorParts => ({
  catalogue: loadIcdCatalogue,
  positionOf: async (stream, eventId) =>
    (await readWhole(store, stream)).find(({ id }) => id === eventId)?.position,
  recorded: () => recorder.flush(),
});

export const queryDoors = (
  foundation: Foundation,
  { tools }: WriteSide,
  reads: ReadSide,
  operations: OperationsParts,
): Doors => ({
  controllers: [
    ...QUERIES,
    Me,
    FormsKept,
    Live,
    Operations,
    RegisterOperations,
    ...(foundation.masters === undefined ? [] : [KeyOperations]),
  ],
  providers: [
    value(READ_DESK, reads.desk),
    value(LIVE, liveOf(foundation, reads)),
    cursorsOf(foundation),
    value(ICD_CATALOGUE, loadIcdCatalogue),
    value(DOCUMENT_CONTENTS, foundation.contents),
    value(KEPT_FORMS, foundation.forms),
    value(SEND_CHECK, makeSendCheck({ tools, clock: foundation.clock })),
    value(ALLOWED_TECHNIQUES, makeAllowedTechniques({ tools, clock: foundation.clock })),
    value(LETTERS, lettersOf(foundation, reads)),
    value(OPERATIONS, operations),
    value(KEY_OPERATIONS, foundation),
    value(REGISTERS, {
      admin: new RegisterAdmin({ ...foundation, aggregates: aggregateByCategory }),
      policy: foundation.policy,
    }),
  ],
});

export const auditDoors = ({ store, codec }: Foundation, { desk }: ReadSide): Doors => ({
  controllers: [...auditQueries],
  providers: [
    value(READ_DESK, desk),
    cursorsOf({ codec }),
    value(REPLAY, { store, codec, deciders: deciderByCategory }),
  ],
});

/** Every address of the API, for its documentation: nothing behind them is ever asked. */
export const allDoors = (): Doors => ({
  controllers: [
    ...COMMANDS.flatMap(({ controllers }) => controllers),
    Imports,
    FormsKeeping,
    REHEARSALS,
    ...QUERIES,
    Me,
    FormsKept,
    Live,
    Operations,
    KeyOperations,
    RegisterOperations,
    ...auditQueries,
  ],
  providers: [
    ...COMMANDS.flatMap(({ providers }) => providers),
    ...[
      WRITE_DOOR,
      REFUSAL_ROWS,
      READ_DESK,
      CURSORS,
      IMPORTS,
      ICD_CATALOGUE,
      DOCUMENT_CONTENTS,
      KEPT_FORMS,
      SEND_CHECK,
      ALLOWED_TECHNIQUES,
      LETTERS,
      LIVE,
      OPERATIONS,
      KEY_OPERATIONS,
      REGISTERS,
      REPLAY,
    ].map((token) => value(token, {})),
  ],
});

/** What every process needs to know of who calls and of the log. */
export interface Edge {
  readonly verifier: TokenVerifier;
  readonly callers: CallerDirectory;
  readonly positions: Positions;
  readonly accessLog: AccessLog;
  /** Where events are published, for their documentation. */
  readonly topic: string;
}

@Module({})
export class DoorsModule {
  static of(edge: Edge, ...doors: readonly Doors[]): DynamicModule {
    return {
      module: DoorsModule,
      imports: [CqrsModule.forRoot(), EventDocsModule.of(() => eventDocs(edge.topic))],
      controllers: doors.flatMap(({ controllers }) => [...controllers]),
      providers: [
        ...doors.flatMap(({ providers }) => [...providers]),
        value(POSITIONS, edge.positions),
        value(ACCESS_LOG, edge.accessLog),
        value(TOKEN_VERIFIER, edge.verifier),
        value(CALLER_DIRECTORY, edge.callers),
      ],
    };
  }
}
