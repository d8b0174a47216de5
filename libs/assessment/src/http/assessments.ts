/** Measurements over HTTP. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { REGIONS } from '@fascia/clinical';
import {
  Amount,
  Answers,
  Code,
  commandDoor,
  decimal,
  either,
  Flag,
  Id,
  instant,
  integer,
  listOf,
  ListQuery,
  many,
  maybe,
  Nested,
  oneOf,
  oneOfCodes,
  OptionalLine,
  orNull,
  pageOf,
  shape,
  Text,
  text,
  uuid,
  yesOrNo,
  type CommandDoor,
  type ListQuestion,
  type Page,
} from '@fascia/http';
import type { Actor } from '@fascia/kernel';
import { READ_DESK, ReadDesk, type Scope } from '@fascia/read-store';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsOptional } from 'class-validator';
import { INSTRUMENTS, POINTS } from '../contract/events.js';
import type { AssessmentRow } from '../read/assessment.js';
import type { AssessmentAggregate } from '../write/assessment.aggregate.js';

const MEASURED_SIDES = ['left', 'right', 'midline'] as const;
const MODES = ['active', 'passive'] as const;

class MeasurementBody {
  @Code(INSTRUMENTS) instrument!: string;
  @Amount(-360, 360, { optional: true, description: 'NPRS: the rating. ROM: degrees.' }) value?: number;
  @ApiProperty({
    required: false,
    type: 'array',
    items: { type: 'integer' },
    maxItems: 10,
    description: "PSFS: the ratings of the patient's own activities.",
  })
  @IsOptional()
  @IsArray({ message: 'must be a list of whole numbers' })
  @ArrayMaxSize(10, { message: 'must be a list of at most 10 whole numbers' })
  @IsInt({ each: true, message: 'must be a list of whole numbers' })
  items?: number[];
  @OptionalLine(40) joint?: string;
  @OptionalLine(40) motion?: string;
  @Code(MEASURED_SIDES, { optional: true }) side?: string;
  @Code(MODES, { optional: true }) mode?: string;
  @OptionalLine(60) device?: string;
  @OptionalLine(60) position?: string;
  @Code(REGIONS, { optional: true }) region?: string;
  @Flag({ optional: true, description: 'The angle is unusual and right.' }) confirmed?: boolean;
}

class RecordAssessmentBody {
  @Id() referralId!: string;
  @Id({ optional: true }) sessionId?: string;
  @Code(POINTS) point!: string;
  @Nested(() => MeasurementBody) measurement!: MeasurementBody;
}

class CorrectAssessmentBody {
  @Nested(() => MeasurementBody) measurement!: MeasurementBody;
  @Text(2000) reason!: string;
}

export const assessmentCommands = (aggregate: AssessmentAggregate): CommandDoor =>
  commandDoor({
    path: 'assessments',
    tag: 'Measurements',
    aggregate,
    commands: [
      {
        command: 'RecordAssessment',
        body: RecordAssessmentBody,
        summary: 'Record a measurement; its change from the baseline is labelled',
      },
      {
        command: 'CorrectAssessment',
        at: 'correct',
        body: CorrectAssessmentBody,
        summary: 'Correct a measurement, with the reason',
      },
    ],
  });

class AssessmentsQuery extends ListQuery {
  @Id({ optional: true }) referralId?: string;
  @Id({ optional: true }) patientId?: string;
}

export const ASSESSMENT_SCOPE: Scope = {
  recipient: 't.organization_id = @org',
  referrer: 't.referrer_organization_id = @org',
};
const QUESTION = {
  resource: 'assessment',
  scope: ASSESSMENT_SCOPE,
  select: 'select t.* from read.assessment t',
} as const satisfies Partial<ListQuestion>;

const measurement = shape({
  instrument: oneOfCodes(INSTRUMENTS),
  version: text,
  scale: text,
  unit: { ...text, description: 'UCUM.' },
  value: decimal,
  items: maybe(many(decimal)),
  joint: maybe(text),
  motion: maybe(text),
  side: maybe(oneOfCodes(MEASURED_SIDES)),
  mode: maybe(oneOfCodes(MODES)),
  device: maybe(text),
  position: maybe(text),
  region: maybe(oneOfCodes(REGIONS)),
});

const change = either(
  shape({ label: oneOfCodes(['notComparable']), because: text }),
  shape({
    label: oneOfCodes(['improved', 'worsened', 'withinError', 'unchanged']),
    gain: decimal,
    threshold: decimal,
    meaningful: decimal,
    mdc: maybe(decimal),
    source: text,
    thresholdsVersion: text,
    weak: yesOrNo,
  }),
);

const assessment = shape({
  id: uuid,
  version: integer,
  patientId: uuid,
  referralId: uuid,
  sessionId: orNull(uuid),
  point: oneOfCodes(POINTS),
  measurement,
  change: orNull(change),
  raterId: { ...text, description: 'The practitioner; the account of somebody who is none.' },
  recordedAt: instant,
});

const show = (row: AssessmentRow): object => ({
  id: row.id,
  version: row.version,
  patientId: row.patient_id,
  referralId: row.referral_id,
  sessionId: row.session_id,
  point: row.point,
  measurement: row.measurement,
  change: row.change,
  raterId: row.rater_id,
  recordedAt: row.recorded_at,
});

@ApiTags('Measurements')
@Controller('api/v1/assessments')
export class AssessmentQueries {
  constructor(@Inject(READ_DESK) private readonly desk: ReadDesk) {}

  @Get()
  @ApiOperation({
    operationId: 'listAssessments',
    summary: 'Measurements with their change from the baseline, oldest first',
  })
  @Answers(pageOf(assessment))
  list(@Caller() by: Actor, @Query() query: AssessmentsQuery): Promise<Page<object>> {
    const filters = [
      ['t.referral_id = ?', query.referralId],
      ['t.patient_id = ?', query.patientId],
    ] as const;
    const question: ListQuestion = {
      ...QUESTION,
      order: ['t.recorded_at', 't.id'],
      direction: 'asc',
      filters,
    };
    return listOf<AssessmentRow, object>(this.desk, by, {
      question,
      query,
      patientOf: (row) => row.patient_id,
      show,
    });
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getAssessment', summary: 'A measurement' })
  @Answers(assessment)
  async one(@Caller() by: Actor, @Param('id') id: string): Promise<object> {
    return show(
      await oneOf<AssessmentRow>(this.desk, by, {
        question: QUESTION,
        id,
        patientOf: (row) => row.patient_id,
      }),
    );
  }
}
