import { endOfDay, weekdaysIn, type WorkCalendar } from '@fascia/clinical/calendar';
import type { Actor, Instant } from '@fascia/kernel';
import { gist, given, past } from '@fascia/testkit';
import type { DeadlineCommand } from '../contract/commands.js';
import { DEADLINE_CONTRACT, type DeadlineEvent } from '../contract/events.js';
import { DEADLINE_NAMES, PRIORITIES, spanOf, type DeadlineName, type Priority } from '../contract/policy.js';
import { deadlineDecider } from './deadline.js';

const ORDER = '00000000-0000-4000-8000-000000000001';
const CLINIC = '00000000-0000-4000-8000-000000000002';
const FACT = '00000000-0000-4000-8000-000000000003';
const SYSTEM: Actor = { sub: 'process:keep-deadlines', role: 'system' };

/** Wednesday 1 April 2026, 09:00 in New York. */
const START = '2026-04-01T13:00:00.000Z';
const NEW_YORK = weekdaysIn('America/New_York');
const AUCKLAND = weekdaysIn('Pacific/Auckland');
const KATHMANDU: WorkCalendar = { zone: 'Asia/Kathmandu', weekend: [6], holidays: [] };

const setting = (
  name: DeadlineName,
  more: Partial<Extract<DeadlineCommand, { type: 'SetDeadline' }>> = {},
): DeadlineCommand => ({
  type: 'SetDeadline',
  name,
  referralId: ORDER,
  side: 'recipient',
  organizationIds: [CLINIC],
  priority: 'routine',
  at: START,
  sourceEventId: FACT,
  ...more,
});

const because = (at: Instant) => ({ at, sourceEventId: FACT });

const when = (
  command: DeadlineCommand,
  events: readonly ReturnType<typeof past<DeadlineEvent>>[] = [],
  { calendars = [NEW_YORK], now = START }: { calendars?: readonly WorkCalendar[]; now?: Instant } = {},
) =>
  given(deadlineDecider, DEADLINE_CONTRACT, ...events).when(command, {
    facts: { calendars },
    by: SYSTEM,
    at: now,
  });

const dueAtOf = (decision: ReturnType<typeof when>): Instant | undefined => {
  const [first] = decision.ok ? decision.events : [];
  return first !== undefined && 'dueAt' in first.data ? first.data.dueAt : undefined;
};

const dueOf = (name: DeadlineName, priority: Priority, at: Instant, calendar: WorkCalendar) =>
  dueAtOf(when(setting(name, { priority, at }), [], { calendars: [calendar] }));

const set = (name: DeadlineName, dueAt: Instant, more: object = {}) =>
  past<DeadlineEvent>({
    type: 'DeadlineSet',
    data: {
      name,
      referralId: ORDER,
      side: 'recipient',
      organizationIds: [CLINIC],
      priority: 'routine',
      startedAt: START,
      dueAt,
      zone: 'America/New_York',
      policy: '2026.1',
      sourceEventId: FACT,
      ...more,
    },
  });

const DUE = '2026-04-03T13:00:00.000Z';
const BEFORE = '2026-04-02T13:00:00.000Z';
const AFTER = '2026-04-06T13:00:00.000Z';
const standing = set('T-ACK', DUE, { span: { amount: 2, unit: 'bd' } });
const paused = past<DeadlineEvent>({ type: 'DeadlinePaused', data: { name: 'T-ACK', ...because(BEFORE) } });
const missed = past<DeadlineEvent>({ type: 'DeadlineMissed', data: { name: 'T-ACK', dueAt: DUE } });
const met = past<DeadlineEvent>({
  type: 'DeadlineMet',
  data: { name: 'T-ACK', dueAt: DUE, ...because(BEFORE) },
});

