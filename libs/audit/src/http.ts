/** The auditor's questions. Asking is a read like any other: it leaves a record of its own. */
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { Answers, Code, Id, Instant, ListQuery, occasionOf, ProblemException, queryDoor } from '@fascia/http';
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
import type { FastifyRequest } from 'fastify';
import { AUDIT_QUESTIONS } from './context.js';
import { ACCESS_OUTCOMES, type AccessOutcome } from './read/access/model.js';
import { replayStream, type ReplayParts } from './read/replay.js';

class AccessQuery extends ListQuery {
  @Id({ optional: true }) patientId?: string;
  @Id({ optional: true, description: 'Who looked.' }) practitionerId?: string;
  @Id({ optional: true, description: 'Of whoever looked.' }) organizationId?: string;
  @Instant({ optional: true, description: 'Then or later.' }) from?: string;
  @Instant({ optional: true, description: 'Before.' }) to?: string;
  @Code(ACCESS_OUTCOMES, { optional: true }) outcome?: AccessOutcome;
  /** In a search's body alone: an issuer may name people by their addresses. */
  declare sub?: string;
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
class Replays {
  constructor(
    @Inject(READ_DESK) private readonly desk: ReadDesk,
    @Inject(REPLAY) private readonly replay: ReplayParts,
  ) {}

  @Get('streams/:stream')
  @ApiOperation({ operationId: 'replayStream', summary: "A stream's events and state as known at a moment" })
  @Answers(history)
  async stream(
    @Caller() by: Actor,
    @Req() request: FastifyRequest,
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
    if (patientId !== undefined) {
      const desk = new NotingDesk(this.desk, { ...occasionOf(request), objectId: parsed.id });
      desk.disclose(by, `stream:${parsed.category}`, policy, [patientId]);
    }
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

export const auditQueries = [
  queryDoor('Audit', AUDIT_QUESTIONS, { listAccess: AccessQuery }),
  Replays,
] as const;
