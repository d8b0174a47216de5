import type { Role } from './actor.js';
import { lifecycle, permissionsOf, type Transition } from './lifecycle.js';

const STAGES = ['none', 'open', 'held', 'closed'] as const;
type Stage = (typeof STAGES)[number];
type CommandType = 'Open' | 'Hold' | 'Resume' | 'Close' | 'Note';
type EventType = 'Opened' | 'Held' | 'Resumed' | 'Settled' | 'Closed' | 'Noted';

const CLERKS: readonly Role[] = ['coordinator', 'scheduler'];

// prettier-ignore
const TRANSITIONS: readonly Transition<Stage, CommandType, EventType, 'prior', 'balanced' | 'indebted'>[] = [
  { row: '1', command: 'Open', events: ['Opened'], from: ['none'], to: 'open', who: ['coordinator'] },
  { row: '2', command: 'Hold', events: ['Held'], from: ['open'], to: 'held', who: CLERKS },
  { row: '3', command: 'Resume', events: ['Resumed'], from: ['held'], to: 'prior', who: CLERKS },
  { row: '4a', command: 'Close', events: ['Settled', 'Closed'], from: ['open'], to: 'closed', who: ['coordinator'], when: 'balanced' },
  { row: '4b', command: 'Close', events: ['Closed'], from: ['held'], to: 'closed', who: ['system'], when: 'indebted' },
  { row: '5', command: 'Note', events: ['Noted'], from: ['open', 'held'], to: 'same', who: ['patient', ...CLERKS] },
];

const table = lifecycle(STAGES, TRANSITIONS);

describe('a command in a stage', () => {
  it('has the row that allows it from there', () => {
    expect(table.rowFor('Close', 'open')?.row).toBe('4a');
    expect(table.rowFor('Close', 'held')?.row).toBe('4b');
    expect(table.rowFor('Close', 'closed')).toBeUndefined();
    expect(table.rowsOf('Close').map(({ row }) => row)).toEqual(['4a', '4b']);
  });
});

describe('an event', () => {
  it('leads where its row says', () => {
    expect(table.after('none', 'Opened')).toBe('open');
    expect(table.after('open', 'Noted')).toBe('open');
  });

  it('that the table does not know from here moves nothing', () => {
    expect(table.after('closed', 'Held')).toBe('closed');
  });

  it('whose destination the state decides leads where the state says, or nowhere', () => {
    expect(table.after('held', 'Resumed', (where) => (where === 'prior' ? 'open' : 'none'))).toBe('open');
    expect(table.after('held', 'Resumed')).toBe('held');
  });

  it('that is the first of two of one command leaves the stage to the second', () => {
    expect(table.after('open', 'Settled')).toBe('open');
    expect(table.after(table.after('open', 'Settled'), 'Closed')).toBe('closed');
  });

  it('is named once, however many rows have it', () => {
    expect(table.events).toEqual(['Opened', 'Held', 'Resumed', 'Settled', 'Closed', 'Noted']);
  });
});

describe('the moves of a stage', () => {
  it('are the commands of its rows, each once', () => {
    expect(table.moves('open')).toEqual(['Hold', 'Close', 'Note']);
    expect(table.moves('closed')).toEqual([]);
  });

  it('leave out those whose circumstance does not hold', () => {
    expect(table.moves('open', (when) => when === 'balanced')).toEqual(['Hold', 'Close', 'Note']);
    expect(table.moves('open', (when) => when === 'indebted')).toEqual(['Hold', 'Note']);
  });
});

describe('the permissions that a table says', () => {
  const standing = {
    coordinator: ['owner'],
    scheduler: ['owner'],
    patient: ['self'],
    system: 'anything',
  } as const;

  it('are one for each role, with its commands each once', () => {
    expect(permissionsOf('plan', TRANSITIONS, standing)).toEqual([
      {
        id: 'plan.coordinator',
        resource: 'plan',
        roles: ['coordinator'],
        commands: ['Open', 'Hold', 'Resume', 'Close', 'Note'],
        when: ['owner'],
      },
      {
        id: 'plan.scheduler',
        resource: 'plan',
        roles: ['scheduler'],
        commands: ['Hold', 'Resume', 'Note'],
        when: ['owner'],
      },
      { id: 'plan.system', resource: 'plan', roles: ['system'], commands: ['Close'], when: 'anything' },
      { id: 'plan.patient', resource: 'plan', roles: ['patient'], commands: ['Note'], when: ['self'] },
    ]);
  });

  it('are two for a role of which one command asks for another relation, whatever the role', () => {
    const made = permissionsOf('plan', TRANSITIONS, standing, { Note: ['home', 'pool'], Close: ['home'] });
    expect(made.map(({ id, commands, when }) => ({ id, commands, when }))).toEqual([
      { id: 'plan.coordinator', commands: ['Open', 'Hold', 'Resume'], when: ['owner'] },
      { id: 'plan.scheduler', commands: ['Hold', 'Resume'], when: ['owner'] },
      { id: 'plan.coordinator.home', commands: ['Close'], when: ['home'] },
      // Who needs to be nothing to a thing needs to be nothing else either.
      { id: 'plan.system', commands: ['Close'], when: 'anything' },
      { id: 'plan.patient.home-pool', commands: ['Note'], when: ['home', 'pool'] },
      { id: 'plan.coordinator.home-pool', commands: ['Note'], when: ['home', 'pool'] },
      { id: 'plan.scheduler.home-pool', commands: ['Note'], when: ['home', 'pool'] },
    ]);
  });

  it('cannot be told while nobody says what a role is to the thing', () => {
    const { patient: _patient, ...rest } = standing;
    expect(() => permissionsOf('plan', TRANSITIONS, rest)).toThrow(
      'the plan table lets a patient act, and says nothing of what they are to it',
    );
  });
});