describe('a deadline is due', () => {
  // Rows of the table of timers (docs/domain/deadlines.md), by priority.
  // prettier-ignore
  it.each<[DeadlineName, Priority, Instant]>([
    ['T-ACK', 'stat', '2026-04-01T14:00:00.000Z'], ['T-ACK', 'asap', '2026-04-01T17:00:00.000Z'],
    ['T-ACK', 'urgent', '2026-04-02T13:00:00.000Z'], ['T-ACK', 'routine', '2026-04-03T13:00:00.000Z'],
    ['T-TRIAGE', 'stat', '2026-04-01T15:00:00.000Z'], ['T-TRIAGE', 'asap', '2026-04-02T13:00:00.000Z'],
    ['T-TRIAGE', 'urgent', '2026-04-02T13:00:00.000Z'], ['T-TRIAGE', 'routine', '2026-04-06T13:00:00.000Z'],
    ['T-INFO', 'stat', '2026-04-02T13:00:00.000Z'], ['T-INFO', 'asap', '2026-04-02T13:00:00.000Z'],
    ['T-INFO', 'urgent', '2026-04-03T13:00:00.000Z'], ['T-INFO', 'routine', '2026-04-08T13:00:00.000Z'],
    ['T-INFO-STOP', 'stat', '2026-04-15T13:00:00.000Z'], ['T-INFO-STOP', 'routine', '2026-04-15T13:00:00.000Z'],
    ['T-BOOK', 'stat', '2026-04-02T03:59:59.999Z'], ['T-BOOK', 'asap', '2026-04-02T13:00:00.000Z'],
    ['T-BOOK', 'urgent', '2026-04-03T13:00:00.000Z'], ['T-BOOK', 'routine', '2026-04-08T13:00:00.000Z'],
    ['T-REBOOK', 'routine', '2026-04-03T13:00:00.000Z'],
    ['T-FIRST', 'stat', '2026-04-02T13:00:00.000Z'], ['T-FIRST', 'asap', '2026-04-04T13:00:00.000Z'],
    ['T-FIRST', 'urgent', '2026-04-08T13:00:00.000Z'], ['T-FIRST', 'routine', '2026-04-29T13:00:00.000Z'],
    ['T-DECLINED', 'stat', '2026-04-02T13:00:00.000Z'], ['T-DECLINED', 'routine', '2026-04-08T13:00:00.000Z'],
    ['T-CANCEL', 'routine', '2026-04-03T13:00:00.000Z'], ['T-OUTCOME', 'urgent', '2026-04-08T13:00:00.000Z'],
    ['T-ACKOUT', 'routine', '2026-04-08T13:00:00.000Z'],
  ])('%s, %s: %s', (name, priority, dueAt) => {
    expect(dueOf(name, priority, START, NEW_YORK)).toBe(dueAt);
  });

  it('by every name and priority, or at a moment that is said', () => {
    const said = DEADLINE_NAMES.filter((name) => PRIORITIES.every((one) => spanOf(name, one) === undefined));
    expect(said).toEqual(['T-HOLD', 'T-VALID']);
  });

  // prettier-ignore
  it.each<[string, DeadlineName, Instant, WorkCalendar, Instant]>([
    ['business days over a change of clocks keep the time of day: Auckland', 'T-ACK', '2026-04-02T21:00:00.000Z', AUCKLAND, '2026-04-06T22:00:00.000Z'],
    ['business days over a change of clocks keep the time of day: New York', 'T-ACK', '2026-03-05T15:00:00.000Z', NEW_YORK, '2026-03-09T14:00:00.000Z'],
    ['elapsed days do not', 'T-ACKOUT', '2026-03-05T15:00:00.000Z', NEW_YORK, '2026-03-12T15:00:00.000Z'],
    ['where Saturday alone is free, and the hour has quarters: Kathmandu', 'T-ACK', '2026-04-02T04:15:00.000Z', KATHMANDU, '2026-04-05T04:15:00.000Z'],
    ['a holiday is nobody’s', 'T-ACK', START, { ...NEW_YORK, holidays: ['2026-04-03'] }, '2026-04-06T13:00:00.000Z'],
  ])('%s', (_, name, at, calendar, dueAt) => {
    expect(dueOf(name, 'routine', at, calendar)).toBe(dueAt);
  });

  it('by the end of the day of whoever acts, when that is all it says', () => {
    const day = when(setting('T-HOLD', { dueOn: '2026-04-05' }), [], { calendars: [AUCKLAND] });
    expect(dueAtOf(day)).toBe(endOfDay('2026-04-05', 'Pacific/Auckland'));
    expect(dueAtOf(when(setting('T-VALID', { dueAt: AFTER })))).toBe(AFTER);
    expect(gist(when(setting('T-VALID')))).toBe('DEADLINE_ENDLESS');
  });

  it('of a pool, as soon as one of them can be asked to act', () => {
    const closed = { ...NEW_YORK, holidays: ['2026-04-02'] };
    const both = when(setting('T-ACK', { priority: 'urgent' }), [], { calendars: [closed, NEW_YORK] });
    expect(dueAtOf(both)).toBe('2026-04-02T13:00:00.000Z');
  });

  it('by a version of the policy that it names', () => {
    const decision = when(setting('T-ACK'));
    expect(decision.ok && decision.events[0]?.data).toMatchObject({
      policy: '2026.1',
      span: { amount: 2, unit: 'bd' },
      zone: 'America/New_York',
      startedAt: START,
    });
  });
});

