/** Red flags over HTTP. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { RED_FLAGS } from '@fascia/clinical';
import {
  Answers,
  Code,
  commandDoor,
  Id,
  instant,
  integer,
  Lines,
  listOf,
  ListQuery,
  many,
  oneOf,
  oneOfCodes,
  OptionalText,
  orNull,
  pageOf,
  shape,
  Text,
  text,
  uuid,
  type CommandDoor,
  type ListQuestion,
  type Page,
} from '@fascia/http';
import type { Actor } from '@fascia/kernel';
import { READ_DESK, ReadDesk } from '@fascia/read-store';
import { CARE_TEAM_RELATIONS, CARE_TEAM_SCOPE, partiesBy, type WithRelations } from '@fascia/directory';
import { FLAG_SOURCES, URGENCIES } from '../contract/events.js';
import type { FlagRow } from '../read/flag.js';
import type { FlagAggregate } from '../write/flag.aggregate.js';

class RaiseFlagBody {
  @Id() patientId!: string;
  @Id({ optional: true }) referralId?: string;
  @Id({ optional: true }) sessionId?: string;
  @Code(RED_FLAGS.map((flag) => flag.id), { description: 'Row of the red-flag catalogue.' })
  catalogueId!: string;
  @Lines(40, { optional: true, max: 10, description: 'What was voiced, such as self-harm.' })
  answers?: string[];
  @Code(['by-hand', 'referral-screening']) source!: string;
  @OptionalText(4000) note?: string;
}

class ClearFlagBody {
  @Text(4000, { description: 'Why care may go on.' }) rationale!: string;
  @Id({ optional: true }) evidenceRef?: string;
}

class ConfirmFlagBody {
  @Text(4000, { description: 'What is done about it.' }) disposition!: string;
}

export const flagCommands = (aggregate: FlagAggregate): CommandDoor =>
  commandDoor({
    path: 'flags',
    tag: 'Red flags',
    aggregate,
    commands: [
      {
        command: 'RaiseFlag',
        body: RaiseFlagBody,
        summary: 'Raise a red flag; an emergency stops care at once',
      },
      { command: 'ClearFlag', at: 'clear', body: ClearFlagBody, summary: 'Lift a flag, with the reason' },
      {
        command: 'ConfirmFlag',
        at: 'confirm',
        body: ConfirmFlagBody,
        summary: 'Confirm the danger, with what is done about it',
      },
    ],
  });

class FlagsQuery extends ListQuery {
  @Id({ optional: true }) patientId?: string;
  @Id({ optional: true }) referralId?: string;
  @Code(['open', 'confirmed', 'cleared'], { optional: true }) status?: string;
}

type Row = FlagRow & WithRelations;

const QUESTION = {
  resource: 'flag',
  scope: CARE_TEAM_SCOPE,
  select: `select t.*, ${CARE_TEAM_RELATIONS} from read.flag t`,
} as const satisfies Partial<ListQuestion>;

const SETTLING: Readonly<Record<FlagRow['status'], readonly string[]>> = {
  open: ['ClearFlag', 'ConfirmFlag'],
  confirmed: ['ClearFlag'],
  cleared: [],
};

const flag = shape({
  id: uuid,
  version: integer,
  status: oneOfCodes(Object.keys(SETTLING)),
  patientId: uuid,
  referralId: orNull(uuid),
  sessionId: orNull(uuid),
  catalogueId: oneOfCodes(RED_FLAGS.map((row) => row.id)),
  urgency: oneOfCodes(URGENCIES),
  source: oneOfCodes(FLAG_SOURCES),
  note: orNull(text),
  answer: { ...orNull(text), description: "The physician's reason or disposition." },
  raisedAt: instant,
  settledAt: orNull(instant),
  allowedActions: many(oneOfCodes(Object.values(SETTLING).flat())),
});

@ApiTags('Red flags')
@Controller('api/v1/flags')
export class FlagQueries {
  constructor(@Inject(READ_DESK) private readonly desk: ReadDesk) {}

  @Get()
  @ApiOperation({ operationId: 'listFlags', summary: 'Red flags of the patients you care for, latest first' })
  @Answers(pageOf(flag))
  list(@Caller() by: Actor, @Query() query: FlagsQuery): Promise<Page<object>> {
    const filters = [
      ['t.patient_id = ?', query.patientId],
      ['t.referral_id = ?', query.referralId],
      ['t.status = ?', query.status],
    ] as const;
    const question: ListQuestion = {
      ...QUESTION,
      order: ['t.raised_at', 't.id'],
      direction: 'desc',
      filters,
    };
    return listOf<Row, object>(this.desk, by, {
      question,
      query,
      patientOf: (row) => row.patient_id,
      show: (row) => this.show(by, row),
    });
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getFlag', summary: 'A red flag' })
  @Answers(flag)
  async one(@Caller() by: Actor, @Param('id') id: string): Promise<object> {
    return this.show(
      by,
      await oneOf<Row>(this.desk, by, { question: QUESTION, id, patientOf: (row) => row.patient_id }),
    );
  }

  private show(by: Actor, row: Row): object {
    const parties = partiesBy(row, by.organizationId);
    return {
      id: row.id,
      version: row.version,
      status: row.status,
      patientId: row.patient_id,
      referralId: row.referral_id,
      sessionId: row.session_id,
      catalogueId: row.catalogue_id,
      urgency: row.urgency,
      source: row.source,
      note: row.note,
      answer: row.answer,
      raisedAt: row.raised_at,
      settledAt: row.settled_at,
      allowedActions: this.desk.allowedActions(by, 'flag', parties, SETTLING[row.status]),
    };
  }
}
