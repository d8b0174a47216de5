/** Patients of one's own organisation, and those referred to it: by name in the address, by whatever is known of them in a body. */
import {
  answer,
  body,
  integer,
  line,
  many,
  oneOfCodes,
  orNull,
  uuid,
  words,
  yesOrNo,
} from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, oneQuestion, tables } from '@fascia/read-store';
import { sql } from 'kysely';
import { SEXES_AT_BIRTH } from '../../contract/events.js';
import { isOutOfUse, replacementIn } from '../../contract/sources.js';
import { PATIENT_RELATIONS, PATIENT_SCOPE, type WithRelations } from '../care-team/scope.js';
import { askedUnder, contact, contactOf, mayCall, type WithContact } from './contact.js';
import { dialled, fitsPatient, hasPhone, PATIENT_SOUGHT, soughtAs, type PatientSought } from './finding.js';
import { patientModel, type PatientRow } from './model.js';
import { unassignedOn } from '../unassigned/question.js';
import { survivorOf } from './person.js';

const t = conditionsOn<PatientRow>();

interface Shown extends PatientRow {
  /** The end of the chain, of one that was merged away. */
  readonly survivor: string | null;
}

const shown = {
  id: uuid(),
  version: integer(),
  name: words(),
  birthDate: words('FHIR date: YYYY, YYYY-MM or YYYY-MM-DD.'),
  sexAtBirth: oneOfCodes(SEXES_AT_BIRTH),
  language: orNull(words()),
  homeOrganizationIds: many(uuid()),
  mergedInto: orNull(uuid('The record that stands for the person now, when this one was merged away.')),
  outOfUse: yesOrNo('Every source of the record calls it inactive or replaced.'),
  replacedById: orNull(uuid('The record that its source uses instead.')),
  deceased: yesOrNo(),
  deceasedOn: orNull(words('FHIR date, as far as it is known.')),
};

interface Called extends Shown, WithContact, WithRelations {
  readonly unassigned: string;
}

const survivor = sql<
  Shown['survivor']
>`case when ${sql.ref('t.merged_into')} is not null then ${survivorOf(sql.ref('t.id'))} end`.as('survivor');

const described = {
  tag: 'Patients',
  resource: 'patient',
  scope: PATIENT_SCOPE,
  from: tables<{ 'read.patient': PatientRow }>()
    .selectFrom('read.patient as t')
    .selectAll('t')
    .select(survivor),
  patientOf: (row: Shown) => row.id,
} as const;

const show = (row: Shown) => ({
  id: row.id,
  version: row.version,
  name: row.name,
  birthDate: row.birth_date,
  sexAtBirth: row.sex_at_birth,
  language: row.language,
  homeOrganizationIds: row.home_organization_ids,
  mergedInto: row.survivor,
  outOfUse: isOutOfUse(Object.values(row.sources)),
  replacedById: replacementIn(Object.values(row.sources)) ?? null,
  deceased: row.deceased,
  deceasedOn: row.deceased_on,
});

const SEARCH = body({
  ...PATIENT_SOUGHT,
  phone: line(40, 'However it is written, with its country or without.', /^(?:\D*\d){4,}\D*$/).optional(),
});

export interface PatientsAsked extends PatientSought {
  readonly phone?: string;
}

export const listPatients = listQuestion({
  ...described,
  name: 'listPatients',
  at: 'patients',
  summary: 'Patients of your organisation, and those referred to it, by name',
  models: [patientModel],
  answer: answer(shown),
  show,
  search: SEARCH,
  values: ({ phone, ...sought }: PatientsAsked) => ({
    ...soughtAs(sought),
    phone: phone === undefined ? undefined : dialled(phone),
  }),
  where: {
    ...fitsPatient('t'),
    phone: (digits) => hasPhone(t.ref('t.phones'), digits),
  },
  order: ['sort_key', 'id'],
  direction: 'asc',
});

export const getPatient = oneQuestion({
  ...described,
  name: 'getPatient',
  at: 'patients/:id',
  summary: 'A patient, and for those who treat or refer them how they are reached',
  from: described.from.select([PATIENT_RELATIONS, askedUnder(sql.ref('t.id')), unassignedOn]),
  answer: answer({
    ...shown,
    contact: orNull(contact),
    unassigned: integer(
      'Facts of a time when records were one, of which nobody has said yet whose they are.',
    ),
  }),
  show: (row: Called) => ({
    ...show(row),
    contact: mayCall(row) ? contactOf(row) : null,
    unassigned: Number(row.unassigned),
  }),
});
