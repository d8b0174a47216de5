/** What may be asked, done and forbidden, in words: the same for everybody, and of no patient. */
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  RED_FLAG_CATALOGUE_VERSION,
  RED_FLAG_QUESTIONS,
  RED_FLAG_QUESTIONS_VERSION,
  redFlag,
  REGIONS,
  TECHNIQUES,
  TECHNIQUES_SOURCE,
  TECHNIQUES_VERSION,
  TISSUES,
} from '@fascia/clinical';
import {
  CONTRAINDICATION_LIMITS,
  CONTRAINDICATIONS,
  CONTRAINDICATIONS_VERSION,
  DEMANDS,
  DETAILS,
  EFFECTS,
  isClearable,
  type Contraindication,
} from '@fascia/clinical/contraindications';
import { Answers } from '@fascia/http';
import {
  answer,
  integer,
  many,
  maybe,
  oneOfCodes,
  words,
  yesOrNo,
  type AnswerOf,
} from '@fascia/kernel/contract';

const VERSION = words('Raised with every change of a row or a word.');
const SOURCE = words('Sources are described in docs/domain/sources.md; DEF is a default of the product.');

const questions = answer({
  version: VERSION,
  catalogueVersion: words('Of the rows behind the questions.'),
  items: many(
    answer({
      id: words('Row of the red-flag catalogue.'),
      key: words('Names the pattern in translations.'),
      question: words('In plain words.'),
      help: words('For who asks.'),
      urgency: words(),
      effects: many(words()),
      source: SOURCE,
    }),
  ),
});

const techniques = answer({
  version: VERSION,
  items: many(
    answer({
      code: words(),
      name: words(),
      tissues: many(oneOfCodes(TISSUES)),
      dose: many(words(), 'What is recorded beside minutes and pressure grade.'),
      cpt: many(words(), 'Numbers only, a proposal; empty: the payer says.'),
      source: SOURCE,
    }),
  ),
});

const span = answer({ hours: maybe(integer()), weeks: maybe(integer()), months: maybe(integer()) });

const rule = answer({
  effect: oneOfCodes(
    EFFECTS,
    'BLOCK: nothing anywhere. SITE: nothing there. CLEAR: after a clearance. MOD: not everything.',
  ),
  where: oneOfCodes(['whole', 'site']),
  when: maybe(
    answer({
      stated: maybe(oneOfCodes(DETAILS)),
      unless: maybe(oneOfCodes(DETAILS)),
      under: maybe(span),
      sited: maybe(yesOrNo('Whether a place was named.')),
      within: maybe(many(oneOfCodes(REGIONS))),
    }),
  ),
  without: maybe(many(words('Code of a technique.'))),
  maxPressureGrade: maybe(integer('1 to 5.')),
  tissues: maybe(many(oneOfCodes(TISSUES))),
  demands: maybe(many(oneOfCodes(DEMANDS))),
  clearable: maybe(yesOrNo()),
  why: words(),
});

const precautions = answer({
  version: VERSION,
  limitsVersion: words(`Of the numbers in the rows: ${CONTRAINDICATION_LIMITS.source}.`),
  items: many(
    answer({
      id: words('Row of the contraindication catalogue.'),
      key: words('Names it in translations.'),
      words: words(),
      class: oneOfCodes(['absolute', 'relative']),
      scope: oneOfCodes(['G', 'L', 'G/L'], 'G: the whole body. L: a place.'),
      clearable: yesOrNo("A physician's clearance opens at least some of it."),
      usually: maybe(many(oneOfCodes(REGIONS), 'Where it is when nobody said so.')),
      rules: many(rule),
      source: SOURCE,
    }),
  ),
});

@ApiTags('Catalogue')
@Controller('api/v1/catalogue')
export class Catalogue {
  @Get('questions')
  @ApiOperation({ operationId: 'listSafetyQuestions', summary: 'The safety questions, in plain words' })
  @Answers(questions)
  questions(): AnswerOf<typeof questions> {
    return {
      version: RED_FLAG_QUESTIONS_VERSION,
      catalogueVersion: RED_FLAG_CATALOGUE_VERSION,
      items: RED_FLAG_QUESTIONS.map((asked) => {
        const { key, urgency, effects } = redFlag(asked.id);
        return { ...asked, key, urgency, effects: [...effects] };
      }),
    };
  }

  @Get('techniques')
  @ApiOperation({ operationId: 'listTechniques', summary: 'The techniques of soft-tissue mobilization' })
  @Answers(techniques)
  techniques(): AnswerOf<typeof techniques> {
    return {
      version: TECHNIQUES_VERSION,
      items: TECHNIQUES.map(({ code, name, tissues, dose, cpt }) => ({
        code,
        name,
        tissues: [...tissues],
        dose: [...dose],
        cpt: [...cpt],
        source: TECHNIQUES_SOURCE,
      })),
    };
  }

  @Get('precautions')
  @ApiOperation({
    operationId: 'listContraindications',
    summary: 'Precautions and contraindications, and what each closes',
  })
  @Answers(precautions)
  precautions(): object {
    return {
      version: CONTRAINDICATIONS_VERSION,
      limitsVersion: CONTRAINDICATION_LIMITS.version,
      items: CONTRAINDICATIONS.map((row: Contraindication) => ({ ...row, clearable: isClearable(row.id) })),
    };
  }
}
