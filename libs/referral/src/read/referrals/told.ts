/** What of an order is told to whom, and what was said about it. */
import type { Role, Rows } from '@fascia/kernel';
import { compiled, parameter, tables, type Compiled } from '@fascia/read-store';
import { toldTo } from '@fascia/safety';
import type { OrderContent } from '../../contract/order.js';
import type { ThreadRow } from './thread.model.js';

/** A history has no end, and whoever opens it reads what is new. */
export const NEWEST = 50;

interface Tables {
  readonly 'read.referral_thread': ThreadRow;
  readonly 'read.practitioner': { readonly account: string | null; readonly name: string };
}

export interface SaidRow extends ThreadRow {
  /** Of whoever said it, as the register has it. */
  readonly by_name: string | null;
}

const saidAbout = tables<Tables>()
  .selectFrom('read.referral_thread as t')
  .leftJoin('read.practitioner as w', 'w.account', 't.by')
  .selectAll('t')
  .select('w.name as by_name')
  .where('t.referral_id', '=', parameter<string>('id'))
  .orderBy('t.ordinal', 'desc');

/** One more than is shown, so that it is known whether there are more. */
const newest: Compiled<SaidRow> = compiled(saidAbout.limit(NEWEST + 1));

const asked: Compiled<SaidRow> = compiled(saidAbout.where('t.kind', 'in', ['questions', 'answers']).limit(1));

export interface Said {
  /** Oldest first: what is new, and what was asked and waits for its answer, however long ago. */
  readonly thread: readonly SaidRow[];
  readonly saidEarlier: boolean;
}

export const newestSaid = async (rows: Rows, id: string): Promise<Said> => {
  const [said, [last]] = await Promise.all([newest.ask(rows, { id }), asked.ask(rows, { id })]);
  const thread = said.slice(0, NEWEST).toReversed();
  const waits = last?.kind === 'questions' && !thread.some((entry) => entry.id === last.id);
  return { thread: waits ? [last, ...thread] : thread, saidEarlier: said.length > NEWEST };
};

/** As it was sent, but for answers that are told to those who treat alone: an older release took them into orders. */
export const contentTold = (role: Role, content: OrderContent): OrderContent => {
  const { screening } = content;
  if (screening === undefined) return content;
  const told = toldTo(
    role,
    screening.map(({ flagId }) => flagId),
  );
  return { ...content, screening: screening.filter(({ flagId }) => told.includes(flagId)) };
};
