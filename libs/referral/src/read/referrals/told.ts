/** What of an order is told to whom, and what was said about it. */
import type { Role } from '@fascia/kernel';
import { compiled, parameter, tables, type Compiled } from '@fascia/read-store';
import { toldTo } from '@fascia/safety';
import type { OrderContent } from '../../contract/order.js';
import type { ThreadRow } from './thread.model.js';

export const saidAbout: Compiled<ThreadRow> = compiled(
  tables<{ 'read.referral_thread': ThreadRow }>()
    .selectFrom('read.referral_thread as t')
    .selectAll()
    .where('t.referral_id', '=', parameter<string>('id'))
    .orderBy('t.ordinal'),
);

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
