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

/** FHIR `date`, as precise as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export const isPartialDate = (text: string): boolean =>
  [4, 7, 10].includes(text.length) && isCalendarDate(text + '-01-01'.slice(text.length - 4));

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?([Zz]|[+-](\d{2}):(\d{2}))$/;

/** UTC with milliseconds; finer fractions are cut. @returns nothing when the text is not a moment. Leap seconds are not taken. */
export const normalInstant = (text: string): string | undefined => {
  const [, date = '', hour, minute, second, , zoneHour = '0', zoneMinute = '0'] = RFC_3339.exec(text) ?? [];
  const fits = isCalendarDate(date) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!fits || Number(zoneHour) > 23 || Number(zoneMinute) > 59) return undefined;
  return new Date(text.toUpperCase().replace(/(\.\d{3})\d+/, '$1')).toISOString();
};

/**
 * More marks over one letter than any language writes (Stream-Safe Text Format, UAX 15: at most 30). Composing them takes time in the
 * square of their number, a hundred thousand a quarter of a minute.
 */
const STACKED = /\p{M}{31}/u;

/** NFC, `\n` line ends, no white space around. */
export const normalText = (text: string): string => {
  const lines = text.replace(/\r\n?/g, '\n').trim();
  return STACKED.test(lines) ? lines : lines.normalize('NFC');
};

/** On one line, spaces of any width and number between two words are one: what looks the same is the same. */
export const normalLine = (text: string): string => normalText(text).replace(/\p{Zs}+/gu, ' ');

/** C0 and C1 controls, and the two separators that some readers take as line ends. */
const CONTROL_OR_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * What makes one text look like another: what turns the order of signs around (UAX 9: embeddings, overrides, isolates) and what takes
 * no room (zero-width and soft hyphens, fillers, tags, byte order marks), but for `NEEDED`.
 */
const HIDDEN =
  /[\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]|\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}/u;

/**
 * Unseen signs that people's languages are written with: joiners in joining and Brahmic scripts (as RFC 5892 A.1 and A.2 allow them)
 * and inside an emoji, variants of ideographs, of Mongolian letters and of emoji.
 */
// prettier-ignore
const NEEDED = new RegExp(
  [
    `(?<=[${['Arab', 'Syrc', 'Mong', 'Nkoo', 'Mand', 'Adlm', 'Rohg', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda',
      'Mlym', 'Sinh', 'Khmr', 'Mymr', 'Tibt', 'Bali', 'Java'].map((script) => String.raw`\p{scx=${script}}`).join('')}])[\u200c\u200d]`,
    String.raw`(?<=[\p{Extended_Pictographic}\ufe0f\u{1f3fb}-\u{1f3ff}])\u200d(?=\p{Extended_Pictographic})`,
    String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)`,
    String.raw`(?<=\p{scx=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]|(?<=\p{scx=Mong})[\u180b-\u180d\u180f]`,
  ].join('|'),
  'gu',
);
const DIRECTION_MARKS = /[\u061c\u200e\u200f]/g;
const RIGHT_TO_LEFT =
  /(?=\p{L})[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Mand}\p{sc=Adlm}\p{sc=Rohg}]/u;

const isAllSeen = (text: string): boolean => {
  if (STACKED.test(text)) return false;
  if (!HIDDEN.test(text)) return true;
  const rest = text.replace(NEEDED, '');
  // Marks of direction say which way a number or a bracket reads, where both ways are written.
  return !HIDDEN.test(RIGHT_TO_LEFT.test(rest) ? rest.replace(DIRECTION_MARKS, '') : rest);
};

/** Lengths are in characters (code points), so that every script has the same room. */
export const textFault = (
  text: string,
  max: number,
  lines: 'one' | 'many',
): 'empty' | 'long' | 'control' | 'hidden' | undefined => {
  if (text.trim() === '') return 'empty';
  if (text.length > max * 2 || [...text].length > max) return 'long';
  if ((lines === 'one' ? CONTROL_OR_LINE : CONTROL).test(text) || !text.isWellFormed()) return 'control';
  return isAllSeen(text) ? undefined : 'hidden';
};
