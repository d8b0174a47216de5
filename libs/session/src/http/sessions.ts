/** Sessions over HTTP. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { RED_FLAGS, REGIONS, SIDES, TISSUES } from '@fascia/clinical';
import {
  Amount,
  Answers,
  asSent,
  Code,
  Codes,
  commandDoor,
  decimal,
  Flag,
  Id,
  Instant,
  instant,
  integer,
  Line,
  Lines,
  listOf,
  ListQuery,
  many,
  maybe,
  Nested,
  oneOf,
  oneOfCodes,
  OptionalLine,
  OptionalText,
  orNull,
  pageOf,
  shape,
  Text,
  text,
  uuid,
  Whole,
  yesOrNo,
  type CommandDoor,
  type ListQuestion,
  type Page,
} from '@fascia/http';
import type { Actor } from '@fascia/kernel';
import { READ_DESK, ReadDesk, type Scope } from '@fascia/read-store';
import { CANCELLED_BY, COMPLIANCE_FLAGS, DEVIATIONS, SESSION_KINDS } from '../contract/events.js';
import { SESSION_COMMANDS, SESSION_STAGES, SESSION_TRANSITIONS } from '../contract/session-transitions.js';
import type { SessionRow } from '../read/session.js';
import type { SessionAggregate } from '../write/session.aggregate.js';

class ScheduleSessionBody {
  @Id() referralId!: string;
  @Code(SESSION_KINDS) kind!: string;
  @Id() therapistId!: string;
  @Instant() start!: string;
  @Instant() end!: string;
  @Id({ optional: true }) locationId?: string;
}

class RescheduleSessionBody {
  @Instant() start!: string;
  @Instant() end!: string;
  @Id({ optional: true }) therapistId?: string;
}

class CancelSessionBody {
  @Code(CANCELLED_BY) by!: string;
  @Text(4000) reason!: string;
}

class VitalsBody {
  @Whole(0, 400, { optional: true }) sbpMmHg?: number;
  @Whole(0, 300, { optional: true }) dbpMmHg?: number;
  @Whole(0, 400, { optional: true }) heartRatePerMin?: number;
  @Amount(0, 100, { optional: true }) spo2Percent?: number;
  @Amount(20, 50, { optional: true }) tempCelsius?: number;
}

class PreScreenBody {
  @Codes(RED_FLAGS.map((flag) => flag.id), { max: 12, description: 'Red flags found; empty: asked, none.' })
  flags!: string[];
  @Nested(() => VitalsBody) vitals!: VitalsBody;
  @Flag() skinIntact!: boolean;
  @Flag({ description: "The patient agreed to today's treatment." }) consentVerbal!: boolean;
  @Whole(0, 10) nprsPre!: number;
}

class SessionInterventionBody {
  @Line(20) technique!: string;
  @Code(REGIONS) region!: string;
  @Code(SIDES, { optional: true }) side?: string;
  @Code(TISSUES) tissue!: string;
  @OptionalLine(100) position?: string;
  @OptionalLine(100) tool?: string;
  @Whole(1, 5) pressureGrade!: number;
  @Whole(0, 480) minutes!: number;
  @Flag({ description: 'Counted in timed minutes.' }) timed!: boolean;
  @Line(10) cpt!: string;
  @Whole(0, 10, { optional: true }) nprsDuring?: number;
  @OptionalText(4000) response?: string;
  @OptionalText(4000, { description: 'Why it departs from the plan; once a session.' })
  deviationReason?: string;
}

class StopSessionBody {
  @Text(4000) reason!: string;
  @Id({ optional: true }) flagId?: string;
}

class SessionNarrativeBody {
  @Text(4000) subjective!: string;
  @Text(4000) objective!: string;
  @Text(4000) assessment!: string;
  @Text(4000) plan!: string;
}

class CompleteSessionBody {
  @Instant() start!: string;
  @Instant() end!: string;
  @Whole(0, 480) totalTreatmentMinutes!: number;
  @Whole(0, 10) nprsPost!: number;
  @Nested(() => SessionNarrativeBody) narrative!: SessionNarrativeBody;
  @Lines(10, {
    optional: true,
    max: 10,
    description: 'Codes preferred where several have an equal claim to the last unit.',
  })
  unitChoice?: string[];
}

class AmendSessionBody {
  @Text(4000) text!: string;
  @Text(4000) reason!: string;
}

export const sessionCommands = (aggregate: SessionAggregate): CommandDoor =>
  commandDoor({
    path: 'sessions',
    tag: 'Sessions',
    aggregate,
    // prettier-ignore
    commands: [
      { command: 'ScheduleSession', body: ScheduleSessionBody, summary: 'Book a visit; nobody is booked twice' },
      { command: 'RescheduleSession', at: 'reschedule', body: RescheduleSessionBody, summary: 'Move a visit' },
      { command: 'CancelSession', at: 'cancel', body: CancelSessionBody, summary: 'Cancel a visit' },
      { command: 'MarkNoShow', at: 'mark-no-show', summary: 'The patient did not come' },
      { command: 'CheckIn', at: 'check-in', summary: 'The patient is here' },
      { command: 'RecordPreScreen', at: 'record-pre-screen', body: PreScreenBody, summary: 'Red flags, vital signs, skin, consent, pain before' },
      { command: 'StartSession', at: 'start', summary: 'Begin treatment' },
      { command: 'RecordIntervention', at: 'record-intervention', body: SessionInterventionBody, summary: 'What was done, where, how long' },
      { command: 'StopSession', at: 'stop', body: StopSessionBody, summary: 'Break off, with the reason' },
      { command: 'CompleteSession', at: 'complete', body: CompleteSessionBody, summary: 'End the session: minutes and units are computed' },
      { command: 'SignSession', at: 'sign', summary: 'Sign the note' },
      { command: 'AmendSession', at: 'amend', body: AmendSessionBody, summary: 'Add to a signed note, with the reason' },
    ],
  });

class SessionsQuery extends ListQuery {
  @Id({ optional: true }) referralId?: string;
  @Id({ optional: true }) patientId?: string;
  @Id({ optional: true }) therapistId?: string;
  @Code(SESSION_STAGES, { optional: true }) state?: string;
  @Instant({ optional: true }) from?: string;
  @Instant({ optional: true }) to?: string;
}

export const SESSION_SCOPE: Scope = {
  recipient: 't.organization_id = @org',
  referrer: 't.referrer_organization_id = @org',
};
const QUESTION = {
  resource: 'session',
  scope: SESSION_SCOPE,
  select: 'select t.* from read.session t',
} as const satisfies Partial<ListQuestion>;

// prettier-ignore
const preScreen = shape({
  flags: many(oneOfCodes(RED_FLAGS.map((flag) => flag.id))), vitals: asSent(VitalsBody),
  vitalFinding: maybe(shape({ outside: many(text), limitsVersion: text, recheckAfterMinutes: decimal })), skinIntact: yesOrNo, consentVerbal: yesOrNo,
  nprsPre: integer, at: instant,
});

// prettier-ignore
const intervention = shape({
  seq: integer, planId: uuid, planVersion: integer, technique: text, region: oneOfCodes(REGIONS), side: maybe(oneOfCodes(SIDES)), tissue: oneOfCodes(TISSUES),
  position: maybe(text), tool: maybe(text), pressureGrade: integer, minutes: integer, timed: yesOrNo, cpt: text, nprsDuring: maybe(integer),
  response: maybe(text), deviations: many(oneOfCodes(DEVIATIONS)), deviationReason: maybe(text),
});

const units = shape({
  method: oneOfCodes(['CMS_TOTAL_TIME', 'AMA_PER_CODE']),
  profileVersion: text,
  totalUnits: integer,
  byCode: many(shape({ cpt: text, units: integer })),
  tie: maybe(shape({ candidates: many(text), places: integer, settled: yesOrNo })),
});

// prettier-ignore
const session = shape({
  id: uuid, version: integer, state: oneOfCodes(SESSION_STAGES), enteredStateAt: instant, kind: oneOfCodes(SESSION_KINDS), patientId: uuid, referralId: uuid,
  planId: orNull(uuid), therapistId: uuid, start: instant, end: instant, preScreen: orNull(preScreen), interventions: many(intervention),
  minutes: orNull(shape({ timed: integer, treatment: integer })), units: orNull(units), nprs: shape({ before: orNull(integer), after: orNull(integer) }),
  narrative: orNull(asSent(SessionNarrativeBody)), complianceFlags: many(oneOfCodes(COMPLIANCE_FLAGS)),
  cancelled: orNull(shape({ by: oneOfCodes(CANCELLED_BY), noticeHours: decimal, reason: text })),
  stopped: orNull(shape({ reason: text, flagId: maybe(uuid) })), signed: orNull(shape({ at: instant, by: uuid, credential: text })),
  amendments: many(shape({ text, reason: text, at: instant, by: uuid })), allowedActions: many(oneOfCodes(SESSION_COMMANDS)),
});

const SENT = [VitalsBody, SessionNarrativeBody];

@ApiTags('Sessions')
@Controller('api/v1/sessions')
export class SessionQueries {
  constructor(@Inject(READ_DESK) private readonly desk: ReadDesk) {}

  @Get()
  @ApiOperation({ operationId: 'listSessions', summary: 'Visits by their start' })
  @Answers(pageOf(session), { sent: SENT })
  list(@Caller() by: Actor, @Query() query: SessionsQuery): Promise<Page<object>> {
    const filters = [
      ['t.referral_id = ?', query.referralId],
      ['t.patient_id = ?', query.patientId],
      ['t.therapist_id = ?', query.therapistId],
      ['t.stage = ?', query.state],
      ['t.start_at >= ?', query.from],
      ['t.start_at < ?', query.to],
    ] as const;
    const question: ListQuestion = { ...QUESTION, order: ['t.start_at', 't.id'], direction: 'asc', filters };
    return listOf<SessionRow, object>(this.desk, by, {
      question,
      query,
      patientOf: (row) => row.patient_id,
      show: (row) => this.show(by, row),
    });
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getSession', summary: 'A visit with its note' })
  @Answers(session, { sent: SENT })
  async one(@Caller() by: Actor, @Param('id') id: string): Promise<object> {
    return this.show(
      by,
      await oneOf<SessionRow>(this.desk, by, { question: QUESTION, id, patientOf: (row) => row.patient_id }),
    );
  }

  private show(by: Actor, row: SessionRow): object {
    const legal = SESSION_TRANSITIONS.filter((move) => move.from.includes(row.stage)).map(
      (move) => move.command,
    );
    const parties = { recipient: [row.organization_id], referrer: [row.referrer_organization_id] };
    return {
      id: row.id,
      version: row.version,
      state: row.stage,
      enteredStateAt: row.entered_stage_at,
      kind: row.kind,
      patientId: row.patient_id,
      referralId: row.referral_id,
      planId: row.plan_id,
      therapistId: row.therapist_id,
      start: row.start_at,
      end: row.end_at,
      preScreen: row.pre_screen,
      interventions: row.interventions,
      minutes: row.minutes,
      units: row.units,
      nprs: { before: row.nprs_pre, after: row.nprs_post },
      narrative: row.narrative,
      complianceFlags: row.compliance_flags,
      cancelled: row.cancelled,
      stopped: row.stopped,
      signed:
        row.signed_at === null ? null : { at: row.signed_at, by: row.signed_by, credential: row.credential },
      amendments: row.amendments,
      allowedActions: this.desk.allowedActions(by, 'session', parties, legal),
    };
  }
}
