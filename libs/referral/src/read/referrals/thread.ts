/** All that both sides said about a referral, part by part, latest first. */
import { conditionsOn, listQuestion, rowQuestion, tables } from '@fascia/read-store';
import { sql } from 'kysely';
import { entry } from './answer.js';
import { entryOf, REFERRAL_SCOPE } from './question.js';
import type { ReferralRow } from './row.js';
import type { ThreadRow } from './thread.model.js';
import type { SaidRow } from './told.js';

interface Tables {
  readonly 'read.referral': ReferralRow;
  readonly 'read.referral_thread': ThreadRow;
  readonly 'read.practitioner': { readonly account: string | null; readonly name: string };
}

/** Whose it is follows from the referral as it stands. */
type Row = SaidRow &
  Pick<ReferralRow, 'referrer_organization_id' | 'recipient_organization_id' | 'pool_organization_ids'> & {
    readonly place: string;
  };

const t = conditionsOn<Row>();

const DIGITS = 10;

const said = tables<Tables>()
  .selectFrom('read.referral_thread as s')
  .innerJoin('read.referral as r', 'r.id', 's.referral_id')
  .leftJoin('read.practitioner as w', 'w.account', 's.by')
  .selectAll('s')
  .select([
    'w.name as by_name',
    'r.referrer_organization_id',
    'r.recipient_organization_id',
    'r.pool_organization_ids',
    sql<string>`lpad(s.ordinal::text, ${sql.lit(DIGITS)}, '0')`.as('place'),
  ]);

const referralSeen = rowQuestion({
  resource: 'referral',
  scope: REFERRAL_SCOPE,
  from: tables<Tables>().selectFrom('read.referral as t').select(['t.id', 't.patient_id']),
  patientOf: (row: Pick<ReferralRow, 'id' | 'patient_id'>) => row.patient_id,
});

export interface ThreadAsked {
  /** The referral. */
  readonly id: string;
}

export const listThread = listQuestion({
  name: 'listThread',
  at: 'referrals/:id/thread',
  tag: 'Referrals',
  resource: 'referral',
  scope: REFERRAL_SCOPE,
  summary: 'What both sides said about a referral, latest first',
  answer: entry,
  from: tables<{ asked: Row }>().selectFrom(said.as('t')).selectAll('t'),
  values: (asked: ThreadAsked) => asked,
  where: { id: (id) => t('t.referral_id', '=', id) },
  order: ['place', 'id'],
  direction: 'desc',
  about: async (desk, by, { id }) => (await referralSeen(desk, by, id)) !== undefined,
  patientOf: (row: Row) => row.patient_id,
  show: (row: Row) => entryOf(row),
});
