import { lifecycle, type Transition } from './contract/lifecycle.js';
import { refusing } from './contract/refusals.js';
import { decidesBy, happened, type Decision } from './decider.js';

type Stage = 'none' | 'open';
type Command = { readonly type: 'Open' } | { readonly type: 'Take'; readonly amount: number };
type Event =
  | { readonly type: 'Opened'; readonly data: object }
  | { readonly type: 'Taken'; readonly data: { readonly amount: number } };

const TRANSITIONS: readonly Transition<Stage, Command['type'], Event['type'], never, 'funded'>[] = [
  { row: '1', command: 'Open', events: ['Opened'], from: ['none'], to: 'open', who: [] },
  { row: '2', command: 'Take', events: ['Taken'], from: ['open'], to: 'same', who: [], when: 'funded' },
];

const refuse = refusing<'ILLEGAL' | 'EMPTY' | 'AMOUNT_ODD' | 'TOO_MUCH'>();

interface Account {
  readonly stage: Stage;
  readonly balance: number;
}

const decide = decidesBy<Account, Command, Event, undefined, Stage, never, 'funded'>(
  lifecycle(['none', 'open'], TRANSITIONS),
  {
    stageOf: ({ stage }) => stage,
    holds: (_when, { balance }) => balance > 0,
    illegal: (command, from, needs) =>
      needs === undefined ? refuse('ILLEGAL', `${command} from ${from}`) : refuse('EMPTY', needs),
    fault: (command) =>
      command.type === 'Take' && command.amount % 2 === 1 ? refuse('AMOUNT_ODD', 'Notes of two.') : undefined,
    handlers: {
      Open: () => happened({ type: 'Opened', data: {} }),
      Take: ({ amount }, { balance }) =>
        amount > balance ? refuse('TOO_MUCH', 'Less.') : happened({ type: 'Taken', data: { amount } }),
    },
  },
);

const said = (command: Command, state: Account): string => {
  const context = {
    at: '2026-04-01T09:00:00.000Z',
    by: { sub: 's', role: 'system' },
    id: 'a',
    facts: undefined,
  } as const;
  const decision: Decision<Event> = decide(command, state, context);
  return decision.ok ? decision.events.map(({ type }) => type).join() : decision.refusal.code;
};

describe('a decider over a table', () => {
  const nothing = { stage: 'none', balance: 0 } as const;
  const open = { stage: 'open', balance: 10 } as const;

  it('lets the command that a row allows be handled', () => {
    expect(said({ type: 'Open' }, nothing)).toBe('Opened');
    expect(said({ type: 'Take', amount: 4 }, open)).toBe('Taken');
  });

  it('asks the table first, then the circumstance, then what is wrong with the command, then its rules', () => {
    const odd: Command = { type: 'Take', amount: 99 };
    expect(said(odd, nothing)).toBe('ILLEGAL');
    expect(said(odd, { ...open, balance: 0 })).toBe('EMPTY');
    expect(said(odd, open)).toBe('AMOUNT_ODD');
    expect(said({ type: 'Take', amount: 98 }, open)).toBe('TOO_MUCH');
  });
});
