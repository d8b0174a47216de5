/** What happened to a patient, latest first. */
import { answer, CATEGORIES, moment, oneOfCodes, orNull, ROLES, uuid, words } from '@fascia/kernel/contract';
import { callersRole, listQuestion, oneOf, rowQuestion, tables, type Condition } from '@fascia/read-store';
import { expressionBuilder, sql, type Expression } from 'kysely';
import { CARE_TEAM_SCOPE, PATIENT_SCOPE } from '../care-team/scope.js';
import type { PatientRow } from '../patients/model.js';
import { ofPerson, recordsOf } from '../patients/person.js';
import type { TimelineRow } from './model.js';

interface Tables {
  readonly 'read.patient': Pick<PatientRow, 'id' | 'was_into' | 'was_from' | 'was_until'>;
  readonly 'read.patient_timeline': TimelineRow;
}

/** Members of a pool see whom they are asked to take, not the patient's history. */
const { pool: _pool, ...TREATING_SCOPE } = PATIENT_SCOPE;

const patientTreated = rowQuestion({
  resource: 'patient',
  scope: TREATING_SCOPE,
  from: tables<Tables>().selectFrom('read.patient as t').select('t.id'),
  patientOf: (row: Pick<PatientRow, 'id'>) => row.id,
});

const happening = answer({
  id: uuid(),
  at: moment(),
  recordedAt: moment(),
  type: words(),
  subject: answer({ category: oneOfCodes(CATEGORIES), id: uuid() }),
  by: answer({ sub: words(), role: oneOfCodes(ROLES), organizationId: orNull(uuid()) }),
});

export interface TimelineAsked {
  /** The patient. */
  readonly id: string;
  /** A record that was merged into one of theirs, and is its own again. */
  readonly whileMerged?: string;
}

const happened = expressionBuilder<{ t: TimelineRow }, 't'>();

/** What was recorded between a merge and its undoing: a person looks through it, as nothing but they can say whose it is. */
const duringMergeOf = (recordId: Expression<string>): Condition =>
  happened.exists(
    tables<Tables>()
      .selectFrom('read.patient as m')
      .where('m.id', '=', recordId)
      .where('m.was_into', '=', oneOf(recordsOf(sql.ref('t.patient_id'))))
      .where('m.was_from', '<=', sql.ref<string>('t.recorded_at'))
      .where('m.was_until', '>=', sql.ref<string>('t.recorded_at'))
      .select(sql.lit(1).as('one')),
  );

/** Of flags those who treat are told here; others ask the list of flags, which leaves out what is told to nobody else. */
const isToldToThem: Condition = sql<boolean>`(t.category <> 'flag' or ${callersRole} in ('physician', 'therapist'))`;

/** Its table takes the events of every context: whoever knows them all brings the model along. */
export const getTimeline = listQuestion({
  name: 'getTimeline',
  at: 'patients/:id/timeline',
  tag: 'Patients',
  summary: 'What happened to a patient, latest first',
  resource: 'patient',
  scope: CARE_TEAM_SCOPE,
  answer: happening,
  from: tables<Tables>().selectFrom('read.patient_timeline as t').selectAll('t').where(isToldToThem),
  values: (query: TimelineAsked) => query,
  where: { id: ofPerson, whileMerged: duringMergeOf },
  order: ['at', 'id'],
  direction: 'desc',
  about: async (desk, by, { id }) => (await patientTreated(desk, by, id)) !== undefined,
  patientOf: (row: TimelineRow) => row.patient_id,
  show: (row: TimelineRow) => ({
    id: row.id,
    at: row.at,
    recordedAt: row.recorded_at,
    type: row.type,
    subject: { category: row.category, id: row.subject_id },
    by: { sub: row.by, role: row.role, organizationId: row.organization_id },
  }),
});
