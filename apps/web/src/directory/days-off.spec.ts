import { linesOf, weekdayName, WEEKDAYS } from './days-off.js';

describe('other days on which nobody works', () => {
  it('are one to a line, whatever stands around them', () => {
    expect(linesOf(' 2026-12-25\r\n\n2027-01-01 \n')).toEqual({
      days: ['2026-12-25', '2027-01-01'],
      wrong: [],
    });
  });

  it('are days that there are', () => {
    expect(linesOf('2026-02-30\n25 December\n2026-2-3')).toEqual({
      days: [],
      wrong: ['2026-02-30', '25 December', '2026-2-3'],
    });
  });
});

describe('days of the week', () => {
  it('begin with Monday', () => {
    expect(WEEKDAYS.map(weekdayName)).toEqual([
      ...['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
      ...['Saturday', 'Sunday'],
    ]);
  });
});
