/** Patients of one's own organisation, and those referred to it, by name. */
import { answer, integer, many, oneOfCodes, orNull, uuid, words, yesOrNo } from '@fascia/kernel/contract';
import { conditionsOn, keyBeginning, listQuestion, oneQuestion, tables } from '@fascia/read-store';
import { sql } from 'kysely';
import { SEXES_AT_BIRTH } from '../../contract/events.js';
import { PATIENT_SCOPE } from '../care-team/scope.js';
import { patientModel, type PatientRow } from './model.js';
import { survivorOf } from './person.js';

const t = conditionsOn<PatientRow>();

interface Shown extends PatientRow {
  /** The end of the chain, of one that was merged away. */
  readonly survivor: string | null;
}

const patient = answer({
  id: uuid(),
  version: integer(),
  name: words(),
  birthDate: words('FHIR date: YYYY, YYYY-MM or YYYY-MM-DD.'),
  sexAtBirth: oneOfCodes(SEXES_AT_BIRTH),
  language: orNull(words()),
  homeOrganizationIds: many(uuid()),
  mergedInto: orNull(uuid('The record that stands for the person now, when this one was merged away.')),
  deceased: yesOrNo(),
  deceasedOn: orNull(words('FHIR date, as far as it is known.')),
});

const survivor = sql<
  Shown['survivor']
>`case when ${sql.ref('t.merged_into')} is not null then ${survivorOf(sql.ref('t.id'))} end`.as('survivor');

const described = {
  tag: 'Patients',
  resource: 'patient',
  scope: PATIENT_SCOPE,
  answer: patient,
  from: tables<{ 'read.patient': PatientRow }>()
    .selectFrom('read.patient as t')
    .selectAll('t')
    .select(survivor),
  patientOf: (row: Shown) => row.id,
  show: (row: Shown) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    birthDate: row.birth_date,
    sexAtBirth: row.sex_at_birth,
    language: row.language,
    homeOrganizationIds: row.home_organization_ids,
    mergedInto: row.survivor,
    deceased: row.deceased,
    deceasedOn: row.deceased_on,
  }),
} as const;

export interface PatientsAsked {
  readonly name?: string;
}

export const listPatients = listQuestion({
  ...described,
  name: 'listPatients',
  at: 'patients',
  summary: 'Patients of your organisation, and those referred to it, by name',
  models: [patientModel],
  values: ({ name }: PatientsAsked) => ({ beginning: keyBeginning(name) }),
  where: { beginning: (pattern) => t('t.sort_key', 'like', pattern) },
  order: ['sort_key', 'id'],
  direction: 'asc',
});

export const getPatient = oneQuestion({
  ...described,
  name: 'getPatient',
  at: 'patients/:id',
  summary: 'A patient',
});
