import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { wholeYearsOn } from './age.js';
import { daysAfter } from './calendar/calendar.js';

const anyDay = fc
  .integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) })
  .map((ms) => new Date(ms).toISOString().slice(0, 10));

describe('whole years', () => {
  it.each([
    ['1980-05-04', '2026-05-03', 45],
    ['1980-05-04', '2026-05-04', 46],
    ['2004-02-29', '2026-02-28', 21],
    ['2004-02-29', '2026-03-01', 22],
    ['2004-02-29', '2024-02-29', 20],
    ['2026-05-04', '2026-04-04', -1],
    ['1980-05', '2026-04-30', 45],
    ['1980-05', '2026-05-01', 46],
    ['1980', '2026-01-01', 46],
  ])('born %s: on %s %d', (birthDate, day, years) => {
    expect(wholeYearsOn(birthDate, day)).toBe(years);
  });

  it('are those between two days', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(40_000), (birthDate, days) => {
        const day = daysAfter(birthDate, days);
        expect(wholeYearsOn(birthDate, day)).toBe(
          Temporal.PlainDate.from(birthDate).until(day, { largestUnit: 'years' }).years,
        );
      }),
    );
  });
});
