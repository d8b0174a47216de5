/** Which records were merged into which, latest first, for whoever looks after them: who said so, when and why, and whether it is undone. */
import { answer, many, moment, oneOfCodes, orNull, ROLES, uuid, words } from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, tables, type Asking } from '@fascia/read-store';
import { sql } from 'kysely';
import { pairScopeOf, partiesOfRecord, relationsTo, type WithRelations } from '../care-team/scope.js';
import type { PatientRow } from '../patients/model.js';
import { MERGE_STATES, mergeModel, type MergeRow, type MergeState, type Said } from './model.js';

interface Tables {
  readonly 'read.patient_merge': MergeRow;
  readonly 'read.patient': Pick<PatientRow, 'id' | 'name' | 'birth_date'>;
}

interface Row extends MergeRow, WithRelations {
  readonly name: string | null;
  readonly birth_date: string | null;
  readonly into_name: string | null;
  readonly into_birth_date: string | null;
  /** By account, whoever said something of it. */
  readonly people: Readonly<Record<string, string>> | null;
}

const people = sql<Row['people']>`(select jsonb_object_agg(w.account, w.name) from read.practitioner w
  where w.account in (t.proposed ->> 'by', t.merged ->> 'by', t.undone ->> 'by'))`.as('people');

const record = answer({
  id: uuid(),
  name: orNull(words('Null of a record that is not listed yet.')),
  birthDate: orNull(words('FHIR date: YYYY, YYYY-MM or YYYY-MM-DD.')),
});

const said = orNull(
  answer({
    at: moment(),
    by: words('Subject of their access tokens.'),
    byName: orNull(words('As the register has it; null of whom it does not have.')),
    role: oneOfCodes(ROLES),
    organizationId: orNull(uuid()),
    reason: words(),
  }),
);

const merge = answer({
  id: uuid('The record that is merged away.'),
  record,
  into: record,
  state: oneOfCodes(MERGE_STATES, '`undone` also of what was only proposed.'),
  at: moment('When the last of these was said.'),
  proposed: said,
  merged: said,
  undone: said,
  allowedActions: many(oneOfCodes(['UndoMerge'])),
});

const t = conditionsOn<MergeRow>();

const told = (one: Said | null, { people: known }: Row) =>
  one && {
    at: one.at,
    by: one.by,
    byName: known?.[one.by] ?? null,
    role: one.role,
    organizationId: one.organization_id,
    reason: one.reason,
  };

const show = (row: Row, { by, desk }: Asking) => ({
  id: row.id,
  record: { id: row.id, name: row.name, birthDate: row.birth_date },
  into: { id: row.into_id, name: row.into_name, birthDate: row.into_birth_date },
  state: row.state,
  at: row.at,
  proposed: told(row.proposed, row),
  merged: told(row.merged, row),
  undone: told(row.undone, row),
  allowedActions:
    row.state === 'undone'
      ? []
      : desk.allowedActions(by, 'patient', partiesOfRecord(row, by), ['UndoMerge'] as const),
});

export interface MergesAsked {
  readonly patientId?: string;
  readonly state?: MergeState;
}

export const listMerges = listQuestion({
  name: 'listMerges',
  at: 'merges',
  tag: 'Patients',
  summary:
    'Records that were merged, or are to be, latest first: by whom and why, and what of it may be undone',
  resource: 'patient',
  deed: 'Match',
  scope: pairScopeOf(sql.ref('t.id'), sql.ref('t.into_id')),
  answer: merge,
  models: [mergeModel],
  from: tables<Tables>()
    .selectFrom('read.patient_merge as t')
    .leftJoin('read.patient as p', 'p.id', 't.id')
    .leftJoin('read.patient as q', 'q.id', 't.into_id')
    .selectAll('t')
    .select([
      'p.name',
      'p.birth_date',
      'q.name as into_name',
      'q.birth_date as into_birth_date',
      relationsTo(sql.ref('t.id')).as('relations'),
      people,
    ]),
  values: (query: MergesAsked) => query,
  where: {
    patientId: (patientId) => t.or([t('t.id', '=', patientId), t('t.into_id', '=', patientId)]),
    state: (state) => t('t.state', '=', state),
  },
  order: ['at', 'id'],
  direction: 'desc',
  patientOf: (row: Row) => [row.id, row.into_id],
  show,
});
