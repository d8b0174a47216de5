/** Imports over HTTP: a FHIR R4 Bundle, plain or with `Content-Encoding: gzip`; the edge unpacks and bounds it. */
import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import {
  Answers,
  ApiProblems,
  doneOr,
  EVENTS,
  Id,
  inParts,
  OptionalLine,
  POSITION_HEADER,
  positionOf,
  ProblemException,
  queryDoor,
  wantsParts,
} from '@fascia/http';
import { commandIdFrom, relationsOf, type Actor } from '@fascia/kernel';
import { organizationAggregate, sourceOf } from '@fascia/directory';
import { READ_DESK, ReadDesk } from '@fascia/read-store';
import type { FactTools, WriteDoor } from '@fascia/write-door';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readInThread } from './bundle/in-thread.js';
import { IMPORT_QUESTIONS } from './context.js';
import type { ImportReport } from './contract/events.js';
import { imported, shown, type Imported } from './report.answer.js';
import { importAggregate } from './write/import.aggregate.js';
import type { Importer, ImportOutcome } from './write/importer.js';

export interface ImportParts {
  readonly door: WriteDoor;
  readonly tools: FactTools;
  readonly run: Importer;
  readonly logger: { error(about: object, what: string): void };
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

interface Given {
  readonly by: Actor;
  readonly bytes: Uint8Array;
  readonly organizationId: string;
  readonly system: string;
  /** Whether the caller said of which system it is. */
  readonly isNamed: boolean;
  readonly signal: AbortSignal;
}

interface Taken {
  readonly answer: Imported;
  /** Where its record ended; nothing for a file that was imported before and brought nothing. */
  readonly position?: string;
}

type Far =
  { readonly step: 'reading' } | { readonly step: 'taking'; readonly done: number; readonly total: number };

const PACE_MS = 200;

/** As often as somebody can look: each step at once, and no more than that between. */
const paced = (tell: (far: Far) => void): ((far: Far) => void) => {
  let step = '';
  let next = 0;
  return (far) => {
    if (far.step === step && performance.now() < next) return;
    step = far.step;
    next = performance.now() + PACE_MS;
    tell(far);
  };
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
    description: `With \`Accept: ${EVENTS}\` the answer begins at once and tells how far it is: \`progress\` with \`{"step": "reading"}\`, then \`{"step": "taking", "done": 3, "total": 20}\`; at last \`done\` with the report (its \`id\` is a \`Fascia-Position\`), or \`problem\` with a problem document. Who leaves ends it between two things; what was taken stays, and the same file again adds nothing.`,
  })
  @Answers(imported, { status: 201, description: 'Imported' })
  @Answers(imported, { description: 'Imported before: the same report again' })
  @ApiResponse({
    status: 202,
    description: 'Under way, and told in parts',
    content: { [EVENTS]: { schema: { type: 'string' } } },
  })
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
  ): Promise<Imported | StreamableFile> {
    const organizationId = query.organizationId ?? by.organizationId;
    if (organizationId === undefined)
      throw new ProblemException(
        422,
        'ORGANIZATION_REQUIRED',
        'Say who holds the imported records: ?organizationId=….',
      );
    this.allow(by, organizationId);
    const { body: bytes } = request;
    if (!(bytes instanceof Uint8Array))
      throw new ProblemException(
        400,
        'BODY_MISSING',
        'Send the file as application/fhir+json or application/fhir+ndjson; packed files with Content-Encoding: gzip.',
      );
    const system = await this.sourceNamed(organizationId, query.source);
    const isNamed = query.source !== undefined;
    const given: Given = { by, bytes, organizationId, system, isNamed, signal: whileAwaited(reply) };
    if (wantsParts(request))
      return inParts(
        {
          request,
          reply,
          unexpected: (err) => this.parts.logger.error({ err, requestId: request.id }, 'unexpected error'),
        },
        (tell) => this.take(given, paced(tell)),
      );
    const { answer, position } = await this.take(given);
    if (position === undefined) reply.status(200);
    else reply.header(POSITION_HEADER, position);
    return answer;
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

  private async take(given: Given, tell?: (far: Far) => void): Promise<Taken> {
    const { by, bytes, organizationId, system, isNamed, signal } = given;
    tell?.({ step: 'reading' });
    const reading = await readInThread(bytes, { signal, home: system });
    if (reading.form === 'unreadable')
      throw new ProblemException(
        400,
        'FILE_UNREADABLE',
        `Nothing of the file can be read: ${reading.broken.map(({ why }) => why).join('; ')}`,
      );
    if (reading.isAnswer && !isNamed)
      throw new ProblemException(
        422,
        'SOURCE_REQUIRED',
        "This is a server's answer to a search, not a file that was made to be imported: say of which source system it is, ?source=….",
      );
    const progress = (done: number, total: number): void => tell?.({ step: 'taking', done, total });
    const outcome = await this.parts.run({ reading, organizationId, system, by, signal, progress });
    return this.record(by, outcome);
  }

  private async record(by: Actor, { first, again, report }: ImportOutcome): Promise<Taken> {
    const isNew = (await this.parts.tools.load(importAggregate, first)).version === 0;
    const id = isNew || !broughtAnything(report) ? first : again;
    const answer = shown(id, report);
    if (!isNew && id !== again) return { answer };
    const commandId = commandIdFrom(by.sub, `import-${id}`, report.digest);
    const outcome = await this.parts.door.handle(importAggregate, {
      id,
      command: { type: 'ImportBundle', ...report },
      by,
      commandId,
      correlationId: commandId,
      causationId: commandId,
    });
    return { answer, position: positionOf(doneOr(outcome, {})) };
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

export const importDoors = () => ({ commands: [], queries: [queryDoor('Imported', IMPORT_QUESTIONS, {})] });
