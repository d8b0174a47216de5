/** What nobody has said yet whose it is, for whoever does, and the mark of it where it is read. */
import { answer, moment, oneOfCodes, orNull, ROLES, uuid, words, yesOrNo } from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, tables, type Condition, type Scope } from '@fascia/read-store';
import { sql, type Expression } from 'kysely';
import { FACT_CATEGORIES, MOVABLE_FACTS, type FactCategory } from '../../contract/facts.js';
import { careTeamScopeOf } from '../care-team/scope.js';
import type { PatientRow } from '../patients/model.js';
import type { TimelineRow } from '../patient-timeline/model.js';
import { unassignedModel, type UnassignedRow } from './model.js';

interface Tables {
  readonly 'read.patient': PatientRow;
  readonly 'read.patient_timeline': TimelineRow;
  readonly 'read.patient_unassigned': UnassignedRow;
}

/** As long as the record stands for itself: merged again, both are one person's. */
const open = tables<Tables>()
  .selectFrom('read.patient_unassigned as u')
  .innerJoin('read.patient as p', (join) =>
    join.onRef('p.id', '=', 'u.patient_id').on('p.merged_into', 'is', null),
  );

/** For a select: whether a row is of a time when two people's records were one, and nobody has said yet whose it is. */
export const unassignedAs = (category: FactCategory) =>
  sql<boolean>`exists (${open
    .where('u.category', '=', sql.lit(category))
    .where('u.fact_id', '=', sql.ref<string>('t.id'))
    .select(sql.lit(1).as('one'))})`.as('unassigned');

/** What that column answers. */
export const unassignedWord = () =>
  yesOrNo('Recorded while two records were one, and nobody has said yet of whom.');

/** How much there is of it, on a record of the patients' own table or on others that may be of it. */
export const unassignedOn = sql<string>`(${open
  .where((of) =>
    of.or([
      of('u.patient_id', '=', sql.ref<string>('t.id')),
      of('u.on_patient_id', '=', sql.ref<string>('t.id')),
    ]),
  )
  .select((of) => of.fn.countAll().as('many'))})`.as('unassigned');

interface WaitingRow extends UnassignedRow {
  readonly recorded_at: string | null;
  readonly by: string | null;
  readonly role: TimelineRow['role'] | null;
  readonly organization_id: string | null;
}

/** How it began, as far as the history has it: whoever recorded it is asked. */
const waiting = open
  .leftJoinLateral(
    tables<Tables>()
      .selectFrom('read.patient_timeline as e')
      .where('e.patient_id', '=', sql.ref<string>('u.on_patient_id'))
      .where('e.subject_id', '=', sql.ref<string>('u.fact_id'))
      .select(['e.recorded_at', 'e.by', 'e.role', 'e.organization_id'])
      .orderBy(
        sql`case when ${sql.ref('u.category')} = 'patient' then null else ${sql.ref('e.recorded_at')} end`,
      )
      .orderBy('e.recorded_at', 'desc')
      .limit(1)
      .as('begun'),
    (join) => join.onTrue(),
  )
  .selectAll('u')
  .select(['begun.recorded_at', 'begun.by', 'begun.role', 'begun.organization_id']);

const [ofRecord, ofOther] = ['t.patient_id', 't.on_patient_id'].map((column) =>
  careTeamScopeOf(sql.ref(column)),
);

const holdsEither = (organization: Expression<string>): Condition =>
  sql`(${ofRecord?.home?.(organization)} or ${ofOther?.home?.(organization)})`;

const UNASSIGNED_SCOPE: Scope = { home: holdsEither, network: () => sql<boolean>`true` };

const t = conditionsOn<UnassignedRow>();

export interface UnassignedAsked {
  readonly patientId?: string;
}

export const listUnassigned = listQuestion({
  name: 'listUnassigned',
  at: 'unassigned-facts',
  tag: 'Patients',
  summary: 'What was recorded while records were merged, for whoever says whose it is',
  resource: 'patient',
  deed: 'Match',
  scope: UNASSIGNED_SCOPE,
  answer: answer({
    id: words(),
    patientId: uuid('The record that was merged: there it is assigned.'),
    onPatientId: uuid('The record that it was recorded on.'),
    category: oneOfCodes(FACT_CATEGORIES),
    factId: uuid(),
    since: moment('When the merge was undone.'),
    moving: yesOrNo('It was said to be of the first, and is on its way there.'),
    movable: yesOrNo('Otherwise it is ended where it is and recorded anew by hand.'),
    recordedAt: orNull(moment()),
    by: orNull(answer({ sub: words(), role: oneOfCodes(ROLES), organizationId: orNull(uuid()) })),
  }),
  models: [unassignedModel],
  from: tables<Tables>().selectFrom(waiting.as('t')).selectAll('t'),
  values: (query: UnassignedAsked) => query,
  where: {
    patientId: (patientId) => t.or([t('t.patient_id', '=', patientId), t('t.on_patient_id', '=', patientId)]),
  },
  order: ['since', 'id'],
  direction: 'asc',
  patientOf: (row: WaitingRow) => [row.patient_id, row.on_patient_id],
  show: (row: WaitingRow) => ({
    id: row.id,
    patientId: row.patient_id,
    onPatientId: row.on_patient_id,
    category: row.category,
    factId: row.fact_id,
    since: row.since,
    moving: row.moving,
    movable: MOVABLE_FACTS.some((one) => one === row.category),
    recordedAt: row.recorded_at,
    by:
      row.by === null || row.role === null
        ? null
        : { sub: row.by, role: row.role, organizationId: row.organization_id },
  }),
});
