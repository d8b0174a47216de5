import type { Parties, Relation } from '@fascia/kernel';
import type { Scope } from '@fascia/read-store';

/**
 * For tables with a `patient_id`: the organisations that hold the patient's record, and those that a referral
 * (the rows of `read.referral`) makes referrer, recipient or pool. The same relations as the `CareTeam` port answers.
 */
export const CARE_TEAM_SCOPE: Scope = {
  home: 'exists (select 1 from read.patient h where h.id = t.patient_id and @org = any(h.home_organization_ids))',
  referrer:
    "exists (select 1 from read.referral r where r.patient_id = t.patient_id and r.legs <> '[]' and r.referrer_organization_id = @org)",
  recipient:
    'exists (select 1 from read.referral r where r.patient_id = t.patient_id and r.recipient_organization_id = @org)',
  pool: 'exists (select 1 from read.referral r where r.patient_id = t.patient_id and @org = any(r.pool_organization_ids))',
};

/** The same for the patients' own table. */
export const PATIENT_SCOPE: Scope = {
  home: '@org = any(t.home_organization_ids)',
  referrer: CARE_TEAM_SCOPE.referrer?.replaceAll('t.patient_id', 't.id') ?? 'false',
  recipient: CARE_TEAM_SCOPE.recipient?.replaceAll('t.patient_id', 't.id') ?? 'false',
  pool: CARE_TEAM_SCOPE.pool?.replaceAll('t.patient_id', 't.id') ?? 'false',
};

/** For a select beside the scope: which of these relations the caller's organisation has, so that rows offer only what it may do. */
export const CARE_TEAM_RELATIONS = `array_remove(array[${Object.entries(CARE_TEAM_SCOPE)
  .map(([relation, sql]) => `case when ${sql} then '${relation}' end`)
  .join(', ')}], null) as relations`;

export interface WithRelations {
  readonly relations: readonly Relation[];
}

export const partiesBy = ({ relations }: WithRelations, organizationId: string | undefined): Parties =>
  organizationId === undefined
    ? {}
    : Object.fromEntries(relations.map((relation) => [relation, [organizationId]]));
