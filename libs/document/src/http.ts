/** Documents over HTTP: bytes in, bytes out, and what is said of them as of anything else. */
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
  StreamableFile,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { asWhoMay, requireActing } from '@fascia/access';
import {
  Answers,
  ApiProblems,
  Code,
  commandDoor,
  doneOr,
  HARMLESS,
  headersOf,
  Id,
  idempotencyKeyOf,
  ListQuery,
  occasionOf,
  ProblemException,
  queryDoor,
  REFUSAL_ROWS,
  targetOf,
  tryAgain,
  WRITE_DOOR,
} from '@fascia/http';
import { isUuid, type Actor, type Refusals } from '@fascia/kernel';
import { answer, integer, oneOfCodes, uuid, words, type AnswerOf } from '@fascia/kernel/contract';
import { NotingDesk, READ_DESK, ReadDesk } from '@fascia/read-store';
import type { Outcome, WriteDoor } from '@fascia/write-door';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DOCUMENT_QUESTIONS } from './context.js';
import type { DocumentCommand } from './contract/commands.js';
import { DOCUMENT_KINDS, MEDIA_TYPES, type DocumentKind } from './contract/events.js';
import { DOCUMENT_STAGES, type DocumentStage } from './contract/lifecycle.js';
import { mediaTypeOf } from './write/media-type.js';
import { getDocument } from './read/documents/question.js';
import { ContentMissing, sha256Of, type DocumentContents } from './write/contents.js';
import { documentAggregate, type DocumentAggregate } from './write/document.aggregate.js';

export { DOCUMENT_SQL, postgresContents, type DocumentContents } from './write/contents.js';

/** Nest token of the {@link DocumentContents}. */
export const DOCUMENT_CONTENTS = Symbol('DOCUMENT_CONTENTS');

class UploadQuery {
  @Id() patientId!: string;
  @Code(DOCUMENT_KINDS) kind!: DocumentKind;
}

class DocumentsQuery extends ListQuery {
  @Id({ optional: true }) patientId?: string;
  @Code(DOCUMENT_STAGES.filter((stage) => stage !== 'none'), { optional: true })
  status?: Exclude<DocumentStage, 'none'>;
}

const filed = answer({
  id: uuid(),
  version: integer(),
  state: words('The stage of the lifecycle.'),
  mediaType: oneOfCodes(MEDIA_TYPES),
  bytes: integer(),
  sha256: words('Of its bytes, hex: whoever refers to it says it too.'),
});

const TAKEN = [...MEDIA_TYPES, 'application/octet-stream'];

const unsupported = (): ProblemException =>
  new ProblemException(
    415,
    'DOCUMENT_TYPE_UNSUPPORTED',
    `Its first bytes are of none of the types that are taken: ${MEDIA_TYPES.join(', ')}. Export or scan it as a PDF.`,
  );

const isNotForThem = ({ kind }: Outcome): boolean => kind === 'forbidden' || kind === 'notFound';

const ENDINGS: Readonly<Record<(typeof MEDIA_TYPES)[number], string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'application/dicom': 'dcm',
};

