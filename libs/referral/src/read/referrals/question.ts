/** Referrals of one's own side, latest change first, and one in detail: whose move it is, how far the loop has come, what was said. */
import { deadlineModel, nextOf, type DeadlineRow } from '@fascia/deadline';
import { ofPerson } from '@fascia/directory';
import { answer } from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, oneQuestion, tables, type Asking, type Scope } from '@fascia/read-store';
import { sql } from 'kysely';
import type { Stage } from '../../contract/lifecycle.js';
import type { OrderContent } from '../../contract/order.js';
import { detail, summary } from './answer.js';
import { legalMoves, partiesOfRow } from './moves.js';
import { contentTold, newestSaid, type Said, type SaidRow } from './told.js';
import { referralModel } from './model.js';
import type { ReferralRow } from './row.js';
import { threadModel, type ThreadRow } from './thread.model.js';

interface Tables {
  readonly 'read.referral': ReferralRow;
  readonly 'read.referral_thread': ThreadRow;
  readonly 'read.deadline': DeadlineRow;
  readonly 'read.patient': { readonly id: string; readonly name: string; readonly birth_date: string };
  readonly 'read.organization': { readonly id: string; readonly name: string };
}

interface Named {
  readonly patient_name: string | null;
  readonly patient_birth_date: string | null;
  readonly recipient_name: string | null;
  readonly referrer_name: string | null;
  /** Null of an order none was set for. */
  readonly deadlines: DeadlineRow['deadlines'] | null;
  readonly next_due_at: DeadlineRow['next_due_at'];
}

export type Row = ReferralRow & Named;

const t = conditionsOn<ReferralRow>();

export const REFERRAL_SCOPE: Scope = {
  referrer: (organization) => t('t.referrer_organization_id', '=', organization),
  recipient: (organization) => t('t.recipient_organization_id', '=', organization),
  pool: (organization) => t(organization, '=', t.fn.any('t.pool_organization_ids')),
};

export const selected = tables<Tables>()
  .selectFrom('read.referral as t')
  .leftJoin('read.patient as p', 'p.id', 't.patient_id')
  .leftJoin('read.organization as ro', 'ro.id', 't.recipient_organization_id')
  .leftJoin('read.organization as fo', 'fo.id', 't.referrer_organization_id')
  .leftJoin('read.deadline as d', 'd.id', 't.id')
  .selectAll('t')
  .select([
    'p.name as patient_name',
    'p.birth_date as patient_birth_date',
    'ro.name as recipient_name',
    'fo.name as referrer_name',
    'd.deadlines',
    'd.next_due_at',
  ]);

const nextDueIn = ({ deadlines }: Row) => {
  const next = nextOf(deadlines ?? []);
  return next === undefined ? null : { what: next.name, at: next.dueAt, whose: next.side };
};

export const summaryOf = (row: Row, { by, desk }: Asking) => ({
  id: row.id,
  version: row.version,
  state: row.stage,
  open: row.open,
  whoseMove: row.whose_move,
  enteredStateAt: row.entered_stage_at,
  patient: { id: row.patient_id, name: row.patient_name, birthDate: row.patient_birth_date },
  referrer: {
    organizationId: row.referrer_organization_id,
    name: row.referrer_name,
    practitionerId: row.referrer_practitioner_id,
  },
  recipient:
    row.recipient_organization_id === null
      ? null
      : { organizationId: row.recipient_organization_id, name: row.recipient_name },
  priority: row.priority,
  sites: row.sites,
  diagnosisCodes: row.diagnosis_codes,
  payerProfile: row.payer_profile,
  validUntil: row.valid_until,
  nextDue: nextDueIn(row),
  leg: row.legs.length,
  loop: row.loop,
  allowedActions: desk.allowedActions(by, 'referral', partiesOfRow(row), legalMoves(row)),
});

/** Of the thread. */
export const entryOf = ({ id, at, by, by_name, role, kind, text, details }: SaidRow) => ({
  id,
  at,
  by,
  byName: by_name,
  role,
  kind,
  text,
  details,
});

/** Whoever reads how far it has come is told by whom. */
interface OneRow extends Row {
  /** Of the accounts in its loop, as far as the register has them. */
  readonly people: Readonly<Record<string, string>> | null;
}

const people = sql<OneRow['people']>`(select jsonb_object_agg(w.account, w.name) from read.practitioner w
  where w.account in (select station ->> 'by' from jsonb_each(t.loop) as reached(name, station)))`;

