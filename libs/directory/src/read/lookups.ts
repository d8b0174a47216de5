/** Questions that other contexts' guards ask about the directory. */
import type { Parties } from '@fascia/kernel';
import { compiled, oneOf, parameter, tables } from '@fascia/read-store';
import { sql } from 'kysely';
import type { Lookup } from '@fascia/write-door';
import { CARE_RELATIONS, type PartyRow } from './care-team/model.js';
import type { ConsentRow } from './consent.js';
import type { PatientEvent } from '../contract/events.js';
import { numbered } from './patients/finding.js';
import type { TimelineRow } from './patient-timeline/model.js';
import type { PatientRow } from './patients/model.js';
import { FACT_CATEGORIES, type FactCategory, type UnassignedFact } from '../contract/facts.js';

const today = parameter<string>('today');

const inForce = compiled(
  tables<{ 'read.consent': ConsentRow }>()
    .selectFrom('read.consent')
    .selectAll()
    .where('patient_id', '=', parameter<string>('patientId'))
    .where((of) =>
      of.or([
        of('kind', '<>', 'granted'),
        of.and([
          of('valid_from', '<=', today),
          of.or([of('valid_to', 'is', null), of('valid_to', '>=', today)]),
        ]),
      ]),
    ),
);

/**
 * Consents of a patient that are in force on a day, restrictions and withdrawals: what forbids sharing acts from its moment on,
 * whatever day it is where somebody asks.
 */
export const consentsOf = (patientId: string, day: string): Lookup<readonly ConsentRow[]> => ({
  about: patientId,
  run: (rows) => inForce.ask(rows, { patientId, today: day }),
});

const parties = compiled(
  tables<{ 'read.care_team': PartyRow }>()
    .selectFrom('read.care_team')
    .select(['relation', 'organization_id'])
    .distinct()
    .where('patient_id', '=', parameter<string>('patientId'))
    .where('until', 'is', null),
);

const withNumber = compiled(
  tables<{ 'read.patient': PatientRow }>()
    .selectFrom('read.patient')
    .select(['id', 'merged_into'])
    .where('home_organization_ids', '@>', sql<string[]>`array[${parameter<string>('organizationId')}]`)
    .where('numbers', '&&', sql<string[]>`${parameter<readonly string[]>('numbers')}::text[]`)
    .orderBy('id')
    .limit(10),
);

/** Records of an organisation that have one of these identifiers; of one that was merged, the one that it was merged into. */
export const patientsNumbered = (
  organizationId: string,
  identifiers: readonly { readonly system: string; readonly value: string }[],
): Lookup<readonly string[]> => ({
  run: async (rows) => {
    const found = await withNumber.ask(rows, { organizationId, numbers: identifiers.map(numbered) });
    return [...new Set(found.map((row) => row.merged_into ?? row.id))];
  },
});

/** Who is what to a patient: the organisations that hold the record (`home`), and those that care goes through. */
export const careTeamOf = (patientId: string): Lookup<Parties> => ({
  about: patientId,
  run: async (rows) => {
    const held = await parties.ask(rows, { patientId });
    return Object.fromEntries(
      CARE_RELATIONS.map((relation) => [
        relation,
        held.filter((row) => row.relation === relation).map((row) => row.organization_id),
      ]),
    );
  },
});

/** What changes a record itself; what says of it only how it stands to others does not. */
const CHANGES: readonly PatientEvent['type'][] = [
  'PatientDemographicsCorrected',
  'PatientContactCorrected',
  'PatientLanguageCorrected',
  'PatientContactPreferencesRecorded',
  'PatientIdentifierLinked',
];

const since = parameter<string>('since');

/** What was found to be of somebody else goes on there. */
const GONE = ['RedFlagMoved', 'DiagnosisMoved', 'ConsentMoved'];

const begunSince = compiled(
  tables<{ 'read.patient_timeline': TimelineRow }>()
    .selectFrom('read.patient_timeline')
    .select(['category', 'subject_id'])
    .where('patient_id', '=', parameter<string>('patientId'))
    .where((of) =>
      of.or([
        of('category', '<>', 'patient'),
        of('type', '=', oneOf(parameter<readonly string[]>('changes'))),
      ]),
    )
    .groupBy(['category', 'subject_id'])
    .having((of) =>
      of.or([
        of(of.fn.min('recorded_at'), '>=', since),
        // The record itself was there before.
        of.and([of('category', '=', 'patient'), of(of.fn.max('recorded_at'), '>=', since)]),
      ]),
    )
    .having(sql<boolean>`not bool_or(${sql.ref('type')} = ${oneOf(parameter<readonly string[]>('gone'))})`)
    .orderBy('category')
    .orderBy('subject_id'),
);

const isFact = (category: string): category is FactCategory =>
  FACT_CATEGORIES.some((one) => one === category);

/** What was first recorded on a record since a time, and the record itself when it was changed. */
export const recordedSince = (patientId: string, since: string): Lookup<readonly UnassignedFact[]> => ({
  about: patientId,
  run: async (rows) => {
    const found = await begunSince.ask(rows, { patientId, since, changes: CHANGES, gone: GONE });
    return found.flatMap(({ category, subject_id: id }) =>
      isFact(category) ? [{ category, id, patientId }] : [],
    );
  },
});