@ApiTags('Documents')
@Controller('api/v1/documents')
class DocumentFiles {
  constructor(
    @Inject(WRITE_DOOR) private readonly door: WriteDoor,
    @Inject(REFUSAL_ROWS) private readonly refusals: Refusals,
    @Inject(DOCUMENT_CONTENTS) private readonly contents: DocumentContents,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'fileDocument', summary: 'File a document: its bytes are the body' })
  @ApiConsumes(...TAKEN)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Answers(filed, { status: 201, description: 'Filed' })
  @Answers(filed, { description: 'Filed before, under the same key' })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 422)
  async file(
    @Query() { patientId, kind }: UploadQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnswerOf<typeof filed>> {
    const acting = requireActing(request);
    const { key, keyGiven } = idempotencyKeyOf(request.headers);
    reply.header('idempotency-key', key);
    const { body } = request;
    if (!(body instanceof Uint8Array))
      throw new ProblemException(
        400,
        'BODY_MISSING',
        `Send the file itself as the body: ${TAKEN.join(', ')}.`,
      );
    const mediaType = await mediaTypeOf(body);
    const said = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (mediaType === undefined) throw unsupported();
    if (said !== mediaType && said !== 'application/octet-stream')
      throw new ProblemException(
        415,
        'DOCUMENT_TYPE_OTHER',
        `By its first bytes it is ${mediaType}: send it as that, or as application/octet-stream.`,
      );
    const sha256 = sha256Of(body);
    const { id, commandId } = targetOf('document', acting.as[0].sub, key, { body: undefined });
    const give = (by: Actor, command: DocumentCommand, step: string): Promise<Outcome> =>
      this.door.handle(documentAggregate, {
        id,
        command,
        by,
        commandId: step,
        correlationId: commandId,
        causationId: commandId,
        keyGiven,
      });
    // Whether they may is decided before a byte is kept; it is filed once all of them are.
    const announced = { patientId, kind, mediaType, bytes: body.length, sha256 };
    let by: Actor = acting.as[0];
    const first = await asWhoMay(
      acting,
      (one) => {
        by = one;
        return give(one, { type: 'AnnounceDocument', ...announced }, commandId);
      },
      isNotForThem,
    );
    reply.status(doneOr(first, this.refusals).created ? 201 : 200);
    await this.contents.put({ id, patientId, sha256 }, body);
    const { commandId: step } = targetOf('document', by.sub, key, { path: id });
    const done = doneOr(await give(by, { type: 'FileDocument' }, step), this.refusals);
    reply.headers(headersOf(done));
    return { id, version: done.version, state: done.stage, mediaType, bytes: body.length, sha256 };
  }
}

@ApiTags('Documents')
@Controller('api/v1/documents')
class DocumentReads {
  constructor(
    @Inject(READ_DESK) private readonly desk: ReadDesk,
    @Inject(DOCUMENT_CONTENTS) private readonly contents: DocumentContents,
  ) {}

  @Get(':id/content')
  @ApiOperation({ operationId: 'getDocumentContent', summary: "A document's bytes" })
  @ApiBearerAuth('oidc')
  @ApiResponse({
    status: 200,
    description: 'As they were filed',
    content: Object.fromEntries(
      MEDIA_TYPES.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
    ),
  })
  async content(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const desk = new NotingDesk(this.desk, occasionOf(request));
    const found = isUuid(id)
      ? await asWhoMay(
          requireActing(request),
          (by) => getDocument.ask(desk, by, id),
          (one) => one === undefined,
        )
      : undefined;
    if (found === undefined)
      throw new ProblemException(404, 'NOT_FOUND', 'There is no such document, or it is not yours to see.');
    if (found.status === 'withdrawn')
      throw new ProblemException(409, 'DOCUMENT_WITHDRAWN', 'It was filed by mistake and withdrawn.');
    if (found.status === 'announced')
      throw new ProblemException(
        409,
        'DOCUMENT_INCOMPLETE',
        'Its upload did not end: whoever began it sends it again with the same Idempotency-Key.',
      );
    const bytes = await this.bytesOf(found);
    reply.headers(HARMLESS);
    return new StreamableFile(bytes, {
      type: found.mediaType,
      length: bytes.length,
      disposition: `attachment; filename="${id}.${ENDINGS[found.mediaType]}"`,
    });
  }

  private async bytesOf(found: Parameters<DocumentContents['get']>[0]): Promise<Buffer> {
    try {
      return await this.contents.get(found);
    } catch (error) {
      if (!(error instanceof ContentMissing)) throw error;
      throw tryAgain(
        'DOCUMENT_CONTENT_MISSING',
        'It was filed, and its bytes are not where they were put: an operator restores the table document.content.',
        60,
      );
    }
  }
}

export const documentDoors = (aggregate: DocumentAggregate) => {
  const door = commandDoor({ path: 'documents', tag: 'Documents', aggregate });
  return {
    commands: [{ ...door, controllers: [...door.controllers, DocumentFiles] }],
    queries: [queryDoor('Document', DOCUMENT_QUESTIONS, { listDocuments: DocumentsQuery }), DocumentReads],
  };
};
