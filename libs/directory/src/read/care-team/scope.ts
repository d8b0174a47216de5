/**
 * What organisations are to a patient, for lists: the same relations as `careTeamOfAll` answers to guards. What one is to any record
 * of a person, it is to the person.
 */
import type { Actor, Parties, Relation } from '@fascia/kernel';
import { callersOrganization, oneOf, tables, type Condition, type Scope } from '@fascia/read-store';
import { expressionBuilder, sql, type Expression } from 'kysely';
import { isOneOfSeveral, recordsOf } from '../patients/person.js';
import { CARE_RELATIONS, type CareRelation, type PartyRow } from './model.js';

interface Tables {
  readonly 'read.care_team': PartyRow;
}

const all = expressionBuilder<Tables, never>();

/** The parties of today. */
const partiesOf = (organization: Expression<string>) =>
  tables<Tables>()
    .selectFrom('read.care_team as c')
    .where('c.organization_id', '=', organization)
    .where('c.until', 'is', null);

const toRecord = (patientId: Expression<string>, organization: Expression<string>) =>
  partiesOf(organization).where('c.patient_id', '=', patientId);

/** To any record of the person, where there are several. */
const toPerson = (patientId: Expression<string>, organization: Expression<string>) =>
  partiesOf(organization)
    .where(isOneOfSeveral(patientId))
    .where('c.patient_id', '=', oneOf(recordsOf(patientId)));

/** @param patientId the column of a record's id */
export const careTeamScopeOf = (patientId: Expression<string>): Scope => {
  const holds =
    (relation: CareRelation) =>
    (organization: Expression<string>): Condition => {
      const [direct, through] = [toRecord, toPerson].map((parties) =>
        all.exists(
          parties(patientId, organization)
            .where('c.relation', '=', sql.lit(relation))
            .select(sql.lit(1).as('one')),
        ),
      );
      return sql`(${direct} or (${isOneOfSeveral(patientId)} and ${through}))`;
    };
  return Object.fromEntries(CARE_RELATIONS.map((relation) => [relation, holds(relation)]));
};

const ITS_PATIENT: Expression<string> = sql.ref('t.patient_id');

/** For tables with a `patient_id`. */
export const CARE_TEAM_SCOPE: Scope = careTeamScopeOf(ITS_PATIENT);

/** The same for the patients' own table. */
export const PATIENT_SCOPE: Scope = careTeamScopeOf(sql.ref('t.id'));

/**
 * For rows that are of two people's records: home to one of the two, and something to the other. What is said of both is not told to who
 * may know of one half alone.
 */
export const pairScopeOf = (one: Expression<string>, other: Expression<string>): Scope => {
  const [ofOne, ofOther] = [careTeamScopeOf(one), careTeamScopeOf(other)];
  const isHomeAndKnows = (organization: Expression<string>): Condition => {
    const [oneHome, otherHome] = [ofOne, ofOther].map((scope) => scope.home?.(organization));
    const [oneSent, otherSent] = [ofOne, ofOther].map((scope) => scope.referrer?.(organization));
    return sql`((${oneHome} and (${otherHome} or ${otherSent})) or (${otherHome} and ${oneSent}))`;
  };
  return { home: isHomeAndKnows, network: () => sql<boolean>`true` };
};

export interface WithRelations {
  readonly relations: readonly Relation[];
}

/** For a select beside the scope: which of these relations the caller's organisation has, so that rows offer only what it may do. */
export const relationsTo = (patientId: Expression<string>) =>
  sql<WithRelations['relations']>`array(${toRecord(patientId, callersOrganization)
    .select('c.relation')
    .union(toPerson(patientId, callersOrganization).select('c.relation'))})`;

/** To the patient of a row. */
export const CARE_TEAM_RELATIONS = relationsTo(ITS_PATIENT).as('relations');

/** The same for the patients' own table. */
export const PATIENT_RELATIONS = relationsTo(sql.ref('t.id')).as('relations');

export const partiesBy = ({ relations }: WithRelations, organizationId: string | undefined): Parties =>
  organizationId === undefined
    ? {}
    : Object.fromEntries(relations.map((relation) => [relation, [organizationId]]));

/** As the door of a patient's record counts them: whoever belongs to no organisation looks after the network's records. */
export const partiesOfRecord = (of: WithRelations, { organizationId, sub }: Actor): Parties => ({
  ...partiesBy(of, organizationId),
  ...(organizationId === undefined ? { network: [sub] } : {}),
});
