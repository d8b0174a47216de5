/** Questions that guards ask about referrals. */
import type { CareTeam } from '@fascia/directory';
import type { Parties } from '@fascia/kernel';
import { compiled, parameter, tables } from '@fascia/read-store';
import type { Lookup } from '@fascia/write-door';
import { sql } from 'kysely';
import type { ReferralRow } from './referrals/row.js';

interface Tables {
  readonly 'read.referral': ReferralRow;
  readonly 'read.patient': { readonly id: string; readonly home_organization_ids: readonly string[] };
}

const db = tables<Tables>();
const patientId = parameter<string>('patientId');

const openReferrals = compiled(
  db
    .selectFrom('read.referral')
    .select(['id', 'sites'])
    .where('patient_id', '=', patientId)
    .where('service', '=', parameter<string>('service'))
    .where('open', '=', true),
);

/** The patient's open referrals for the same service. */
export const openReferralsOf = (
  patient: string,
  service: string,
): Lookup<readonly Pick<ReferralRow, 'id' | 'sites'>[]> => ({
  about: patient,
  run: (rows) => openReferrals.ask(rows, { patientId: patient, service }),
});

const patientOf = compiled(
  db.selectFrom('read.referral').select('patient_id').where('id', '=', parameter<string>('id')),
);

/** Whose a referral is. */
export const patientOfReferral = (id: string): Lookup<string | undefined> => ({
  run: async (rows) => (await patientOf.ask(rows, { id }))[0]?.patient_id,
});

const ofPatient = db.selectFrom('read.referral as r').where('r.patient_id', '=', patientId);

/** Drafts make nobody a party: only what was sent does. */
const parties = compiled(
  db.selectNoFrom([
    sql<
      readonly string[]
    >`coalesce(${db.selectFrom('read.patient').select('home_organization_ids').where('id', '=', patientId)}, '{}')`.as(
      'home',
    ),
    sql<readonly string[]>`array(${ofPatient
      .where('r.legs', '<>', sql<never>`'[]'`)
      .select('r.referrer_organization_id')
      .distinct()})`.as('referrer'),
    sql<readonly string[]>`array(${ofPatient
      .where('r.recipient_organization_id', 'is not', null)
      .select('r.recipient_organization_id')
      .distinct()})`.as('recipient'),
    sql<
      readonly string[]
    >`array(${ofPatient.select(sql<string>`unnest(r.pool_organization_ids)`.as('member')).distinct()})`.as(
      'pool',
    ),
  ]),
);

export const careTeamOf: CareTeam = (patient) => ({
  about: patient,
  run: async (rows): Promise<Parties> => {
    const [found] = await parties.ask(rows, { patientId: patient });
    return found ?? {};
  },
});
