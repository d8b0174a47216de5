/**
 * A small aggregate for specs of the machinery (write door, projections, coordinator): a balance that may not go
 * below zero, an alias that only one account may have, rooms that are booked for a time.
 */
import {
  happened,
  refusing,
  type AccessPolicy,
  type Actor,
  type Decider,
  type Decision,
  type Fact,
  type Role,
} from '@fascia/kernel';
import type { Aggregate, Claim } from '@fascia/write-door';
import {
  ACCOUNT_COMMANDS,
  ACCOUNT_CONTRACT,
  type AccountCommand,
  type AccountEvent,
} from '../contract/account.js';

export interface AccountState {
  readonly stage: 'none' | 'open' | 'closed';
  readonly organizationId: string;
  readonly balance: number;
  readonly alias?: string | undefined;
  readonly bookings: readonly { readonly room: string; readonly from: string; readonly to: string }[];
}

/** The account's facts: whether its organisation is in the books of another stream. */
export interface AccountFacts {
  readonly limit: number;
}

const refuse = refusing<'ACCOUNT_CLOSED' | 'ACCOUNT_EXISTS' | 'TOO_LITTLE' | 'TOO_MUCH'>();

const evolve = (state: AccountState, fact: Fact<AccountEvent>): AccountState => {
  switch (fact.type) {
    case 'AccountOpened':
      return { ...state, stage: 'open', organizationId: fact.data.organizationId, alias: fact.data.alias };
    case 'MoneyPaidIn':
      return { ...state, balance: state.balance + fact.data.amount };
    case 'MoneyTaken':
      return { ...state, balance: state.balance - fact.data.amount };
    case 'AliasTaken':
      return { ...state, alias: fact.data.alias };
    case 'RoomBooked':
      return { ...state, bookings: [...state.bookings, fact.data] };
    case 'AccountClosed':
      return { ...state, stage: 'closed' };
  }
};

const decide = (
  command: AccountCommand,
  state: AccountState,
  facts: AccountFacts,
): Decision<AccountEvent> => {
  if (command.type === 'OpenAccount') {
    const { type: _type, ...data } = command;
    return state.stage === 'none'
      ? happened<AccountEvent>({ type: 'AccountOpened', data })
      : refuse('ACCOUNT_EXISTS', 'There is such an account.');
  }
  if (state.stage === 'closed')
    return command.type === 'CloseAccount' ? happened() : refuse('ACCOUNT_CLOSED', 'The account is closed.');
  switch (command.type) {
    case 'PayIn': {
      const { type: _type, ...data } = command;
      return state.balance + data.amount > facts.limit
        ? refuse('TOO_MUCH', 'More than an account may hold.')
        : happened<AccountEvent>({ type: 'MoneyPaidIn', data });
    }
    case 'Take':
      return command.amount > state.balance
        ? refuse('TOO_LITTLE', 'There is not enough in it.')
        : happened<AccountEvent>({ type: 'MoneyTaken', data: { amount: command.amount } });
    case 'TakeAlias':
      return state.alias === command.alias
        ? happened()
        : happened<AccountEvent>({ type: 'AliasTaken', data: { alias: command.alias } });
    case 'BookRoom': {
      const { type: _type, ...data } = command;
      return happened<AccountEvent>({ type: 'RoomBooked', data });
    }
    case 'CloseAccount':
      return happened<AccountEvent>({ type: 'AccountClosed', data: {} });
  }
};

export const accountDecider: Decider<AccountState, AccountCommand, AccountEvent, AccountFacts> = {
  category: 'calendar',
  initial: { stage: 'none', organizationId: '', balance: 0, bookings: [] },
  evolve,
  decide: (command, state, { facts }) => decide(command, state, facts),
  stage: ({ stage }) => stage,
};

/** A closed account holds nothing. */
const holds = ({ stage, alias, bookings }: AccountState): readonly Claim[] =>
  stage !== 'open'
    ? []
    : [
        ...(alias === undefined
          ? []
          : [
              {
                key: ['alias', alias],
                refusal: { code: 'ALIAS_TAKEN', detail: 'Another account has this alias.' },
              },
            ]),
        ...bookings.map(({ room, from, to }) => ({
          key: ['room', room],
          interval: { from, to },
          refusal: { code: 'ROOM_TAKEN', detail: 'The room is booked for some of that time.' },
        })),
      ];

export type AccountAggregate = Aggregate<AccountState, AccountCommand, AccountEvent, AccountFacts>;

export const LIMIT = 1_000;

export const accountAggregate: AccountAggregate = {
  decider: accountDecider,
  contract: ACCOUNT_CONTRACT,
  commands: ACCOUNT_COMMANDS,
  facts: () => Promise.resolve({ limit: LIMIT }),
  subject: ({ command, state }) =>
    Promise.resolve({
      parties: { owner: [command.type === 'OpenAccount' ? command.organizationId : state.organizationId] },
    }),
  references: {},
  holds,
};

/** Coordinators of the owning organisation do everything, its schedulers read; nobody else even knows of it. */
export const accountPolicy: AccessPolicy = {
  decide: ({ role, relations, action }) => {
    const may: readonly Role[] = action === 'Read' ? ['coordinator', 'scheduler'] : ['coordinator'];
    return { allowed: may.includes(role) && relations.includes('owner'), policy: 'account.owner' };
  },
};

export const BANK = 'bank';
export const CLERK: Actor = { sub: 'clerk', role: 'coordinator', organizationId: BANK };
export const ONLOOKER: Actor = { sub: 'onlooker', role: 'scheduler', organizationId: BANK };
export const OUTSIDER: Actor = { sub: 'outsider', role: 'coordinator', organizationId: 'elsewhere' };
