/**
 * The one calendar: days, weeks, zones and business days over texts of ISO 8601, and the only place that knows Temporal.
 * An `Instant` is UTC with milliseconds (RFC 3339) and a `CalendarDate` has ten characters, so both sort as time does.
 * What time it is, nobody learns here: it comes with the command. Sources: ISO 8601 (weeks), IANA time zone database.
 */
import { Temporal } from 'temporal-polyfill';
import type { CalendarDate, Instant } from '@fascia/kernel';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/**
 * IANA name, such as `Europe/Berlin`. Whose zone a day is counted in, says docs/domain/days.md; nothing here assumes one, so that
 * a day that nobody thought about does not compile.
 */
export type Zone = string;

/**
 * The zone of that name, as the IANA database spells it, present and former names alike (`Asia/Kathmandu`, `Asia/Katmandu`).
 * @returns nothing when there is none; an offset is no zone, as it knows no change of clocks
 */
export const zoneNamed = (name: string): Zone | undefined => {
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined;
  }
};

const instantOf = (moment: { readonly epochMilliseconds: number }): Instant =>
  new Date(moment.epochMilliseconds).toISOString();

/** One spelling per instant: UTC with milliseconds. @throws when the text is no instant, which the edge keeps out. */
export const normalInstant = (text: string): Instant => new Date(text).toISOString();

/** Milliseconds from one instant (or midnight UTC of a day) to a later one; negative when it is earlier. */
export const elapsedMs = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

export const instantAfterMs = (at: Instant, ms: number): Instant =>
  new Date(Date.parse(at) + ms).toISOString();

/** Days of 24 hours, whatever clocks on walls do. */
export const instantAfterDays = (at: Instant, days: number): Instant => instantAfterMs(at, days * DAY_MS);

/** The day that it is somewhere. */
export const dayOf = (at: Instant, zone: Zone): CalendarDate =>
  // The text is in UTC already.
  zone === 'UTC'
    ? at.slice(0, 10)
    : Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();

export const daysAfter = (day: CalendarDate, days: number): CalendarDate =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/** The last millisecond of a day somewhere; a day may have 23 or 25 hours, or half an hour more or less. */
export const endOfDay = (day: CalendarDate, zone: Zone): Instant =>
  instantAfterMs(instantOf(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone)), -1);

/** `2026-W14` in UTC (weeks begin on Monday, week 1 holds the first Thursday): a name for a stretch of time, nobody's week. */
export const isoWeekOf = (at: Instant): string => {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(dayOf(at, 'UTC'));
  return `${String(yearOfWeek)}-W${String(weekOfYear).padStart(2, '0')}`;
};

/** When somebody works. */
export interface WorkCalendar {
  readonly zone: Zone;
  /** Days of the week without work, 1 (Monday) to 7. */
  readonly weekend: readonly number[];
  readonly holidays: readonly CalendarDate[];
}

/** Until an organisation says otherwise. */
export const WEEKENDS_OFF: Omit<WorkCalendar, 'zone'> = { weekend: [6, 7], holidays: [] };

export const weekdaysIn = (zone: Zone): WorkCalendar => ({ zone, ...WEEKENDS_OFF });

const isWorked = (day: Temporal.PlainDate, { weekend, holidays }: WorkCalendar): boolean =>
  !weekend.includes(day.dayOfWeek) && !holidays.includes(day.toString());

const workingDaysAfter = (
  from: Temporal.PlainDate,
  days: number,
  calendar: WorkCalendar,
): Temporal.PlainDate => {
  if (new Set(calendar.weekend).size > 6) throw new Error('a calendar without a working day');
  let day = from;
  for (let left = days; left > 0;) {
    day = day.add({ days: 1 });
    if (isWorked(day, calendar)) left -= 1;
  }
  return day;
};

/** That day, or the next one on which somebody works. */
const firstWorked = (day: Temporal.PlainDate, calendar: WorkCalendar): Temporal.PlainDate =>
  isWorked(day, calendar) ? day : workingDaysAfter(day, 1, calendar);

const inZone = (at: Instant, zone: Zone): Temporal.ZonedDateTime =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone);

/** At the same time of day as clocks there show it; a time that a clock skips is an hour later. */
const onDay = (day: Temporal.PlainDate, moment: Temporal.ZonedDateTime): Instant =>
  instantOf(day.toZonedDateTime({ timeZone: moment.timeZoneId, plainTime: moment.toPlainTime() }));

/** The same time of day, n working days later. */
export const businessDaysAfter = (at: Instant, days: number, calendar: WorkCalendar): Instant => {
  const start = inZone(at, calendar.zone);
  return onDay(workingDaysAfter(start.toPlainDate(), days, calendar), start);
};

/** That time where somebody works on its day; otherwise the same time of the next day on which they do. */
export const whenWorked = (at: Instant, calendar: WorkCalendar): Instant => {
  const moment = inZone(at, calendar.zone);
  return onDay(firstWorked(moment.toPlainDate(), calendar), moment);
};

/** The end of that day where somebody works on it; otherwise of the next day on which they do. */
export const endOfWorkingDay = (at: Instant, calendar: WorkCalendar): Instant => {
  const day = firstWorked(inZone(at, calendar.zone).toPlainDate(), calendar);
  return endOfDay(day.toString(), calendar.zone);
};
