/** Imports over HTTP: a FHIR R4 Bundle, plain or with `Content-Encoding: gzip`; the edge unpacks and bounds it. */
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { Answers, ApiProblems, Id, ProblemException } from '@fascia/http';
import { commandIdFrom, relationsOf, type Actor } from '@fascia/kernel';
import {
  answer,
  byKey,
  integer,
  many,
  oneOfCodes,
  uuid,
  words,
  type AnswerOf,
} from '@fascia/kernel/contract';
import { READ_DESK, ReadDesk } from '@fascia/read-store';
import type { FactTools, WriteDoor } from '@fascia/write-door';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
}

const imported = answer({
  id: uuid(),
  state: oneOfCodes(['finished']),
  organizationId: uuid(),
  sha256: words('Of the bundle in canonical JSON (RFC 8785).'),
  byKind: byKey(answer({ added: integer(), unchanged: integer(), refused: integer() })),
  ignored: many(answer({ resourceType: words(), why: words(), count: integer() })),
  broken: many(answer({ pointer: words(), why: words(), dropped: words() })),
  refusals: many(answer({ kind: words(), code: words(), count: integer() })),
});

type Imported = AnswerOf<typeof imported>;

const shown = (id: string, report: ImportReport): Imported => ({ id, state: 'finished', ...report });

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
  @ApiConsumes('application/fhir+json')
  @ApiBody({ schema: { type: 'object' }, description: 'A Bundle. The same one again adds nothing.' })
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
    const json = request.body;
    if (json === undefined || json === null)
      throw new ProblemException(
        400,
        'BODY_MISSING',
        'Send the bundle as application/fhir+json; packed files with Content-Encoding: gzip.',
      );
    const { id, report } = await this.parts.run({ json, organizationId, by });
    const commandId = commandIdFrom(by.sub, `import-${id}`, report.sha256);
    const stored = await this.parts.tools.load(importAggregate, id);
    if (stored.version === 0) {
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
