/** Rooms of a bank, and who may enter: lists over accounts, for specs of who is told what of them. */
import { sql } from 'kysely';
import { idOf, type AccessPolicy, type Actor, type Relation, type Role } from '@fascia/kernel';
import { answer, words } from '@fascia/kernel/contract';
import type { AccountEvent } from '@fascia/testkit';
import { INDIGESTIBLE } from './projection-host.spec-data.js';
import type { PlaceInSlice } from './changed-rows.js';
import type { LiveLists, Watcher } from './live-lists.js';
import { listQuestion } from './question.js';
import { groupModel, readModel } from './read-model.js';
import type { Scope } from './scope.js';
import { conditionsOn, tables } from './sql.js';

interface RoomRow {
  readonly id: string;
  /** Takes the alias for its organisation from then on. */
  readonly organization_id: string;
  readonly balance: number;
}

/** One stands alone: it belongs to whoever opened the account, and to whose alias it bears after that. */
export const roomModel = (mended: () => boolean = () => true) =>
  readModel<RoomRow, AccountEvent>({
    name: 'room',
    version: 1,
    columns: { id: 'text', organization_id: 'text', balance: 'integer' },
    indexes: [],
    takes: ['AccountOpened', 'AliasTaken', 'MoneyPaidIn', 'AccountClosed'],
    rowsOf: ({ stream }) => [idOf(stream)],
    fold: (row, event, id) => {
      if (event.type === 'AccountOpened')
        return { id, organization_id: event.data.organizationId, balance: 0 };
      if (row === undefined || event.type === 'AccountClosed') return undefined;
      if (event.type === 'AliasTaken') return { ...row, organization_id: event.data.alias };
      if (event.type !== 'MoneyPaidIn') return row;
      if (event.data.amount === INDIGESTIBLE && !mended()) throw new TypeError('cannot take it');
      return { ...row, balance: row.balance + event.data.amount };
    },
  });

interface PartyRow {
  readonly id: string;
  readonly organization_id: string;
  readonly account_id: string;
}

/** Who is something to an account: whoever opened it, and everybody whose alias it ever bore. */
export const partyModel = groupModel<PartyRow, AccountEvent>({
  name: 'party',
  version: 1,
  columns: { id: 'text', organization_id: 'text', account_id: 'text' },
  indexes: [],
  takes: ['AccountOpened', 'AliasTaken'],
  group: 'account_id',
  groupsOf: ({ stream }) => [idOf(stream)],
  foldGroup: (rows, event, account) => {
    const organization =
      event.type === 'AccountOpened'
        ? event.data.organizationId
        : event.type === 'AliasTaken'
          ? event.data.alias
          : '';
    return [...rows, { id: event.id, organization_id: organization, account_id: account }];
  },
});

interface PaymentRow {
  readonly id: string;
  readonly patient_id: string;
}

/** Of an account all of whose parties see them; an amount takes one back by its negative. */
export const paymentModel = groupModel<PaymentRow & { readonly amount: number }, AccountEvent>({
  name: 'payment',
  version: 1,
  columns: { id: 'text', patient_id: 'text', amount: 'integer' },
  indexes: [],
  takes: ['MoneyPaidIn', 'AccountClosed'],
  group: 'patient_id',
  groupsOf: ({ stream }) => [idOf(stream)],
  foldGroup: (rows, event, account) => {
    if (event.type !== 'MoneyPaidIn') return [];
    return [...rows, { id: event.id, patient_id: account, amount: event.data.amount }];
  },
});

const t = conditionsOn<RoomRow>();

const partyTo =
  (column: string): NonNullable<Scope[Relation]> =>
  (organization) =>
    sql<boolean>`exists (select 1 from ${sql.table('read.party')} as c
      where c.account_id = ${sql.ref(`t.${column}`)} and c.organization_id = ${organization})`;

const described = {
  tag: 'Bank',
  summary: 'A list',
  answer: answer({ id: words() }),
  where: {},
  order: ['id', 'id'],
  direction: 'asc',
  patientOf: () => null,
  show: ({ id }: { readonly id: string }) => ({ id }),
} as const;

export const QUESTIONS = [
  listQuestion({
    ...described,
    name: 'listRooms',
    at: 'rooms',
    resource: 'task',
    scope: { owner: (organization) => t('t.organization_id', '=', organization) },
    models: [roomModel()],
    from: tables<{ 'read.room': RoomRow }>().selectFrom('read.room as t').selectAll('t'),
  }),
  listQuestion({
    ...described,
    name: 'listPayments',
    at: 'payments',
    resource: 'plan',
    scope: { recipient: partyTo('patient_id') },
    models: [paymentModel],
    from: tables<{ 'read.payment': PaymentRow }>().selectFrom('read.payment as t').selectAll('t'),
  }),
];

export const OF_PATIENTS: Scope = { recipient: partyTo('id') };

const MAY: Partial<Record<Role, readonly Relation[]>> = {
  coordinator: ['owner', 'recipient'],
  therapist: ['recipient'],
};

/** An operator sees everything, an auditor nothing. */
export const POLICY: AccessPolicy = {
  decide: ({ role, relations }) => ({
    allowed: role === 'operator' || relations.some((one) => MAY[role]?.includes(one)),
    policy: 'spec',
  }),
};

export const at = (organizationId: string, role: Role = 'coordinator'): Actor => ({
  sub: `${role}@${organizationId}`,
  role,
  organizationId,
});

/** Somebody who remembers what they were told. */
export class Told implements Watcher {
  readonly as: readonly Actor[];
  readonly told: (readonly string[] | 'resync')[] = [];
  at: readonly PlaceInSlice[] = [];
  #stop: () => void = () => undefined;

  constructor(...as: readonly Actor[]) {
    this.as = as;
  }

  changed(lists: readonly string[], where: readonly PlaceInSlice[]): void {
    this.told.push(lists);
    this.at = where;
  }

  resync(where: readonly PlaceInSlice[]): void {
    this.told.push('resync');
    this.at = where;
  }

  watches(lists: LiveLists, since?: readonly PlaceInSlice[]): this {
    this.#stop = lists.watch(this, since);
    return this;
  }

  leaves(): void {
    this.#stop();
  }

  /** Every list that was named so far. */
  get lists(): readonly string[] {
    return [...new Set(this.told.flatMap((one) => (one === 'resync' ? [] : one)))].toSorted();
  }

  get resyncs(): number {
    return this.told.filter((one) => one === 'resync').length;
  }
}
