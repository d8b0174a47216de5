/**
 * Half an hour before and after midnight on walls, on both sides of every change of clocks of 2026, in places whose day is not that
 * of UTC for hours, or half and quarter hours. Kathmandu changes none: there it is the nights of Europe's changes. Source: the IANA
 * time zone database, 2025b; the instants are written out, so that they know nothing of the calendar that they judge.
 */
import type { CalendarDate, Instant } from '@fascia/kernel';

/** A zone, an instant, and what the calendar and the clock on the wall say there. */
export type Night = readonly [zone: string, at: Instant, day: CalendarDate, time: string];

// prettier-ignore
export const NIGHTS: readonly Night[] = [
  ['Pacific/Auckland', '2026-04-04T10:30:00.000Z', '2026-04-04', '23:30'],
  ['Pacific/Auckland', '2026-04-04T11:30:00.000Z', '2026-04-05', '00:30'],
  ['Pacific/Auckland', '2026-04-05T11:30:00.000Z', '2026-04-05', '23:30'],
  ['Pacific/Auckland', '2026-04-05T12:30:00.000Z', '2026-04-06', '00:30'],
  ['Pacific/Auckland', '2026-09-26T11:30:00.000Z', '2026-09-26', '23:30'],
  ['Pacific/Auckland', '2026-09-26T12:30:00.000Z', '2026-09-27', '00:30'],
  ['Pacific/Auckland', '2026-09-27T10:30:00.000Z', '2026-09-27', '23:30'],
  ['Pacific/Auckland', '2026-09-27T11:30:00.000Z', '2026-09-28', '00:30'],
  ['America/New_York', '2026-03-08T04:30:00.000Z', '2026-03-07', '23:30'],
  ['America/New_York', '2026-03-08T05:30:00.000Z', '2026-03-08', '00:30'],
  ['America/New_York', '2026-03-09T03:30:00.000Z', '2026-03-08', '23:30'],
  ['America/New_York', '2026-03-09T04:30:00.000Z', '2026-03-09', '00:30'],
  ['America/New_York', '2026-11-01T03:30:00.000Z', '2026-10-31', '23:30'],
  ['America/New_York', '2026-11-01T04:30:00.000Z', '2026-11-01', '00:30'],
  ['America/New_York', '2026-11-02T04:30:00.000Z', '2026-11-01', '23:30'],
  ['America/New_York', '2026-11-02T05:30:00.000Z', '2026-11-02', '00:30'],
  ['Asia/Kathmandu', '2026-03-28T17:45:00.000Z', '2026-03-28', '23:30'],
  ['Asia/Kathmandu', '2026-03-28T18:45:00.000Z', '2026-03-29', '00:30'],
  ['Asia/Kathmandu', '2026-03-29T17:45:00.000Z', '2026-03-29', '23:30'],
  ['Asia/Kathmandu', '2026-03-29T18:45:00.000Z', '2026-03-30', '00:30'],
  ['Asia/Kathmandu', '2026-10-24T17:45:00.000Z', '2026-10-24', '23:30'],
  ['Asia/Kathmandu', '2026-10-24T18:45:00.000Z', '2026-10-25', '00:30'],
  ['Asia/Kathmandu', '2026-10-25T17:45:00.000Z', '2026-10-25', '23:30'],
  ['Asia/Kathmandu', '2026-10-25T18:45:00.000Z', '2026-10-26', '00:30'],
  ['Australia/Lord_Howe', '2026-04-04T12:30:00.000Z', '2026-04-04', '23:30'],
  ['Australia/Lord_Howe', '2026-04-04T13:30:00.000Z', '2026-04-05', '00:30'],
  ['Australia/Lord_Howe', '2026-04-05T13:00:00.000Z', '2026-04-05', '23:30'],
  ['Australia/Lord_Howe', '2026-04-05T14:00:00.000Z', '2026-04-06', '00:30'],
  ['Australia/Lord_Howe', '2026-10-03T13:00:00.000Z', '2026-10-03', '23:30'],
  ['Australia/Lord_Howe', '2026-10-03T14:00:00.000Z', '2026-10-04', '00:30'],
  ['Australia/Lord_Howe', '2026-10-04T12:30:00.000Z', '2026-10-04', '23:30'],
  ['Australia/Lord_Howe', '2026-10-04T13:30:00.000Z', '2026-10-05', '00:30'],
  ['America/St_Johns', '2026-03-08T03:00:00.000Z', '2026-03-07', '23:30'],
  ['America/St_Johns', '2026-03-08T04:00:00.000Z', '2026-03-08', '00:30'],
  ['America/St_Johns', '2026-03-09T02:00:00.000Z', '2026-03-08', '23:30'],
  ['America/St_Johns', '2026-03-09T03:00:00.000Z', '2026-03-09', '00:30'],
  ['America/St_Johns', '2026-11-01T02:00:00.000Z', '2026-10-31', '23:30'],
  ['America/St_Johns', '2026-11-01T03:00:00.000Z', '2026-11-01', '00:30'],
  ['America/St_Johns', '2026-11-02T03:00:00.000Z', '2026-11-01', '23:30'],
  ['America/St_Johns', '2026-11-02T04:00:00.000Z', '2026-11-02', '00:30'],
];