const loopTold = ({ loop, people: known }: OneRow) =>
  Object.fromEntries(
    Object.entries(loop).map(([name, station]) => [
      name,
      { ...station, byName: known?.[station.by] ?? null },
    ]),
  );

const detailOf = (row: OneRow, { thread, saidEarlier }: Said) => ({
  loop: loopTold(row),
  legs: row.legs.map(
    ({ no, kind, listing_ids, organization_ids, recipient, recipient_listing_id, ended }) => ({
      no,
      kind,
      listingIds: listing_ids,
      organizationIds: organization_ids,
      recipientOrganizationId: recipient,
      recipientListingId: recipient_listing_id,
      ended,
    }),
  ),
  booked: row.booked,
  missed: row.missed,
  proposal: row.proposal,
  revisionToAcknowledge: row.revision_to_acknowledge,
  holder: row.stage === 'OnHold' ? row.holder : null,
  deadlines: (row.deadlines ?? []).map(({ name, side, dueAt, missed }) => ({
    name,
    whose: side,
    dueAt,
    missed,
  })),
  outcome: row.outcome,
  thread: thread.map(entryOf),
  saidEarlier,
});

// What is asked

export interface ReferralsAsked {
  readonly patientId?: string;
  readonly state?: Stage;
  readonly open?: boolean;
  readonly move?: 'mine' | 'theirs';
  /** Moments: of the day that whoever asks has in mind. To the last clinic that it was sent to. */
  readonly sentFrom?: string;
  /** Not included. */
  readonly sentTo?: string;
  readonly priority?: NonNullable<OrderContent['priority']>;
  /** Something of it was due before now. */
  readonly late?: boolean;
  /** On either side. */
  readonly organizationId?: string;
  /** Who orders. */
  readonly practitionerId?: string;
}

interface Values extends Omit<ReferralsAsked, 'move' | 'late'> {
  readonly dueBefore: string | undefined;
  /** The organisation whose move it is, or is not; null for a caller of none. */
  readonly moved: string | null | undefined;
  readonly notMoved: string | null | undefined;
}

export const moverIs = (organization: unknown) =>
  sql<boolean>`(case ${t.ref('t.whose_move')} when 'referrer' then ${t.ref('t.referrer_organization_id')}
    when 'recipient' then ${t.ref('t.recipient_organization_id')} end) is not distinct from ${organization}`;

const sentAt = sql<string>`${t.ref('t.loop')} -> 'sent' ->> 'at'`;

const described = {
  tag: 'Referrals',
  resource: 'referral',
  scope: REFERRAL_SCOPE,
  from: selected,
  patientOf: (row: Row) => row.patient_id,
} as const;

export const listReferrals = listQuestion({
  ...described,
  name: 'listReferrals',
  at: 'referrals',
  summary: 'Referrals of your side, latest change first',
  models: [referralModel, threadModel, deadlineModel],
  answer: answer(summary),
  show: summaryOf,
  values: ({ move, late, ...asked }: ReferralsAsked, { by: { organizationId = null }, now }): Values => ({
    ...asked,
    dueBefore: late === true ? now : undefined,
    moved: move === 'mine' ? organizationId : undefined,
    notMoved: move === 'theirs' ? organizationId : undefined,
  }),
  where: {
    patientId: ofPerson,
    state: (stage) => t('t.stage', '=', stage),
    open: (open) => t('t.open', '=', open),
    sentFrom: (moment) => sql`${sentAt} >= ${moment}`,
    sentTo: (moment) => sql`${sentAt} < ${moment}`,
    dueBefore: (now) => sql`d.next_due_at < ${now}`,
    priority: (priority) => t('t.priority', '=', priority),
    organizationId: (organization) =>
      sql`${organization} in (${t.ref('t.referrer_organization_id')}, ${t.ref('t.recipient_organization_id')})`,
    practitionerId: (practitioner) => t('t.referrer_practitioner_id', '=', practitioner),
    moved: moverIs,
    notMoved: (organization) => t.not(moverIs(organization)),
  },
  order: ['entered_stage_at', 'id'],
  direction: 'desc',
});

export const getReferral = oneQuestion({
  ...described,
  name: 'getReferral',
  at: 'referrals/:id',
  summary: 'A referral with its loop and what was said last',
  from: selected.select(people.as('people')),
  answer: detail,
  show: async (row: OneRow, asking) => ({
    ...summaryOf(row, asking),
    content: contentTold(asking.by.role, row.content),
    earlier: row.earlier.map(({ content, until }) => ({
      content: contentTold(asking.by.role, content),
      until,
    })),
    ...detailOf(row, await newestSaid(asking.desk.rows, row.id)),
  }),
});
