/** What organisations are to a patient, for lists: the same relations as the `CareTeam` port answers. */
import type { Parties, Relation } from '@fascia/kernel';
import { callersOrganization, conditionsOn, tables, type Scope } from '@fascia/read-store';
import { expressionBuilder, sql, type Expression } from 'kysely';

interface Tables {
  readonly 'read.patient': { readonly id: string; readonly home_organization_ids: readonly string[] };
  readonly 'read.referral': {
    readonly patient_id: string;
    readonly legs: unknown;
    readonly referrer_organization_id: string;
    readonly recipient_organization_id: string | null;
    readonly pool_organization_ids: readonly string[];
  };
}

const all = expressionBuilder<Tables, never>();

/** The organisations that a referral (the rows of `read.referral`) makes referrer, recipient or pool; a draft makes nobody so. */
const byReferrals = (patientId: Expression<string>): Scope => {
  const referral = tables<Tables>()
    .selectFrom('read.referral as r')
    .select(sql.lit(1).as('one'))
    .where('r.patient_id', '=', patientId);
  return {
    referrer: (organization) =>
      all.exists(
        referral.where('r.legs', '<>', sql`'[]'`).where('r.referrer_organization_id', '=', organization),
      ),
    recipient: (organization) => all.exists(referral.where('r.recipient_organization_id', '=', organization)),
    pool: (organization) =>
      all.exists(referral.where(({ eb, fn }) => eb(organization, '=', fn.any('r.pool_organization_ids')))),
  };
};

const ofPatient = sql.ref<string>('t.patient_id');

/** For tables with a `patient_id`: also the organisations that hold the patient's record. */
export const CARE_TEAM_SCOPE: Scope = {
  home: (organization) =>
    all.exists(
      tables<Tables>()
        .selectFrom('read.patient as h')
        .select(sql.lit(1).as('one'))
        .where('h.id', '=', ofPatient)
        .where(({ eb, fn }) => eb(organization, '=', fn.any('h.home_organization_ids'))),
    ),
  ...byReferrals(ofPatient),
};

const t = conditionsOn<Tables['read.patient']>();

/** The same for the patients' own table. */
export const PATIENT_SCOPE: Scope = {
  home: (organization) => t(organization, '=', t.fn.any('t.home_organization_ids')),
  ...byReferrals(sql.ref('t.id')),
};

export interface WithRelations {
  readonly relations: readonly Relation[];
}

const whereHeld = Object.entries(CARE_TEAM_SCOPE).map(
  ([relation, holds]) => sql`case when ${holds(callersOrganization)} then ${sql.lit(relation)} end`,
);

/** For a select beside the scope: which of these relations the caller's organisation has, so that rows offer only what it may do. */
export const CARE_TEAM_RELATIONS = sql<
  WithRelations['relations']
>`array_remove(array[${sql.join(whereHeld)}], null)`.as('relations');

export const partiesBy = ({ relations }: WithRelations, organizationId: string | undefined): Parties =>
  organizationId === undefined
    ? {}
    : Object.fromEntries(relations.map((relation) => [relation, [organizationId]]));
