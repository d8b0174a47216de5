/** Questions that guards ask about referrals. */
import { compiled, parameter, tables } from '@fascia/read-store';
import type { Lookup } from '@fascia/write-door';
import type { ReferralRow } from './referrals/row.js';

interface Tables {
  readonly 'read.referral': ReferralRow;
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

const allOpen = compiled(
  db.selectFrom('read.referral').select('id').where('patient_id', '=', patientId).where('open', '=', true),
);

/** Ids of a record's referrals that are open, whatever the service. */
export const referralsUnderWayOf = (patient: string): Lookup<readonly string[]> => ({
  about: patient,
  run: async (rows) => (await allOpen.ask(rows, { patientId: patient })).map(({ id }) => id),
});
