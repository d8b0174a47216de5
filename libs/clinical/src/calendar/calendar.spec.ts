import fc from 'fast-check';
import { DAY_MS, isoWeekOf, normalInstant } from './calendar.js';

describe('ISO weeks in UTC', () => {
  it.each([
    ['2026-04-01T14:00:00.000Z', '2026-W14'],
    ['2026-04-05T23:59:59.999Z', '2026-W14'],
    ['2026-04-06T00:00:00.000Z', '2026-W15'],
    ['2026-01-01T00:00:00.000Z', '2026-W01'],
    ['2025-12-29T00:00:00.000Z', '2026-W01'],
    ['2025-12-28T23:59:59.999Z', '2025-W52'],
    ['2027-01-03T12:00:00.000Z', '2026-W53'],
    ['2021-01-03T12:00:00.000Z', '2020-W53'],
    ['2024-02-29T12:00:00.000Z', '2024-W09'],
  ])('%s is in %s', (at, week) => {
    expect(isoWeekOf(at)).toBe(week);
  });

  it('change once in seven days, and only forward', () => {
    const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(instant, (ms) => {
        const days = Array.from({ length: 8 }, (_, day) => isoWeekOf(new Date(ms + day * DAY_MS).toISOString()));
        expect(new Set(days).size).toBe(2);
        expect(days).toEqual(days.toSorted());
      }),
    );
  });
});

describe('instants', () => {
  it('have one spelling', () => {
    expect(['2026-04-01T16:00:00+02:00', '2026-04-01T14:00:00Z'].map(normalInstant)).toEqual(['2026-04-01T14:00:00.000Z', '2026-04-01T14:00:00.000Z']);
  });
});
