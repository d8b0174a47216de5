/** Imports over HTTP: a FHIR R4 Bundle, plain or with `Content-Encoding: gzip`; the edge unpacks and bounds it. */
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { Answers, ApiProblems, Id, OptionalLine, ProblemException } from '@fascia/http';
import { commandIdFrom, relationsOf, type Actor } from '@fascia/kernel';
import {
  answer,
  byKey,
  integer,
  many,
  maybe,
  oneOfCodes,
  uuid,
  words,
  type AnswerOf,
} from '@fascia/kernel/contract';
import { organizationAggregate, sourceOf } from '@fascia/directory';
import { READ_DESK, ReadDesk } from '@fascia/read-store';
import type { FactTools, WriteDoor } from '@fascia/write-door';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readInThread } from './bundle/in-thread.js';
import type { ImportReport } from './contract/events.js';
import { importAggregate } from './write/import.aggregate.js';
import type { Importer } from './write/importer.js';

export interface ImportParts {
  readonly door: WriteDoor;
  readonly tools: FactTools;
  readonly run: Importer;
}

export const IMPORTS = Symbol('IMPORTS');

class ImportQuery {
  @Id({ optional: true, description: 'Who holds the imported records; your own organisation when absent.' })
  organizationId?: string;

  @OptionalLine(300, {
    description:
      "URI of the source system, as the organisation registered it; the organisation's own choice when absent.",
  })
  source?: string;
}

const pointers = many(words(), 'Where the first of them stand in the file (RFC 6901).');

const imported = answer({
  id: uuid(),
  state: oneOfCodes(
    ['finished', 'nothing-taken'],
    'Whether anything of the file is on record now: brought by it, or there before.',
  ),
  organizationId: uuid(),
  source: maybe(words('URI of the source system.')),
  digest: words('Of what the file says: the same file has the same one.'),
  byKind: byKey(
    answer({
      added: integer(),
      changed: integer('The source says otherwise than it did before, and the record follows.'),
      unchanged: integer(),
      different: integer('The source says otherwise than the record: settle it there.'),
      refused: integer(),
    }),
  ),
  resources: many(
    answer({
      resourceType: words(),
      read: integer('Each resource is counted once: taken, ignored or broken.'),
      taken: integer(),
      ignored: integer(),
      broken: integer(),
    }),
  ),
  ignored: many(answer({ resourceType: words(), why: words(), count: integer(), pointers })),
  broken: many(answer({ pointer: words(), why: words(), dropped: words() })),
  refusals: many(answer({ kind: words(), code: words(), count: integer(), pointers })),
});

type Imported = AnswerOf<typeof imported>;

const shown = (id: string, report: ImportReport): Imported => {
  const known = Object.values(report.byKind).some(
    ({ added, changed, unchanged }) => added + changed + unchanged > 0,
  );
  return { id, state: known ? 'finished' : 'nothing-taken', ...report };
};

const broughtAnything = ({ byKind }: ImportReport): boolean =>
  Object.values(byKind).some(({ added, changed }) => added + changed > 0);

/** A file that nobody waits for any more is not read to its end. */
const whileAwaited = (reply: FastifyReply): AbortSignal => {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished)
      gone.abort(new ProblemException(400, 'REQUEST_GIVEN_UP', 'Nobody waited for the file to be read.'));
  });
  return gone.signal;
};

@ApiTags('Imports')
@Controller('api/v1/imports')
export class Imports {
  constructor(
    @Inject(IMPORTS) private readonly parts: ImportParts,
    @Inject(READ_DESK) private readonly desk: ReadDesk,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    operationId: 'importBundle',
    summary: 'Import a FHIR R4 Bundle: Patient, Practitioner, Organization, soft-tissue Condition',
  })
  @Answers(imported, { status: 201, description: 'Imported' })
  @Answers(imported, { description: 'Imported before: the same report again' })
  @ApiProblems(400, 401, 403, 413, 415, 422)
  @ApiConsumes('application/fhir+json', 'application/fhir+ndjson')
  @ApiBody({
    schema: { type: 'object' },
    description: 'A Bundle, a resource, or NDJSON (Bulk Data). The same file again adds nothing.',
  })
  async importBundle(
    @Caller() by: Actor,
    @Query() query: ImportQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Imported> {
    const organizationId = query.organizationId ?? by.organizationId;
    if (organizationId === undefined)
      throw new ProblemException(
        422,
        'ORGANIZATION_REQUIRED',
        'Say who holds the imported records: ?organizationId=….',
      );
    this.allow(by, organizationId);
    const { body } = request;
    if (!(body instanceof Uint8Array))
      throw new ProblemException(
        400,
        'BODY_MISSING',
        'Send the file as application/fhir+json or application/fhir+ndjson; packed files with Content-Encoding: gzip.',
      );
    const system = await this.sourceNamed(organizationId, query.source);
    const signal = whileAwaited(reply);
    const reading = await readInThread(body, { signal, home: system });
    if (reading.form === 'unreadable')
      throw new ProblemException(
        400,
        'FILE_UNREADABLE',
        `Nothing of the file can be read: ${reading.broken.map(({ why }) => why).join('; ')}`,
      );
    if (reading.isAnswer && query.source === undefined)
      throw new ProblemException(
        422,
        'SOURCE_REQUIRED',
        "This is a server's answer to a search, not a file that was made to be imported: say of which source system it is, ?source=….",
      );
    const { first, again, report } = await this.parts.run({ reading, organizationId, system, by, signal });
    const isNew = (await this.parts.tools.load(importAggregate, first)).version === 0;
    const id = isNew || !broughtAnything(report) ? first : again;
    const commandId = commandIdFrom(by.sub, `import-${id}`, report.digest);
    if (isNew || id === again) {
      await this.parts.door.handle(importAggregate, {
        id,
        command: { type: 'ImportBundle', ...report },
        by,
        commandId,
        correlationId: commandId,
        causationId: commandId,
      });
    } else reply.status(200);
    return shown(id, report);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getImport', summary: 'What an import brought, left out, and why' })
  @Answers(imported)
  async one(@Caller() by: Actor, @Param('id') id: string): Promise<Imported> {
    const { state } = await this.parts.tools.load(importAggregate, id);
    if (state === undefined) throw new ProblemException(404, 'NOT_FOUND', 'There is no such import.');
    this.allow(by, state.organizationId);
    return shown(id, state);
  }

  /** What a file says is somebody's word: without a source that the organisation named, nothing of it is taken. */
  private async sourceNamed(organizationId: string, named: string | undefined): Promise<string> {
    const { state } = await this.parts.tools.load(organizationAggregate, organizationId);
    const source = sourceOf(state?.sources ?? [], named);
    if (source !== undefined) return source.system;
    const known = state?.sources.map(({ system }) => system) ?? [];
    throw new ProblemException(
      422,
      named === undefined ? 'SOURCE_REQUIRED' : 'SOURCE_UNKNOWN',
      known.length === 0
        ? 'Name the source system once: POST /api/v1/organizations/{id}/register-source-system.'
        : `Say of which source system the file is: ?source=… of ${known.join(', ')}.`,
    );
  }

  private allow(by: Actor, organizationId: string): void {
    const relations = relationsOf(by, { owner: [organizationId] });
    const { allowed } = this.desk.policy.decide({
      role: by.role,
      relations,
      action: 'ImportBundle',
      resource: 'import',
    });
    if (!allowed)
      throw new ProblemException(
        403,
        'FORBIDDEN_ROLE',
        'Imports are for the organisation that holds the records, and for operators.',
      );
  }
}
