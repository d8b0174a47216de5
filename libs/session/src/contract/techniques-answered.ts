/** What is answered to who asks what may be done at a place: the same is read by screens. */
import { REGIONS, SIDES, TECHNIQUES, TISSUES } from '@fascia/clinical';
import { DEMANDS, EFFECTS, OPENINGS } from '@fascia/clinical/contraindications';
import {
  answer,
  integer,
  many,
  maybe,
  moment,
  oneOfCodes,
  uuid,
  words,
  yesOrNo,
  type AnswerOf,
} from '@fascia/kernel/contract';

const CODES = TECHNIQUES.map(({ code }) => code);

export const techniquesAnswered = answer({
  patientId: uuid(),
  at: moment('When it was judged; what a row leaves changes with time.'),
  sites: many(
    answer({
      region: oneOfCodes(REGIONS),
      side: maybe(oneOfCodes(SIDES)),
      allowedTechniques: many(oneOfCodes(CODES)),
      maxPressureGrade: integer('1 to 5; 0 where nothing may be done.'),
      demands: many(oneOfCodes(DEMANDS)),
      findings: many(
        answer({
          catalogueId: words('Row of the contraindication catalogue.'),
          words: words('Of the row.'),
          effect: oneOfCodes(EFFECTS),
          techniques: many(oneOfCodes(CODES), 'That it takes out.'),
          tissues: maybe(many(oneOfCodes(TISSUES), 'Of these tissues alone.')),
          whole: yesOrNo('It reaches the whole body.'),
          maxPressureGrade: maybe(integer()),
          why: words(),
          openedBy: many(oneOfCodes(OPENINGS)),
        }),
      ),
    }),
  ),
});

export type TechniquesAnswered = AnswerOf<typeof techniquesAnswered>;
