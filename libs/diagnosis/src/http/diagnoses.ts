/** Diagnoses over HTTP. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { REGIONS, SIDES, TISSUES } from '@fascia/clinical';
import type { IcdCatalogue } from '@fascia/clinical/icd10';
import { CARE_TEAM_RELATIONS, CARE_TEAM_SCOPE, partiesBy, type WithRelations } from '@fascia/directory';
import {
  Answers,
  CalendarDate,
  Code,
  Codes,
  commandDoor,
  day,
  Flag,
  Id,
  instant,
  integer,
  Line,
  listOf,
  ListQuery,
  many,
  Nested,
  oneOf,
  oneOfCodes,
  OptionalLine,
  OptionalText,
  PARTIAL_DATE,
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
import { READ_DESK, ReadDesk } from '@fascia/read-store';
import { DYSFUNCTIONS } from '../contract/events.js';
import type { DiagnosisRow } from '../read/diagnosis.js';
import type { DiagnosisAggregate } from '../write/diagnosis.aggregate.js';

class DiagnosisSiteBody {
  @Code(REGIONS) region!: string;
  @Code(SIDES, { optional: true }) side?: string;
}

class DiagnosisFindingBody {
  @OptionalLine(10, { description: 'ICD-10-CM, with or without the dot.' }) code?: string;
  @OptionalLine(20, { pattern: /^\d{6,18}$/, description: 'SNOMED CT.' }) snomed?: string;
  @Nested(() => DiagnosisSiteBody, { optional: true }) site?: DiagnosisSiteBody;
  @Codes(TISSUES, { max: 5 }) tissues!: string[];
  @Code(DYSFUNCTIONS) dysfunction!: string;
  @OptionalLine(10, { pattern: PARTIAL_DATE, description: 'FHIR date.' }) onset?: string;
  @OptionalText(4000, { description: 'Why a code stands beside one that excludes it.' })
  unrelatedReason?: string;
  @Flag({ optional: true, description: 'Take a code that only one neighbouring release bills.' })
  acceptCodeWarning?: boolean;
}

const VERIFICATIONS = ['unconfirmed', 'provisional', 'differential', 'confirmed'] as const;

class RecordDiagnosisBody extends DiagnosisFindingBody {
  @Id() patientId!: string;
  @Code(VERIFICATIONS) verification!: string;
  @OptionalText(4000) note?: string;
  @Code(['clinician', 'import']) source!: string;
}

class ReviseDiagnosisBody extends DiagnosisFindingBody {
  @Text(4000) reason!: string;
}

class DiagnosisReasonBody {
  @Text(4000) reason!: string;
}

class ResolveDiagnosisBody {
  @CalendarDate() on!: string;
}

export const diagnosisCommands = (aggregate: DiagnosisAggregate): CommandDoor =>
  commandDoor({
    path: 'diagnoses',
    tag: 'Diagnoses',
    aggregate,
    commands: [
      {
        command: 'RecordDiagnosis',
        body: RecordDiagnosisBody,
        summary: 'Record a diagnosis; its code must be billable today and on the right side',
      },
      { command: 'ConfirmDiagnosis', at: 'confirm', summary: 'Confirm it' },
      {
        command: 'ReviseDiagnosis',
        at: 'revise',
        body: ReviseDiagnosisBody,
        summary: 'Replace the finding, with the reason',
      },
      { command: 'RefuteDiagnosis', at: 'refute', body: DiagnosisReasonBody, summary: 'Declare it refuted' },
      {
        command: 'ResolveDiagnosis',
        at: 'resolve',
        body: ResolveDiagnosisBody,
        summary: 'Declare it resolved',
      },
    ],
  });

class DiagnosesQuery extends ListQuery {
  @Id({ optional: true }) patientId?: string;
}

class CodesQuery {
  @Line(80, { description: 'Words or the beginning of a code; everyday words are understood.' }) q!: string;
}

type Row = DiagnosisRow & WithRelations;

const QUESTION = {
  resource: 'diagnosis',
  scope: CARE_TEAM_SCOPE,
  select: `select t.*, ${CARE_TEAM_RELATIONS} from read.diagnosis t`,
} as const satisfies Partial<ListQuestion>;

const SETTLING: Readonly<Record<string, readonly string[]>> = {
  confirmed: ['ReviseDiagnosis', 'RefuteDiagnosis', 'ResolveDiagnosis'],
  refuted: [],
};
const OPEN = ['ConfirmDiagnosis', 'ReviseDiagnosis', 'RefuteDiagnosis', 'ResolveDiagnosis'];

const diagnosis = shape({
  id: uuid,
  version: integer,
  patientId: uuid,
  verification: oneOfCodes([...VERIFICATIONS, 'refuted']),
  code: { ...orNull(text), description: 'ICD-10-CM, with the dot.' },
  text: orNull(text),
  snomed: orNull(text),
  site: orNull(shape({ region: oneOfCodes(REGIONS), side: orNull(oneOfCodes(SIDES)) })),
  dysfunction: oneOfCodes(DYSFUNCTIONS),
  onset: { ...orNull(text), description: 'FHIR date.' },
  resolvedOn: orNull(day),
  recordedAt: instant,
  allowedActions: many(oneOfCodes(OPEN)),
});

const codesFound = shape({ items: many(shape({ code: text, text, needsSeventh: yesOrNo })) });

export const ICD_CATALOGUE = Symbol('ICD_CATALOGUE');

@ApiTags('Diagnoses')
@Controller('api/v1')
export class DiagnosisQueries {
  constructor(
    @Inject(READ_DESK) private readonly desk: ReadDesk,
    @Inject(ICD_CATALOGUE) private readonly catalogue: () => IcdCatalogue,
  ) {}

  @Get('diagnoses')
  @ApiOperation({
    operationId: 'listDiagnoses',
    summary: 'Diagnoses of the patients you care for, latest first',
  })
  @Answers(pageOf(diagnosis))
  list(@Caller() by: Actor, @Query() query: DiagnosesQuery): Promise<Page<object>> {
    const question: ListQuestion = {
      ...QUESTION,
      order: ['t.recorded_at', 't.id'],
      direction: 'desc',
      filters: [['t.patient_id = ?', query.patientId]],
    };
    return listOf<Row, object>(this.desk, by, {
      question,
      query,
      patientOf: (row) => row.patient_id,
      show: (row) => this.show(by, row),
    });
  }

  @Get('diagnoses/:id')
  @ApiOperation({ operationId: 'getDiagnosis', summary: 'A diagnosis' })
  @Answers(diagnosis)
  async one(@Caller() by: Actor, @Param('id') id: string): Promise<object> {
    return this.show(
      by,
      await oneOf<Row>(this.desk, by, { question: QUESTION, id, patientOf: (row) => row.patient_id }),
    );
  }

  @Get('icd10/codes')
  @ApiOperation({ operationId: 'searchCodes', summary: 'ICD-10-CM codes by words' })
  @Answers(codesFound)
  codes(@Query() { q }: CodesQuery): { items: readonly object[] } {
    return { items: this.catalogue().search(q, 25) };
  }

  private show(by: Actor, row: Row): object {
    const parties = partiesBy(row, by.organizationId);
    const legal = row.resolved_on === null ? (SETTLING[row.verification] ?? OPEN) : [];
    return {
      id: row.id,
      version: row.version,
      patientId: row.patient_id,
      verification: row.verification,
      code: row.code,
      text: row.text,
      snomed: row.snomed,
      site: row.region === null ? null : { region: row.region, side: row.side },
      dysfunction: row.dysfunction,
      onset: row.onset,
      resolvedOn: row.resolved_on,
      recordedAt: row.recorded_at,
      allowedActions: this.desk.allowedActions(by, 'diagnosis', parties, legal),
    };
  }
}
