/** Questions that guards ask about referrals. */
import type { CareTeam } from '@fascia/directory';
import type { Parties } from '@fascia/kernel';
import type { Lookup } from '@fascia/write-door';
import type { ReferralRow } from './referral.js';

/** The patient's open referrals for the same service. */
export const openReferralsOf = (
  patientId: string,
  service: string,
): Lookup<readonly Pick<ReferralRow, 'id' | 'sites'>[]> => ({
  about: patientId,
  run: (db) =>
    db.query<Pick<ReferralRow, 'id' | 'sites'>>(
      'select id, sites from read.referral where patient_id = $1 and service = $2 and open',
      [patientId, service],
    ),
});

interface PartyRow {
  readonly home: readonly string[];
  readonly referrer: readonly string[];
  readonly recipient: readonly string[];
  readonly pool: readonly string[];
}

/** Drafts make nobody a party: only what was sent does. */
const PARTIES = `
select coalesce((select home_organization_ids from read.patient where id = $1), '{}') as home,
  coalesce((select array_agg(distinct referrer_organization_id) from read.referral where patient_id = $1 and legs <> '[]'), '{}') as referrer,
  coalesce((select array_agg(distinct recipient_organization_id) from read.referral
    where patient_id = $1 and recipient_organization_id is not null), '{}') as recipient,
  coalesce((select array_agg(distinct member) from read.referral, unnest(pool_organization_ids) member where patient_id = $1), '{}') as pool`;

export const careTeamOf: CareTeam = (patientId) => ({
  about: patientId,
  run: async (db): Promise<Parties> => {
    const [row] = await db.query<PartyRow>(PARTIES, [patientId]);
    return row ?? {};
  },
});
