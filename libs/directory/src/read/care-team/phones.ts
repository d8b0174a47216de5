/** Whom to phone about a patient: the organisations of the care team, with the numbers that they registered. */
import { callersOrganization, tables } from '@fascia/read-store';
import { sql } from 'kysely';
import type { OrganizationRow } from '../organizations/model.js';
import type { CareRelation, PartyRow } from './model.js';

interface Tables {
  readonly 'read.care_team': PartyRow;
  readonly 'read.organization': OrganizationRow;
}

export interface WithPhones {
  readonly phones: readonly {
    readonly relation: CareRelation;
    readonly organizationId: string;
    readonly name: string;
    readonly numbers: readonly string[];
  }[];
  /** Of the organisation of whoever asks: they dial. */
  readonly country: string | null;
}

/** A pool has nobody who knows the patient; whoever asks needs not phone themselves. */
const others = tables<Tables>()
  .selectFrom('read.care_team as c')
  .innerJoin('read.organization as o', 'o.id', 'c.organization_id')
  .where('c.patient_id', '=', sql.ref<string>('t.patient_id'))
  .where('c.until', 'is', null)
  .where('c.relation', '<>', sql.lit('pool'))
  .where(({ eb }) => eb(sql`coalesce(${callersOrganization}::text, '')`, '<>', eb.ref('c.organization_id')))
  .select(
    sql<WithPhones['phones']>`coalesce(
      jsonb_agg(
        distinct jsonb_build_object(
          'relation', c.relation, 'organizationId', o.id, 'name', o.name, 'numbers', to_jsonb(o.phones)
        )
      ),
      '[]'
    )`.as('phones'),
  );

const own = tables<Tables>()
  .selectFrom('read.organization as o')
  .where('o.id', '=', callersOrganization)
  .select('o.country');

/** For a select over a table with a `patient_id`. */
export const CARE_TEAM_PHONES = [
  sql<WithPhones['phones']>`(${others})`.as('phones'),
  sql<WithPhones['country']>`(${own})`.as('country'),
] as const;
