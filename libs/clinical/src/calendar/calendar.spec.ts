import fc from 'fast-check';
import { NIGHTS } from '@fascia/testkit';
import { Temporal } from 'temporal-polyfill';
import { wholeYearsOn } from '../age.js';
import {
  businessDaysAfter,
  DAY_MS,
  dayOf,
  daysAfter,
  elapsedMs,
  endOfDay,
  endOfWorkingDay,
  instantAfterDays,
  instantAfterMs,
  isoWeekOf,
  normalInstant,
  weekdaysIn,
  whenWorked,
  zoneNamed,
  type WorkCalendar,
} from './calendar.js';

const anyMs = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) });
const anyInstant = anyMs.map((ms) => new Date(ms).toISOString());
const anyDay = anyInstant.map((at) => at.slice(0, 10));
const someDays = fc.integer({ min: -1_000, max: 1_000 });

describe('the zone of a name', () => {
  // prettier-ignore
  it.each([
    ['America/New_York', 'America/New_York'], ['america/new_york', 'America/New_York'], ['UTC', 'UTC'],
    ['Asia/Kathmandu', 'Asia/Kathmandu'], ['Asia/Katmandu', 'Asia/Katmandu'], ['Asia/Kolkata', 'Asia/Kolkata'], ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Europe/Atlantis', undefined], ['+02:00', undefined], ['Z', undefined], ['', undefined],
  ])('%s is %s', (name, zone) => {
    expect(zoneNamed(name)).toBe(zone);
  });
});

describe('the day of an instant', () => {
  // prettier-ignore
  it.each([
    ['2026-04-01T23:59:59.999Z', 'UTC', '2026-04-01'],
    ['2026-04-01T03:59:59.999Z', 'America/New_York', '2026-03-31'],
    ['2026-04-01T04:00:00.000Z', 'America/New_York', '2026-04-01'],
    // Clocks go forward on 8 March and back on 1 November.
    ['2026-03-08T04:59:59.999Z', 'America/New_York', '2026-03-07'],
    ['2026-03-09T03:59:59.999Z', 'America/New_York', '2026-03-08'],
    ['2026-11-02T04:59:59.999Z', 'America/New_York', '2026-11-01'],
    ['2026-03-29T22:00:00.000Z', 'Europe/Berlin', '2026-03-30'],
    ['2026-03-28T22:59:59.999Z', 'Europe/Berlin', '2026-03-28'],
    ['2026-10-25T22:59:59.999Z', 'Europe/Berlin', '2026-10-25'],
    // Ahead of UTC: 13 hours in summer.
    ['2025-12-31T11:00:00.000Z', 'Pacific/Auckland', '2026-01-01'],
    ['2026-07-01T11:59:59.999Z', 'Pacific/Auckland', '2026-07-01'],
    ['2024-02-28T12:00:00.000Z', 'Pacific/Auckland', '2024-02-29'],
  ] as const)('%s in %s is %s', (at, zone, day) => {
    expect(dayOf(at, zone)).toBe(day);
  });

  it.each(NIGHTS)('in %s at %s is %s, at %s', (zone, at, day) => {
    expect(dayOf(at, zone)).toBe(day);
    const [before, after] = [endOfDay(daysAfter(day, -1), zone), endOfDay(day, zone)];
    expect(before < at && at <= after).toBe(true);
  });

  it('is in UTC the day that its text names', () => {
    fc.assert(
      fc.property(anyInstant, (at) =>
        expect(dayOf(at, 'UTC')).toBe(
          Temporal.Instant.from(at).toZonedDateTimeISO('UTC').toPlainDate().toString(),
        ),
      ),
    );
  });
});

describe('the end of a day', () => {
  // prettier-ignore
  it.each([
    ['2026-04-01', 'UTC', '2026-04-01T23:59:59.999Z'],
    ['2024-02-29', 'UTC', '2024-02-29T23:59:59.999Z'],
    ['2026-03-07', 'America/New_York', '2026-03-08T04:59:59.999Z'],
    ['2026-03-08', 'America/New_York', '2026-03-09T03:59:59.999Z'],
    ['2026-11-01', 'America/New_York', '2026-11-02T04:59:59.999Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T21:59:59.999Z'],
    ['2026-12-31', 'Pacific/Auckland', '2026-12-31T10:59:59.999Z'],
  ] as const)('%s in %s is %s', (day, zone, at) => {
    expect(endOfDay(day, zone)).toBe(at);
  });

  it('is its last millisecond everywhere', () => {
    const zones = fc.constantFrom(
      'UTC',
      'America/New_York',
      'Europe/Berlin',
      'Pacific/Auckland',
      'Asia/Kolkata',
    );
    fc.assert(
      fc.property(anyDay, zones, (day, zone) => {
        const end = endOfDay(day, zone);
        expect([dayOf(end, zone), dayOf(instantAfterMs(end, 1), zone)]).toEqual([day, daysAfter(day, 1)]);
      }),
    );
  });

  it('is in UTC the day and the latest time of day', () => {
    fc.assert(fc.property(anyDay, (day) => expect(endOfDay(day, 'UTC')).toBe(`${day}T23:59:59.999Z`)));
  });
});

