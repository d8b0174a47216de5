/** The auditor's questions. Asking is a read like any other: it leaves a record of its own. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import {
  Answers,
  CURSORS,
  Id,
  Instant,
  ListQuery,
  pageOf,
  ProblemException,
  type Cursors,
  type Page,
} from '@fascia/http';
import { parseStream, ROLES, type Actor, type Category, type StreamName } from '@fascia/kernel';
import {
  answer,
  anything,
  integer,
  many,
  maybe,
  moment,
  oneOfCodes,
  orNull,
  uuid,
  words,
  type AnswerOf,
} from '@fascia/kernel/contract';
import { NotingDesk, READ_DESK, ReadDesk } from '@fascia/read-store';
import { accessRecord, accessRecordsOf } from './read/access/question.js';
import { replayStream, type ReplayParts } from './read/replay.js';

class AccessQuery extends ListQuery {
  @Id() patientId!: string;
}

class StreamQuery {
  @Instant({ optional: true, description: 'As known at this moment; now when absent.' }) at?: string;
}

const actor = answer({
  sub: words(),
  role: oneOfCodes(ROLES),
  organizationId: maybe(uuid()),
  practitionerId: maybe(uuid()),
  onBehalfOf: maybe(uuid()),
});

const storedEvent = answer({
  position: words('Decimal; of the whole log.'),
  version: integer(),
  id: uuid(),
  type: words(),
  occurredAt: moment(),
  recordedAt: moment(),
  actor,
  commandId: uuid(),
  correlationId: uuid(),
  causationId: uuid(),
  data: anything('As stored, personal fields opened or `[erased]`.'),
  digest: words(),
});

const history = answer({
  stream: words(),
  at: orNull(moment()),
  stage: orNull(words()),
  state: anything("As the stream's rules see it; null where it has none."),
  events: many(storedEvent),
});

export const REPLAY = Symbol('REPLAY');

@ApiTags('Audit')
@Controller('api/v1/audit')
export class AuditQueries {
  constructor(
    @Inject(READ_DESK) private readonly desk: ReadDesk,
    @Inject(CURSORS) private readonly cursors: Cursors,
    @Inject(REPLAY) private readonly replay: ReplayParts,
  ) {}

  @Get('access')
  @ApiOperation({ operationId: 'listAccess', summary: 'Who saw what of a patient, latest first' })
  @Answers(pageOf(accessRecord))
  async access(
    @Caller() by: Actor,
    @Query() { patientId, limit, cursor }: AccessQuery,
  ): Promise<Page<AnswerOf<typeof accessRecord>>> {
    const policy = this.allow(by, 'patient');
    const desk = new NotingDesk(this.desk);
    const after = await this.cursors.placeOf('listAccess', cursor);
    const part = await accessRecordsOf(desk, patientId, { limit, after });
    desk.disclose(by, 'access-records', policy, [patientId]);
    // A stream of records is several people's: what is parked of any may be this one's.
    return this.cursors.pageFrom('listAccess', part, await desk.lacking());
  }

  @Get('streams/:stream')
  @ApiOperation({ operationId: 'replayStream', summary: "A stream's events and state as known at a moment" })
  @Answers(history)
  async stream(
    @Caller() by: Actor,
    @Param('stream') name: string,
    @Query() { at }: StreamQuery,
  ): Promise<AnswerOf<typeof history>> {
    const parsed = parseStream(name);
    if (parsed === undefined)
      throw new ProblemException(
        404,
        'NOT_FOUND',
        'A stream is named by its category and id, such as referral-….',
      );
    const policy = this.allow(by, parsed.category);
    const replay = await replayStream(this.replay, name as StreamName, at);
    if (replay === undefined) throw new ProblemException(404, 'NOT_FOUND', 'There was no such stream then.');
    const patientId = replay.events.find((event) => event.patientId !== undefined)?.patientId;
    if (patientId !== undefined) this.desk.disclose(by, `stream:${parsed.category}`, policy, [patientId]);
    return {
      stream: name,
      at: at ?? null,
      stage: replay.stage,
      state: replay.state ?? null,
      events: replay.events.map(
        ({
          position,
          version,
          id,
          type,
          occurredAt,
          recordedAt,
          actor,
          commandId,
          correlationId,
          causationId,
          data,
        }) => ({
          position: position.toString(),
          version,
          id,
          type,
          occurredAt,
          recordedAt,
          actor,
          commandId,
          correlationId,
          causationId,
          data,
          digest: replay.digests.get(id) ?? '',
        }),
      ),
    };
  }

  private allow(by: Actor, resource: Category): string {
    const decision = this.desk.policy.decide({ role: by.role, relations: [], action: 'Audit', resource });
    if (!decision.allowed) throw new ProblemException(403, 'FORBIDDEN_ROLE', 'This is for auditors.');
    return decision.policy;
  }
}
