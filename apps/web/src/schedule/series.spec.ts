import { weekdayOf } from '../parts/zone.js';
import { seriesFrom } from './series.js';

describe('a series of visits', () => {
  // prettier-ignore
  it.each([
    [2, 4, '2026-03-02', ['2026-03-02', '2026-03-05', '2026-03-09', '2026-03-12']],
    [3, 4, '2026-03-02', ['2026-03-02', '2026-03-04', '2026-03-06', '2026-03-09']],
    [1, 3, '2026-03-04', ['2026-03-04', '2026-03-11', '2026-03-18']],
    [0.5, 3, '2026-03-04', ['2026-03-04', '2026-03-18', '2026-04-01']],
    [2, 1, '2026-03-04', ['2026-03-04']],
  ])('%d a week, %d visits from %s', (perWeek, visits, first, days) => {
    expect(seriesFrom(first, visits, perWeek)).toEqual(days);
  });

  it('has no two on one day, and none on a weekend where there are workdays enough', () => {
    for (const perWeek of [0.5, 1, 2, 2.5, 3, 4, 5])
      for (const first of ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']) {
        const days = seriesFrom(first, 20, perWeek);
        expect(new Set(days).size).toBe(20);
        expect(days.toSorted()).toEqual(days);
        expect(days.filter((day) => weekdayOf(day) > 5)).toEqual([]);
      }
  });

  it('takes the weekend where it must', () => {
    expect(seriesFrom('2026-03-06', 3, 7)).toEqual(['2026-03-06', '2026-03-07', '2026-03-08']);
  });
});
