import { lastDayOf } from './last-day.js';

type Plan = NonNullable<Parameters<typeof lastDayOf>[0]>;

const plan = (until?: string): Plan =>
  ({
    inForce: { startDate: '2026-02-20', durationDays: 60 },
    certification: until === undefined ? null : { until },
  }) as Plan;

describe('the last day of a plan', () => {
  it.each([
    ['that needs no certification is that of its period', plan(), '2026-04-21'],
    ['is that of the certification, where it ends before', plan('2026-03-31'), '2026-03-31'],
    ['is that of its period, where that ends before', plan('2026-05-20'), '2026-04-21'],
  ])('%s', (_what, given, day) => {
    expect(lastDayOf(given)).toBe(day);
  });

  it('is not known of one that is not in force, nor of none', () => {
    expect(lastDayOf({ inForce: null, certification: null })).toBeUndefined();
    expect(lastDayOf(undefined)).toBeUndefined();
  });
});
