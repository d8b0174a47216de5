/** What happened to a patient, latest first. */
import { answer, CATEGORIES, moment, oneOfCodes, orNull, ROLES, uuid, words } from '@fascia/kernel/contract';
import { listQuestion, rowQuestion, tables } from '@fascia/read-store';
import { CARE_TEAM_SCOPE, PATIENT_SCOPE } from '../care-team/scope.js';
import type { PatientRow } from '../patients/model.js';
import { ofPerson } from '../patients/person.js';
import type { TimelineRow } from './model.js';

interface Tables {
  readonly 'read.patient': Pick<PatientRow, 'id'>;
  readonly 'read.patient_timeline': TimelineRow;
}

/** Members of a pool see whom they are asked to take, not the patient's history. */
const { pool: _pool, ...TREATING_SCOPE } = PATIENT_SCOPE;

const patientTreated = rowQuestion({
  resource: 'patient',
  scope: TREATING_SCOPE,
  from: tables<Tables>().selectFrom('read.patient as t').select('t.id'),
  patientOf: (row: Tables['read.patient']) => row.id,
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
}

/** Its table takes the events of every context: whoever knows them all brings the model along. */
export const getTimeline = listQuestion({
  name: 'getTimeline',
  at: 'patients/:id/timeline',
  tag: 'Patients',
  summary: 'What happened to a patient, latest first',
  resource: 'patient',
  scope: CARE_TEAM_SCOPE,
  answer: happening,
  from: tables<Tables>().selectFrom('read.patient_timeline as t').selectAll('t'),
  values: (query: TimelineAsked) => query,
  where: { id: ofPerson },
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
