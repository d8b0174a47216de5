import { clockMinute, clockText, dayIn, daysLater, isDay, minuteIn, momentAt, weekdayOf } from './zone.js';

const BOSTON = 'America/New_York';

describe('the clocks of a place', () => {
  // prettier-ignore
  it.each([
    ['2026-03-02T13:30:00.000Z', BOSTON, '2026-03-02', '08:30'],
    ['2026-03-02T04:59:00.000Z', BOSTON, '2026-03-01', '23:59'],
    ['2026-03-02T05:00:00.000Z', BOSTON, '2026-03-02', '00:00'],
    ['2026-07-01T12:30:00.000Z', BOSTON, '2026-07-01', '08:30'],
    ['2026-01-01T18:15:00.000Z', 'Asia/Kathmandu', '2026-01-02', '00:00'],
    ['2026-06-01T12:00:00.000Z', 'Pacific/Auckland', '2026-06-02', '00:00'],
  ])('at %s in %s show %s, %s', (moment, zone, day, time) => {
    expect([dayIn(moment, zone), clockText(minuteIn(moment, zone))]).toEqual([day, time]);
    expect(momentAt(day, clockMinute(time) ?? -1, zone)).toBe(moment);
  });

  // prettier-ignore
  it.each([
    ['is skipped in spring', '2026-03-08', '02:30', '2026-03-08T07:30:00.000Z'],
    ['comes twice in autumn', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    ['is the last before it', '2026-03-08', '01:59', '2026-03-08T06:59:00.000Z'],
    ['is the first after it', '2026-11-01', '02:00', '2026-11-01T07:00:00.000Z'],
    ['is of a day before it', '2026-10-31', '09:00', '2026-10-31T13:00:00.000Z'],
    ['is of a day after it', '2026-11-02', '09:00', '2026-11-02T14:00:00.000Z'],
  ])('show a time that %s', (_what, day, time, moment) => {
    expect(momentAt(day, clockMinute(time) ?? -1, BOSTON)).toBe(moment);
  });

  it('show the end of a day at the beginning of the next, however long the day is', () => {
    for (const day of ['2026-03-08', '2026-11-01', '2026-12-31'])
      expect(momentAt(day, 24 * 60, BOSTON)).toBe(momentAt(daysLater(day, 1), 0, BOSTON));
  });
});

describe('a day', () => {
  it('has others before and after it, over the ends of months and years', () => {
    expect([daysLater('2026-03-31', 1), daysLater('2026-01-01', -1), daysLater('2024-02-28', 1)]).toEqual([
      '2026-04-01',
      '2025-12-31',
      '2024-02-29',
    ]);
  });

  it('is one of a week that begins on Monday', () => {
    expect([weekdayOf('2026-03-02'), weekdayOf('2026-03-08')]).toEqual([1, 7]);
  });

  it.each([['2026-03-02', true], ['2026-02-30', false], ['2026-3-2', false], ['', false], ['today', false]])(
    'may be %s: %s',
    (text, is) => {
      expect(isDay(text)).toBe(is);
    },
  ); // prettier-ignore
});

describe('a time of day', () => {
  it('is read as fields write it', () => {
    expect(['09:30', '00:00', '23:59', '09:30:15'].map(clockMinute)).toEqual([570, 0, 1439, 570]);
    expect(['', '24:00', '9:30', '09:60'].map(clockMinute)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
