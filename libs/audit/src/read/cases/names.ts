/** What people are called whom the log knows by their accounts. */
import type { Rows } from '@fascia/kernel';
import { compiled, oneOf, parameter, tables } from '@fascia/read-store';
import type { ReplayedEvent } from './replay.js';

const called = compiled(
  tables<{ 'read.practitioner': { readonly account: string; readonly name: string } }>()
    .selectFrom('read.practitioner')
    .select(['account', 'name'])
    .where('account', '=', oneOf(parameter<readonly string[]>('accounts'))),
);

/** @returns by account, of those that the register has */
export const namesOf = async (
  rows: Rows,
  events: readonly ReplayedEvent[],
): Promise<ReadonlyMap<string, string>> => {
  const accounts = [...new Set(events.map(({ event }) => event.actor.sub))];
  const found = await called.ask(rows, { accounts });
  return new Map(found.map(({ account, name }) => [account, name]));
};
