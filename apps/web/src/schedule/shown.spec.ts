import { daysOf, shownIn, turned } from './shown.js';

const ID = '0198d0a0-0000-7000-8000-000000000001';

describe('the address of the schedule', () => {
  it('says what it knows and forgets the rest', () => {
    expect(shownIn({ day: '2026-03-02', view: 'week', therapist: ID, book: ID, who: 'me' })).toEqual({
      day: '2026-03-02',
      view: 'week',
      therapist: ID,
      book: ID,
    });
    expect(shownIn({ book: 'anybody' })).toEqual({ book: 'anybody' });
    expect(shownIn({ day: '2026-02-30', view: 'day', therapist: 'x', book: 7 })).toEqual({});
  });
});

describe('the days that are shown', () => {
  it('are one, or those of a week from Monday on', () => {
    expect(daysOf('day', '2026-03-04')).toEqual(['2026-03-04']);
    for (const day of ['2026-03-02', '2026-03-04', '2026-03-08'])
      expect([daysOf('week', day).at(0), daysOf('week', day).at(-1)]).toEqual(['2026-03-02', '2026-03-08']);
  });

  it('are turned by as many', () => {
    expect(turned('day', '2026-03-01', -1)).toBe('2026-02-28');
    expect(turned('week', '2026-03-01', 1)).toBe('2026-03-08');
  });
});