describe('days later', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2024-02-29', 366, '2025-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-28', 2, '2026-03-30'],
  ])('%s and %d days: %s', (day, days, later) => {
    expect(daysAfter(day, days)).toBe(later);
  });

  it('are multiples of 24 hours in UTC, for days and for instants', () => {
    fc.assert(
      fc.property(anyMs, someDays, (ms, days) => {
        const later = new Date(ms + days * DAY_MS).toISOString();
        expect(instantAfterDays(new Date(ms).toISOString(), days)).toBe(later);
        expect(daysAfter(new Date(ms).toISOString().slice(0, 10), days)).toBe(later.slice(0, 10));
      }),
    );
  });

  it('and the time that passed undo each other', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, (from, to) =>
        expect(instantAfterMs(from, elapsedMs(from, to))).toBe(to),
      ),
    );
  });
});

describe('business days', () => {
  const IN_UTC = weekdaysIn('UTC');
  const NEW_YORK: WorkCalendar = {
    ...weekdaysIn('America/New_York'),
    holidays: ['2026-07-03', '2026-11-26'],
  };
  const AUCKLAND = weekdaysIn('Pacific/Auckland');
  const CAIRO: WorkCalendar = { zone: 'UTC', weekend: [5, 6], holidays: [] };

  // prettier-ignore
  it.each([
    ['from a Thursday to Friday', '2026-04-02T10:00:00.000Z', 1, IN_UTC, '2026-04-03T10:00:00.000Z'],
    ['over a weekend', '2026-04-03T10:00:00.000Z', 1, IN_UTC, '2026-04-06T10:00:00.000Z'],
    ['from a Saturday', '2026-04-04T10:00:00.000Z', 2, IN_UTC, '2026-04-07T10:00:00.000Z'],
    ['none', '2026-04-04T10:00:00.000Z', 0, IN_UTC, '2026-04-04T10:00:00.000Z'],
    ['over a leap day', '2024-02-28T10:00:00.000Z', 2, IN_UTC, '2024-03-01T10:00:00.000Z'],
    ['over a year', '2026-12-31T10:00:00.000Z', 1, IN_UTC, '2027-01-01T10:00:00.000Z'],
    ['over a holiday on a Friday', '2026-07-02T14:00:00.000Z', 1, NEW_YORK, '2026-07-06T14:00:00.000Z'],
    ['without that holiday', '2026-07-02T14:00:00.000Z', 1, { ...NEW_YORK, holidays: [] }, '2026-07-03T14:00:00.000Z'],
    ['a late Friday in UTC that is still Friday there', '2026-07-11T02:00:00.000Z', 1, NEW_YORK, '2026-07-14T02:00:00.000Z'],
    ['over the start of summer time: the same time on the wall', '2026-03-06T15:00:00.000Z', 1, NEW_YORK, '2026-03-09T14:00:00.000Z'],
    ['over the end of summer time', '2026-10-30T14:00:00.000Z', 1, NEW_YORK, '2026-11-02T15:00:00.000Z'],
    ['to a time that clocks skip', '2026-03-27T01:30:00.000Z', 1, { zone: 'Europe/Berlin', weekend: [6], holidays: [] }, '2026-03-29T01:30:00.000Z'],
    ['a Friday in UTC that is Saturday there', '2026-05-01T20:00:00.000Z', 1, AUCKLAND, '2026-05-03T20:00:00.000Z'],
    ['where the weekend is Friday and Saturday', '2026-04-02T10:00:00.000Z', 1, CAIRO, '2026-04-05T10:00:00.000Z'],
  ] as const)('%s', (_, at, days, calendar, later) => {
    expect(businessDaysAfter(at, days, calendar)).toBe(later);
  });

  it('are in UTC those that it counts as weekdays', () => {
    const plain = (at: string, days: number): string => {
      let ms = Date.parse(at);
      for (let left = days; left > 0;) {
        ms += DAY_MS;
        if (![0, 6].includes(new Date(ms).getUTCDay())) left -= 1;
      }
      return new Date(ms).toISOString();
    };
    fc.assert(
      fc.property(anyInstant, fc.nat(60), (at, days) =>
        expect(businessDaysAfter(at, days, IN_UTC)).toBe(plain(at, days)),
      ),
    );
  });

  it('need a day on which somebody works', () => {
    expect(() =>
      businessDaysAfter('2026-04-01T10:00:00.000Z', 1, {
        zone: 'UTC',
        weekend: [1, 2, 3, 4, 5, 6, 7],
        holidays: [],
      }),
    ).toThrow('without a working day');
  });
});

