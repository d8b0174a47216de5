/** The auditor's questions. Asking is a read like any other: it leaves a record of its own. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import {
  Answers,
  anything,
  decodeCursor,
  Id,
  Instant,
  instant,
  integer,
  ListQuery,
  many,
  maybe,
  oneOfCodes,
  orNull,
  page,
  pageOf,
  ProblemException,
  shape,
  text,
  uuid,
  type Page,
} from '@fascia/http';
import { parseStream, ROLES, type Actor, type Category, type StreamName } from '@fascia/kernel';
import { READ_DESK, ReadDesk } from '@fascia/read-store';
import { READ_PURPOSES } from '../contract/events.js';
import type { AccessRecordRow } from '../read/access-record.js';
import { replayStream, type ReplayParts } from '../read/replay.js';

class AccessQuery extends ListQuery {
  @Id() patientId!: string;
}

class StreamQuery {
  @Instant({ optional: true, description: 'As known at this moment; now when absent.' }) at?: string;
}

const accessRecord = shape({
  at: instant,
  who: shape({ sub: text, role: oneOfCodes(ROLES), organizationId: orNull(uuid) }),
  patientId: uuid,
  what: { ...text, description: 'What kind of thing was read.' },
  purpose: oneOfCodes(READ_PURPOSES),
  basis: { ...text, description: 'The policy that allowed it.' },
});

const actor = shape({
  sub: text,
  role: oneOfCodes(ROLES),
  organizationId: maybe(uuid),
  practitionerId: maybe(uuid),
  onBehalfOf: maybe(uuid),
});

const storedEvent = shape({
  position: { ...text, description: 'Decimal; of the whole log.' },
  version: integer,
  id: uuid,
  type: text,
  occurredAt: instant,
  recordedAt: instant,
  actor,
  commandId: uuid,
  correlationId: uuid,
  causationId: uuid,
  data: anything('As stored, personal fields opened or `[erased]`.'),
  digest: text,
});

const history = shape({
  stream: text,
  at: orNull(instant),
  stage: orNull(text),
  state: anything("As the stream's rules see it; null where it has none."),
  events: many(storedEvent),
});

export const REPLAY = Symbol('REPLAY');

@ApiTags('Audit')
@Controller('api/v1/audit')
export class AuditQueries {
  constructor(
    @Inject(READ_DESK) private readonly desk: ReadDesk,
    @Inject(REPLAY) private readonly replay: ReplayParts,
  ) {}

  @Get('access')
  @ApiOperation({ operationId: 'listAccess', summary: 'Who saw what of a patient, latest first' })
  @Answers(pageOf(accessRecord))
  async access(@Caller() by: Actor, @Query() query: AccessQuery): Promise<Page<object>> {
    const policy = this.allow(by, 'patient');
    const after = decodeCursor(query.cursor, ['text', 'text']);
    const rows = await this.desk.rows.query<AccessRecordRow>(
      `select * from read.access_record where patient_id = $1 and ($2::text is null or (at, id) < ($2, $3))
       order by at desc, id desc limit $4`,
      [query.patientId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    this.desk.disclose(by, 'access-records', policy, [query.patientId]);
    const { items, next } = page(rows, query.limit, (row) => [row.at, row.id]);
    return {
      next,
      items: items.map((row) => ({
        at: row.at,
        who: { sub: row.sub, role: row.role, organizationId: row.organization_id },
        patientId: row.patient_id,
        what: row.resource,
        purpose: row.purpose,
        basis: row.basis,
      })),
    };
  }

  @Get('streams/:stream')
  @ApiOperation({ operationId: 'replayStream', summary: "A stream's events and state as known at a moment" })
  @Answers(history)
  async stream(
    @Caller() by: Actor,
    @Param('stream') name: string,
    @Query() { at }: StreamQuery,
  ): Promise<object> {
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
          digest: replay.digests.get(id),
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