describe('a deadline', () => {
  it.each<[string, DeadlineCommand, Parameters<typeof when>[1], Instant, readonly string[] | string]>([
    ['stands once', setting('T-ACK'), [standing], BEFORE, 'DEADLINE_STANDS'],
    ['is set again once it was met', setting('T-ACK'), [standing, met], BEFORE, ['DeadlineSet']],
    [
      'is met',
      { type: 'MeetDeadline', name: 'T-ACK', ...because(BEFORE) },
      [standing],
      AFTER,
      ['DeadlineMet'],
    ],
    [
      'is met late, where nobody looked at the clock before',
      { type: 'MeetDeadline', name: 'T-ACK', ...because(AFTER) },
      [standing],
      AFTER,
      ['DeadlineMissed', 'DeadlineMet'],
    ],
    [
      'is met late',
      { type: 'MeetDeadline', name: 'T-ACK', ...because(AFTER) },
      [standing, missed],
      AFTER,
      ['DeadlineMet'],
    ],
    ['is met once', { type: 'MeetDeadline', name: 'T-ACK', ...because(BEFORE) }, [standing, met], AFTER, []],
    ['is missed', { type: 'MissDeadline', name: 'T-ACK', dueAt: DUE }, [standing], DUE, ['DeadlineMissed']],
    ['is missed once', { type: 'MissDeadline', name: 'T-ACK', dueAt: DUE }, [standing, missed], AFTER, []],
    [
      'is not missed before its time',
      { type: 'MissDeadline', name: 'T-ACK', dueAt: DUE },
      [standing],
      BEFORE,
      'DEADLINE_NOT_DUE',
    ],
    [
      'is not missed by another time than its own',
      { type: 'MissDeadline', name: 'T-ACK', dueAt: BEFORE },
      [standing],
      AFTER,
      [],
    ],
    [
      'is not missed while it stands still',
      { type: 'MissDeadline', name: 'T-ACK', dueAt: DUE },
      [standing, paused],
      AFTER,
      [],
    ],
    [
      'is paused',
      { type: 'PauseDeadline', name: 'T-ACK', ...because(BEFORE) },
      [standing],
      BEFORE,
      ['DeadlinePaused'],
    ],
    [
      'is paused once',
      { type: 'PauseDeadline', name: 'T-ACK', ...because(DUE) },
      [standing, paused],
      DUE,
      [],
    ],
    [
      'that was missed is not paused',
      { type: 'PauseDeadline', name: 'T-ACK', ...because(AFTER) },
      [standing],
      AFTER,
      ['DeadlineMissed'],
    ],
    [
      'goes on only where it stood still',
      { type: 'ResumeDeadline', name: 'T-ACK', ...because(DUE) },
      [standing],
      DUE,
      [],
    ],
    [
      'is called off',
      { type: 'CallOffDeadline', name: 'T-ACK', ...because(BEFORE) },
      [standing],
      BEFORE,
      ['DeadlineCalledOff'],
    ],
    [
      'that is called off late was missed',
      { type: 'CallOffDeadline', name: 'T-ACK', ...because(AFTER) },
      [standing],
      AFTER,
      ['DeadlineMissed', 'DeadlineCalledOff'],
    ],
    [
      'of nobody is not called off',
      { type: 'CallOffDeadline', name: 'T-ACK', ...because(AFTER) },
      [],
      AFTER,
      [],
    ],
  ])('%s', (_what, command, events, now, expected) => {
    expect(gist(when(command, events, { now }))).toEqual(expected);
  });

  it.each<[string, Instant, Instant]>([
    ['is as much later as it stood still', '2026-04-02T16:00:00.000Z', '2026-04-03T16:00:00.000Z'],
    // Saturday: on Monday.
    ['of business days, at a time of one', '2026-04-03T13:00:00.000Z', '2026-04-06T13:00:00.000Z'],
  ])('that goes on %s', (_, at, dueAt) => {
    const resumed = when({ type: 'ResumeDeadline', name: 'T-ACK', ...because(at) }, [standing, paused]);
    expect(dueAtOf(resumed)).toBe(dueAt);
  });

  it('that goes on is missed at its new time only', () => {
    const resumed = past<DeadlineEvent>({
      type: 'DeadlineResumed',
      data: { name: 'T-ACK', dueAt: AFTER, ...because(DUE) },
    });
    const at = (dueAt: Instant) =>
      gist(when({ type: 'MissDeadline', name: 'T-ACK', dueAt }, [standing, paused, resumed], { now: AFTER }));
    expect(at(DUE)).toEqual([]);
    expect(at(AFTER)).toEqual(['DeadlineMissed']);
  });

  it('of another name goes on', () => {
    const other = set('T-FIRST', AFTER);
    const after = when({ type: 'MissDeadline', name: 'T-FIRST', dueAt: AFTER }, [standing, other, met], {
      now: AFTER,
    });
    expect(gist(after)).toEqual(['DeadlineMissed']);
  });
});