describe('a day on which nobody works', () => {
  // Of Auckland: 25 April (ANZAC Day) is a Saturday, and kept on the Monday after it.
  const KEPT: WorkCalendar = { zone: 'Pacific/Auckland', weekend: [6, 7], holidays: ['2026-04-27'] };

  it.each([
    ['Friday 10:00', '2026-04-23T22:00:00.000Z', '2026-04-23T22:00:00.000Z', '2026-04-24T11:59:59.999Z'],
    ['Saturday 10:00', '2026-04-24T22:00:00.000Z', '2026-04-27T22:00:00.000Z', '2026-04-28T11:59:59.999Z'],
    ['the holiday', '2026-04-26T22:00:00.000Z', '2026-04-27T22:00:00.000Z', '2026-04-28T11:59:59.999Z'],
    // On Sunday 5 April clocks go back there.
    [
      'over a change of clocks',
      '2026-04-03T21:00:00.000Z',
      '2026-04-05T22:00:00.000Z',
      '2026-04-06T11:59:59.999Z',
    ],
  ])('%s', (_, at, worked, ends) => {
    expect(whenWorked(at, KEPT)).toBe(worked);
    expect(endOfWorkingDay(at, KEPT)).toBe(ends);
  });
});

describe('ISO weeks in UTC', () => {
  it.each([
    ['2026-04-01T14:00:00.000Z', '2026-W14'],
    ['2026-04-05T23:59:59.999Z', '2026-W14'],
    ['2026-04-06T00:00:00.000Z', '2026-W15'],
    ['2026-01-01T00:00:00.000Z', '2026-W01'],
    ['2025-12-29T00:00:00.000Z', '2026-W01'],
    ['2025-12-28T23:59:59.999Z', '2025-W52'],
    ['2026-12-31T12:00:00.000Z', '2026-W53'],
    ['2027-01-03T12:00:00.000Z', '2026-W53'],
    ['2027-01-04T00:00:00.000Z', '2027-W01'],
    ['2020-12-31T12:00:00.000Z', '2020-W53'],
    ['2021-01-03T12:00:00.000Z', '2020-W53'],
    ['2024-02-29T12:00:00.000Z', '2024-W09'],
  ])('%s is in %s', (at, week) => {
    expect(isoWeekOf(at)).toBe(week);
  });

  it('change once in seven days, and only forward', () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        const days = Array.from({ length: 8 }, (_, day) =>
          isoWeekOf(new Date(ms + day * DAY_MS).toISOString()),
        );
        expect(new Set(days).size).toBe(2);
        expect(days).toEqual(days.toSorted());
      }),
    );
  });

  it("are those of the week's Thursday", () => {
    const plain = (at: string): string => {
      const midnight = Date.parse(at.slice(0, 10));
      const thursday = midnight + (3 - ((new Date(midnight).getUTCDay() + 6) % 7)) * DAY_MS;
      const year = new Date(thursday).getUTCFullYear();
      return `${String(year)}-W${String(1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS))).padStart(2, '0')}`;
    };
    fc.assert(fc.property(anyInstant, (at) => expect(isoWeekOf(at)).toBe(plain(at))));
  });
});

describe('whole years', () => {
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

describe('instants', () => {
  it('have one spelling', () => {
    expect(
      ['2026-04-01T16:00:00+02:00', '2026-04-01T14:00:00Z', '2026-04-01T14:00:00.0004Z'].map(normalInstant),
    ).toEqual(Array.from({ length: 3 }, () => '2026-04-01T14:00:00.000Z'));
  });
});
