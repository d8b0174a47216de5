/**
 * What organisations are to a patient, for lists: the same relations as `careTeamOfAll` answers to guards. What one is to any record
 * of a person, it is to the person.
 */
import type { Parties, Relation } from '@fascia/kernel';
import { callersOrganization, oneOf, tables, type Condition, type Scope } from '@fascia/read-store';
import { expressionBuilder, sql, type Expression } from 'kysely';
import { recordsOf } from '../patients/person.js';
import { CARE_RELATIONS, type CareRelation, type PartyRow } from './model.js';

interface Tables {
  readonly 'read.care_team': PartyRow;
}

const all = expressionBuilder<Tables, never>();

/** The parties of today. */
const partiesTo = (patientId: Expression<string>, organization: Expression<string>) =>
  tables<Tables>()
    .selectFrom('read.care_team as c')
    .where('c.patient_id', '=', oneOf(recordsOf(patientId)))
    .where('c.organization_id', '=', organization)
    .where('c.until', 'is', null);

const scopeOf = (patientId: Expression<string>): Scope => {
  const holds =
    (relation: CareRelation) =>
    (organization: Expression<string>): Condition =>
      all.exists(
        partiesTo(patientId, organization)
          .where('c.relation', '=', sql.lit(relation))
          .select(sql.lit(1).as('one')),
      );
  return Object.fromEntries(CARE_RELATIONS.map((relation) => [relation, holds(relation)]));
};

/** For tables with a `patient_id`. */
export const CARE_TEAM_SCOPE: Scope = scopeOf(sql.ref('t.patient_id'));

/** The same for the patients' own table. */
export const PATIENT_SCOPE: Scope = scopeOf(sql.ref('t.id'));

export interface WithRelations {
  readonly relations: readonly Relation[];
}

/** For a select beside the scope: which of these relations the caller's organisation has, so that rows offer only what it may do. */
export const CARE_TEAM_RELATIONS = sql<
  WithRelations['relations']
>`array(${partiesTo(sql.ref('t.patient_id'), callersOrganization).select('c.relation').distinct()})`.as(
  'relations',
);

export const partiesBy = ({ relations }: WithRelations, organizationId: string | undefined): Parties =>
  organizationId === undefined
    ? {}
    : Object.fromEntries(relations.map((relation) => [relation, [organizationId]]));
