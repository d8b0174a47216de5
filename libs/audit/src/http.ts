/** The auditor's questions. Asking is a read like any other: it leaves a record of its own. */
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import {
  Answers,
  Code,
  Id,
  Instant,
  ListQuery,
  occasionOf,
  ProblemException,
  queryDoor,
  readsIncomplete,
} from '@fascia/http';
import { isUuid, parseStream, type Actor, type Category, type StreamName } from '@fascia/kernel';
import type { AnswerOf } from '@fascia/kernel/contract';
import { NotingDesk, READ_DESK, ReadDesk } from '@fascia/read-store';
import type { FastifyRequest } from 'fastify';
import { AUDIT_QUESTIONS } from './context.js';
import { ACCESS_OUTCOMES, type AccessOutcome } from './read/access/model.js';
import { caseHistory, history, type CaseHistory } from './read/answer.js';
import { namesOf } from './read/cases/names.js';
import { replayCase } from './read/cases/replay.js';
import { caseOf } from './read/cases/streams.js';
import { replayStream, type ReplayParts, type Step } from './read/replay.js';

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

class CasesQuery extends ListQuery {
  @Id({ optional: true, description: 'Who referred, treats, or has a task of it.' }) practitionerId?: string;
  @Instant({ optional: true, description: 'Under way then or later.' }) from?: string;
  @Instant({ optional: true, description: 'Begun before.' }) to?: string;
  /** In a search's body alone. */
  declare name?: string;
  declare birthDate?: string;
  declare identifier?: { readonly system?: string; readonly value: string };
}

class AsKnownQuery {
  @Instant({ optional: true, description: 'As known at this moment; now when absent.' }) at?: string;
}

export const REPLAY = Symbol('REPLAY');

const told = ({ event, digest }: Step) => ({
  position: event.position.toString(),
  version: event.version,
  id: event.id,
  type: event.type,
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  actor: event.actor,
  commandId: event.commandId,
  correlationId: event.correlationId,
  causationId: event.causationId,
  data: event.data,
  digest,
});

const reasonOf = (data: unknown): string | null => {
  const { reason } = data as { readonly reason?: unknown };
  return typeof reason === 'string' ? reason : null;
};

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
    @Query() { at }: AsKnownQuery,
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
    const patientId = replay.steps.find(({ event }) => event.patientId !== undefined)?.event.patientId;
    if (patientId !== undefined) {
      const desk = new NotingDesk(this.desk, { ...occasionOf(request), objectId: parsed.id });
      desk.disclose(by, `stream:${parsed.category}`, policy, [patientId]);
    }
    return {
      stream: name,
      at: at ?? null,
      stage: replay.stage,
      state: replay.state ?? null,
      events: replay.steps.map(told),
    };
  }

  @Get('cases/:id')
  @ApiOperation({
    operationId: 'replayCase',
    summary:
      'A referral and all that belongs to it, as known at a moment: what each said, and everything that had happened',
  })
  @Answers(caseHistory)
  async case(
    @Caller() by: Actor,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() { at }: AsKnownQuery,
  ): Promise<CaseHistory> {
    const policy = this.allow(by, 'referral');
    const desk = new NotingDesk(this.desk, occasionOf(request));
    const found = isUuid(id) ? await caseOf(desk.rows, id) : undefined;
    if (found === undefined) throw await this.noSuchCase(desk, id);
    if ((await desk.lacking({ id, patients: [found.patient.id] })) > 0) throw readsIncomplete();
    const { streams, events } = await replayCase(this.replay, found.streams, at);
    if (events.length === 0) throw new ProblemException(404, 'NOT_FOUND', 'There was no such case then.');
    const names = await namesOf(desk.rows, events);
    desk.disclose(by, 'case', policy, [found.patient.id]);
    return {
      id,
      patient: found.patient,
      at: at ?? null,
      streams: streams.map((one) => ({ ...one, state: one.state ?? null })),
      events: events.map((step) => ({
        ...told(step),
        stream: step.stream,
        stage: step.stage,
        byName: names.get(step.event.actor.sub) ?? null,
        reason: reasonOf(step.event.data),
      })),
    };
  }

  /** It is not there: or it is parked, and then nobody may believe that it is not. */
  private async noSuchCase(desk: NotingDesk, id: string): Promise<ProblemException> {
    return isUuid(id) && (await desk.lacking({ id })) > 0
      ? readsIncomplete()
      : new ProblemException(
          404,
          'NOT_FOUND',
          'A case is named by the id of its referral; there is none of this one.',
        );
  }

  private allow(by: Actor, resource: Category): string {
    const decision = this.desk.policy.decide({ role: by.role, relations: [], action: 'Audit', resource });
    if (!decision.allowed) throw new ProblemException(403, 'FORBIDDEN_ROLE', 'This is for auditors.');
    return decision.policy;
  }
}

export const auditQueries = [
  queryDoor('Audit', AUDIT_QUESTIONS, { listAccess: AccessQuery, listCases: CasesQuery }),
  Replays,
] as const;
