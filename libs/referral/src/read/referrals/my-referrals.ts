/** Where all referrals of one's side stand (docs/domain/referral.md): what waits for oneself first, the longest first. */
import { answer, moment, oneOfCodes, orNull, ROLES, words } from '@fascia/kernel/contract';
import { callersOrganization, listQuestion, tables, type Asking } from '@fascia/read-store';
import { sql } from 'kysely';
import { summary } from './answer.js';
import { moverIs, REFERRAL_SCOPE, selected, summaryOf, type Row } from './question.js';
import { ENTRY_KINDS, type ThreadRow } from './thread.model.js';

interface Tables {
  readonly 'read.referral_thread': ThreadRow;
}

type Said = Pick<ThreadRow, 'at' | 'role' | 'kind' | 'text'>;

type MyRow = Row & { readonly turn: string; readonly said_last: Said | null };

/** What both sides said last. */
const saidLast = tables<Tables>()
  .selectFrom('read.referral_thread as s')
  .select(sql<Said>`json_build_object('at', s.at, 'role', s.role, 'kind', s.kind, 'text', s.text)`.as('said'))
  .where(sql<boolean>`s.referral_id = t.id`)
  .orderBy('s.ordinal', 'desc')
  .limit(1);

/** One's own move before that of others; among them what has waited longest. */
const mine = selected.select([
  sql<string>`case when ${moverIs(callersOrganization)} then '0' else '1' end || t.entered_stage_at`.as(
    'turn',
  ),
  sql<Said | null>`(${saidLast})`.as('said_last'),
]);

const saidIn = ({ said_last: said }: MyRow) =>
  said === null ? null : { at: said.at, role: said.role, kind: said.kind, text: said.text };

export interface MyReferralsAsked {
  readonly open?: boolean;
  readonly move?: 'mine' | 'theirs';
  /** What is due next of it was due before now. */
  readonly late?: boolean;
  readonly counted?: boolean;
}

interface Values {
  readonly open: boolean | undefined;
  readonly first: string | undefined;
  readonly dueBefore: string | undefined;
}

const TURNS = { mine: '0', theirs: '1' } as const;

export const listMyReferrals = listQuestion({
  name: 'listMyReferrals',
  at: 'referrals/mine',
  tag: 'Referrals',
  resource: 'referral',
  scope: REFERRAL_SCOPE,
  summary: 'Referrals of your side: what waits for you first, the longest first; with what was said last',
  from: tables<{ asked: MyRow }>().selectFrom(mine.as('t')).selectAll('t'),
  patientOf: (row: MyRow) => row.patient_id,
  answer: answer({
    ...summary,
    saidLast: orNull(
      answer({
        at: moment(),
        role: oneOfCodes(ROLES),
        kind: oneOfCodes(ENTRY_KINDS),
        text: orNull(words()),
      }),
    ),
  }),
  show: (row: MyRow, asking: Asking) => ({ ...summaryOf(row, asking), saidLast: saidIn(row) }),
  values: ({ move, open, late }: MyReferralsAsked, { now }: Asking): Values => ({
    open,
    first: move === undefined ? undefined : TURNS[move],
    dueBefore: late === true ? now : undefined,
  }),
  where: {
    // What is being written is not over: a delegate writes it, and a physician is to find it.
    open: (open) => sql<boolean>`(t.open or t.stage = 'Draft') = ${open}`,
    first: (first) => sql<boolean>`left(t.turn, 1) = ${first}`,
    dueBefore: (now) => sql<boolean>`t.next_due_at < ${now}`,
  },
  counts: {
    open: { open: true, move: undefined, late: undefined },
    mine: { open: true, move: 'mine', late: undefined },
    theirs: { open: true, move: 'theirs', late: undefined },
    late: { open: true, move: undefined, late: true },
    closed: { open: false, move: undefined, late: undefined },
  },
  order: ['turn', 'id'],
  direction: 'asc',
});
