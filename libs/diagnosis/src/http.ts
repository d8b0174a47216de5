/** Diagnoses over HTTP, and the codes that they are made with. */
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { IcdCatalogue } from '@fascia/clinical/icd10';
import { Answers, commandDoor, Id, Line, ListQuery, queryDoor } from '@fascia/http';
import { answer, many, words, yesOrNo } from '@fascia/kernel/contract';
import { DIAGNOSIS_QUESTIONS } from './context.js';
import type { DiagnosisAggregate } from './write/diagnosis.aggregate.js';

class DiagnosesQuery extends ListQuery {
  @Id({ optional: true }) patientId?: string;
}

class CodesQuery {
  @Line(80, { description: 'Words or the beginning of a code; everyday words are understood.' }) q!: string;
}

const MOST_FOUND = 25;

const codesFound = answer({
  items: many(answer({ code: words(), text: words(), needsSeventh: yesOrNo() })),
});

export const ICD_CATALOGUE = Symbol('ICD_CATALOGUE');

@ApiTags('Diagnoses')
@Controller('api/v1/icd10/codes')
class Codes {
  /** @param catalogue loaded at first use */
  constructor(@Inject(ICD_CATALOGUE) private readonly catalogue: () => IcdCatalogue) {}

  @Get()
  @ApiOperation({ operationId: 'searchCodes', summary: 'ICD-10-CM codes by words' })
  @Answers(codesFound)
  searchCodes(@Query() { q }: CodesQuery): { items: readonly object[] } {
    return { items: this.catalogue().search(q, MOST_FOUND) };
  }
}

export const diagnosisDoors = (aggregate: DiagnosisAggregate) => ({
  commands: [commandDoor({ path: 'diagnoses', tag: 'Diagnoses', aggregate })],
  queries: [Codes, queryDoor('Diagnosis', DIAGNOSIS_QUESTIONS, { listDiagnoses: DiagnosesQuery })],
});
