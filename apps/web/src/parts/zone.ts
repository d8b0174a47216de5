/** Clocks on the walls of one place: which day and minute it is there, and the moment that they show a time. */
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  clocks.set(zone, clock);
  return clock;
};

/** What the wall shows, as if it hung in Greenwich. */
const wallMs = (ms: number, zone: string): number => {
  const shown = new Map(
    clockOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => shown.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
};

/** The day that it is there. */
export const dayIn = (moment: string, zone: string): string =>
  new Date(wallMs(Date.parse(moment), zone)).toISOString().slice(0, 10);

/** Minutes that the clocks there show since midnight. */
export const minuteIn = (moment: string, zone: string): number => {
  const wall = new Date(wallMs(Date.parse(moment), zone));
  return wall.getUTCHours() * 60 + wall.getUTCMinutes();
};

/**
 * The moment at which clocks there show so many minutes of that day. Of a time that they show twice it is the first; one that they
 * skip is as much later as they skip.
 */
export const momentAt = (day: string, minute: number, zone: string): string => {
  const wall = Date.parse(`${day}T00:00:00.000Z`) + minute * MINUTE_MS;
  const behind = (ms: number): number => wallMs(ms, zone) - ms;
  const [before, after] = [wall - behind(wall - DAY_MS), wall - behind(wall + DAY_MS)];
  const shown = [before, after].find((ms) => wallMs(ms, zone) === wall) ?? before;
  return new Date(shown).toISOString();
};

/** `2026-03-31` and a day more: `2026-04-01`. */
export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** 1 is Monday, 7 Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00.000Z`).getUTCDay() || 7;

export const isDay = (text: string): boolean => {
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(ms) && daysLater(text, 0) === text;
};

/** `570` as a field for times has it: `09:30`. */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** @returns nothing for what is no time */
export const clockMinute = (text: string): number | undefined => {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
};
