/** Measurements with their change from the baseline, oldest first. */
import { ofPerson } from '@fascia/directory';
import { REGIONS } from '@fascia/clinical';
import {
  answer,
  asSent,
  decimal,
  eitherOf,
  integer,
  many,
  maybe,
  moment,
  oneOfCodes,
  orNull,
  uuid,
  words,
  yesOrNo,
} from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, oneQuestion, tables, type Condition } from '@fascia/read-store';
import { BOTH_SIDES } from '@fascia/referral';
import { sql, type Expression } from 'kysely';
import {
  INSTRUMENTS,
  MEASURED_SIDES,
  MODES,
  POINTS,
  type StoredChange,
  type StoredMeasurement,
} from '../../contract/events.js';
import { assessmentModel, type AssessmentRow } from './model.js';

const t = conditionsOn<AssessmentRow>();

const measurement = answer({
  instrument: oneOfCodes(INSTRUMENTS),
  version: words(),
  scale: words(),
  unit: words('UCUM.'),
  value: decimal(),
  items: maybe(many(decimal())),
  joint: maybe(words()),
  motion: maybe(words()),
  side: maybe(oneOfCodes(MEASURED_SIDES)),
  mode: maybe(oneOfCodes(MODES)),
  device: maybe(words()),
  position: maybe(words()),
  region: maybe(oneOfCodes(REGIONS)),
});

const change = eitherOf(
  'label',
  answer({ label: oneOfCodes(['notComparable']), because: words() }),
  answer({
    label: oneOfCodes(['improved', 'worsened', 'withinError', 'unchanged']),
    gain: decimal(),
    threshold: decimal(),
    meaningful: decimal(),
    mdc: maybe(decimal()),
    source: words(),
    thresholdsVersion: words(),
    weak: yesOrNo(),
  }),
);

const assessment = answer({
  id: uuid(),
  version: integer(),
  patientId: uuid(),
  referralId: uuid(),
  sessionId: orNull(uuid()),
  point: oneOfCodes(POINTS),
  measurement: asSent<StoredMeasurement>(measurement),
  change: orNull(asSent<StoredChange>(change)),
  raterId: words('The practitioner; the account of somebody who is none.'),
  recordedAt: moment(),
});

const described = {
  tag: 'Measurements',
  resource: 'assessment',
  scope: BOTH_SIDES,
  answer: assessment,
  from: tables<{ readonly 'read.assessment': AssessmentRow }>()
    .selectFrom('read.assessment as t')
    .selectAll('t'),
  patientOf: (row: AssessmentRow) => row.patient_id,
  show: (row: AssessmentRow) => ({
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
  }),
} as const;

export interface AssessmentsAsked {
  readonly referralId?: string;
  readonly patientId?: string;
  readonly brief?: boolean;
}

/** A course is seen by where it began and what is new of it. */
const LATEST = 20;

/** As `kindOf` tells kinds apart. */
const KIND = sql.join(
  [
    sql.ref('e.instrument'),
    ...['joint', 'motion', 'side', 'mode', 'region'].map((part) => sql`e.measurement ->> ${sql.lit(part)}`),
  ],
  sql`, `,
);

/** Of a referral, of each kind: the first and the latest. */
const briefOf = (referralId: Expression<string>): Condition =>
  sql<boolean>`t.id in (
    select k.id from (
      select e.id,
        row_number() over (partition by ${KIND} order by e.recorded_at, e.id) as nth,
        row_number() over (partition by ${KIND} order by e.recorded_at desc, e.id desc) as nth_last
      from ${sql.table('read.assessment')} as e where e.referral_id = ${referralId}
    ) as k where k.nth = 1 or k.nth_last <= ${sql.lit(LATEST)}
  )`;

interface Values {
  readonly referralId: string | undefined;
  readonly patientId: string | undefined;
  readonly briefOf: string | undefined;
}

export const listAssessments = listQuestion({
  ...described,
  name: 'listAssessments',
  at: 'assessments',
  summary: 'Measurements with their change from the baseline, oldest first',
  models: [assessmentModel],
  values: ({ brief, referralId, patientId }: AssessmentsAsked): Values => ({
    referralId,
    patientId,
    briefOf: brief === true ? referralId : undefined,
  }),
  where: {
    referralId: (id) => t('t.referral_id', '=', id),
    patientId: ofPerson,
    briefOf,
  },
  order: ['recorded_at', 'id'],
  direction: 'asc',
});

export const getAssessment = oneQuestion({
  ...described,
  name: 'getAssessment',
  at: 'assessments/:id',
  summary: 'A measurement',
});
