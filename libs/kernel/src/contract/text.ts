/** Texts, ids, dates and moments as requests bring them: what is allowed, and the one spelling that is kept. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Lower-case RFC 9562 text form only: one id has one spelling. */
export const isUuid = (text: string): boolean => UUID.test(text);

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

const EARLIEST_YEAR = 1800;
const LATEST_YEAR = 2200;

const exists = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** By round trip: 30 February is not one. */
export const isCalendarDate = (text: string): boolean => {
  const [year = 0, month = 0, day = 0] = (DATE.exec(text)?.slice(1) ?? []).map(Number);
  return year >= EARLIEST_YEAR && year <= LATEST_YEAR && exists(year, month, day);
};

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?([Zz]|[+-](\d{2}):(\d{2}))$/;

/** UTC with milliseconds; finer fractions are cut. @returns nothing when the text is not a moment. Leap seconds are not taken. */
export const normalInstant = (text: string): string | undefined => {
  const [, date = '', hour, minute, second, , zoneHour = '0', zoneMinute = '0'] = RFC_3339.exec(text) ?? [];
  const fits = isCalendarDate(date) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!fits || Number(zoneHour) > 23 || Number(zoneMinute) > 59) return undefined;
  return new Date(text.toUpperCase().replace(/(\.\d{3})\d+/, '$1')).toISOString();
};

/** NFC, `\n` line ends, no white space around. */
export const normalText = (text: string): string => text.replace(/\r\n?/g, '\n').normalize('NFC').trim();

/** C0 and C1 controls, and the two separators that some readers take as line ends. Direction marks are people's text. */
const CONTROL_OR_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

/** Lengths are in characters (code points), so that every script has the same room. */
export const textFault = (
  text: string,
  max: number,
  lines: 'one' | 'many',
): 'empty' | 'long' | 'control' | undefined => {
  if (text.trim() === '') return 'empty';
  if (text.length > max * 2 || [...text].length > max) return 'long';
  return (lines === 'one' ? CONTROL_OR_LINE : CONTROL).test(text) || !text.isWellFormed()
    ? 'control'
    : undefined;
};
