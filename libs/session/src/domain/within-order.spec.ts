import { gist, given } from '@fascia/testkit';
import type { SessionCommand } from '../contract/commands.js';
import { SESSION_CONTRACT } from '../contract/events.js';
import type { CourseFact } from './facts.js';
import {
  BEFORE,
  COMMANDS,
  decider,
  FACTS,
  SCENES,
  SESSION,
  THERAPIST,
  type History,
} from './session.scenes.spec-data.js';

const PERIOD = { from: '2026-03-20', to: '2026-05-01' };

const ask = (course: CourseFact, command: SessionCommand, day = '2026-04-01', history: History = []) =>
  given(decider, SESSION_CONTRACT, ...history).when(command, {
    facts: { ...FACTS, day, course },
    by: THERAPIST,
    at: BEFORE,
    id: SESSION,
  });

const { ScheduleSession: book, RescheduleSession: move } = COMMANDS;
const beyondOrder = 'The swelling needs another week.';

describe('a booking', () => {
  it.each<[string, CourseFact, string, SessionCommand]>([
    ['with visits left', { visits: 7, agreed: 8 }, '2026-04-01', book],
    ['where nobody said how many', { visits: 70 }, '2026-04-01', book],
    ['on the first day of the plan', { visits: 1, period: PERIOD }, '2026-03-20', book],
    ['on its last', { visits: 1, period: PERIOD }, '2026-05-01', book],
    [
      'of an evaluation, which a plan follows',
      { visits: 1, period: PERIOD },
      '2026-05-02',
      { ...book, kind: 'evaluation' },
    ],
  ])('is made %s', (_what, course, day, command) => {
    expect(gist(ask(course, command, day))).toEqual(['SessionScheduled']);
  });

  it.each<[string, CourseFact, string]>([
    ['one visit more than was agreed', { visits: 8, agreed: 8 }, '2026-04-01'],
    ['a day before the plan', { visits: 1, period: PERIOD }, '2026-03-19'],
    ['a day after it', { visits: 1, period: PERIOD }, '2026-05-02'],
  ])('of %s needs a reason, which is kept', (_what, course, day) => {
    expect(gist(ask(course, book, day))).toBe('SESSION_BEYOND_ORDER');
    const answer = ask(course, { ...book, beyondOrder }, day);
    expect(answer.ok && answer.events).toMatchObject([{ data: { beyondOrder } }]);
  });

  it('is moved within what was agreed, or with a reason too', () => {
    const course = { visits: 1, period: PERIOD };
    expect(gist(ask(course, move, '2026-04-02', SCENES.Scheduled))).toEqual(['SessionRescheduled']);
    expect(gist(ask(course, move, '2026-05-02', SCENES.Scheduled))).toBe('SESSION_BEYOND_ORDER');
    const answer = ask(course, { ...move, beyondOrder }, '2026-05-02', SCENES.Scheduled);
    expect(answer.ok && answer.events).toMatchObject([{ data: { beyondOrder } }]);
  });

  it('keeps no reason that nobody needs', () => {
    const answer = ask({ visits: 1, agreed: 8 }, { ...book, beyondOrder });
    expect(answer.ok && answer.events[0]?.data).not.toHaveProperty('beyondOrder');
  });
});
