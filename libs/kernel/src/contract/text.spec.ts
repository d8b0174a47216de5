import fc from 'fast-check';
import { isCalendarDate, isPartialDate, normalInstant, normalLine, normalText, textFault } from './text.js';

describe('calendar dates', () => {
  it.each(['2026-04-01', '2024-02-29', '2000-02-29', '1931-12-31'])('%s exists', (text) =>
    expect(isCalendarDate(text)).toBe(true),
  );

  it.each([
    '2026-02-30',
    '2023-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-4-1',
    '26-04-01',
    '2026-04-01T00:00:00Z',
    '0000-01-01',
    '9999-01-01',
    ' 2026-04-01',
    '2026-04-01\n',
    '',
  ])('%j does not', (text) => expect(isCalendarDate(text)).toBe(false));

  it('every day of the calendar is taken', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1800-01-01'), max: new Date('2200-12-31'), noInvalidDate: true }),
        (date) => isCalendarDate(date.toISOString().slice(0, 10)),
      ),
    );
  });
});

describe('dates as precise as they are known', () => {
  it.each(['1980', '1980-05', '1980-05-04', '2024-02-29'])('%s exists', (text) =>
    expect(isPartialDate(text)).toBe(true),
  );

  // prettier-ignore
  it.each([
    '1990-02-30', '1991-02-29', '1985-06-31', '2025-09-31', '0000-01-01', '0000', '2000-15-31', '2000-13', '2000-00', '20000101', '2000-1',
    '2000-', '2000-0', '200', '2000-01-0', '2000-01-01T', ' 1980', '9999', '',
  ])('%j does not', (text) => expect(isPartialDate(text)).toBe(false));
});

describe('moments', () => {
  it.each([
    ['2026-04-01T09:30:00Z', '2026-04-01T09:30:00.000Z'],
    ['2026-04-01T11:30:00+02:00', '2026-04-01T09:30:00.000Z'],
    ['2026-04-01t23:30:00.5-01:00', '2026-04-02T00:30:00.500Z'],
    ['2026-04-01T09:30:00.123456789z', '2026-04-01T09:30:00.123Z'],
  ])('%s is %s', (text, normal) => expect(normalInstant(text)).toBe(normal));

  it.each([
    '2026-04-01T09:30:00',
    '2026-04-01 09:30:00Z',
    '2026-04-01T09:30Z',
    '2026-02-30T09:30:00Z',
    '2026-04-01T24:00:00Z',
    '2026-04-01T23:59:60Z',
    '2026-04-01T09:30:00+24:00',
    '2026-04-01',
    'now',
    '',
  ])('%j is none', (text) => expect(normalInstant(text)).toBeUndefined());

  it('is its own normal form', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          expect(normalInstant(date.toISOString())).toBe(date.toISOString());
        },
      ),
    );
  });
});

describe('texts', () => {
  it('are composed, trimmed, and have one kind of line end', () => {
    expect(normalText('  Cafe\u0301\r\nzwei\rdrei ')).toBe('Caf\u00e9\nzwei\ndrei');
  });

  it('on one line have one space between two words, however it was typed', () => {
    expect(normalLine(' Anna\u00a0\u2009  Maria\u3000Berg ')).toBe('Anna Maria Berg');
    expect(normalText('a  b\u00a0c')).toBe('a  b\u00a0c');
  });

  it('of any language and direction are fine, and count by character', () => {
    for (const text of ['محمد علي', 'שלום', '李小龙', 'Nguyễn', '👩‍⚕️', 'O\u2019Brien', '\u05d0\u200f(2)'])
      expect(textFault(text, 20, 'one')).toBeUndefined();
    expect(textFault('🙂'.repeat(10), 10, 'one')).toBeUndefined();
    expect(textFault('🙂'.repeat(11), 10, 'one')).toBe('long');
  });

  it.each([
    ['a\nb', 'one', 'control'],
    ['a\nb\tc', 'many', undefined],
    ['a\u0000', 'many', 'control'],
    ['a\u009b', 'many', 'control'],
    ['a\u2028b', 'many', 'control'],
    ['\ud800', 'many', 'control'],
    ['   ', 'many', 'empty'],
  ] as const)('%j on %s line is %s', (text, lines, found) => expect(textFault(text, 100, lines)).toBe(found));

  it.each([
    ['Anna \u202egreB', 'an override'],
    ['Anna \u202bBerg\u202c', 'an embedding'],
    ['Anna \u2067Berg\u2069', 'an isolate'],
    ['An\u200bna', 'a space of no width'],
    ['An\u00adna', 'a soft hyphen'],
    ['An\ufeffna', 'a byte order mark within'],
    ['An\u2060na', 'a word joiner'],
    ['An\u{e0061}na', 'a tag'],
    ['An\u034fna', 'a grapheme joiner'],
    ['An\u3164na', 'a filler'],
    ['An\u200dna', 'a joiner between letters that do not join'],
    ['An\u200cna', 'a non-joiner between them'],
    ['Anna\ufe0f', 'a variant of a letter that has none'],
    ['12\ufe0f3', 'a variant of a digit'],
    ['Anna\u200f', 'a mark of direction where all is written in one'],
    ['An\ufdd0na', 'a code point that is no character'],
    [`A${'\u0301'.repeat(31)}nna`, 'under more marks than any language writes'],
  ])('%j hides something: %s', (text) => {
    expect(textFault(text, 100, 'one')).toBe('hidden');
    expect(textFault(text, 100, 'many')).toBe('hidden');
  });

  it('with more marks over a letter than any language writes are not composed: that takes minutes', () => {
    const stacked = `a${'\u0315\u0300'.repeat(50_000)}`;
    expect(normalText(stacked)).toBe(stacked);
    expect(textFault(normalLine(stacked), 1_000_000, 'one')).toBe('hidden');
  });

  it.each([
    ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', 'Persian'],
    ['\u0915\u094d\u200d\u0937', 'Hindi'],
    ['\u0dc1\u0dca\u200d\u0dbb\u0dd3', 'Sinhala'],
    ['\u8fbb\u{e0100}', 'a variant of an ideograph'],
    ['\u{1f469}\u{1f3fd}\u200d\u2695\ufe0f 1\ufe0f\u20e3 \u2764\ufe0f', 'emoji'],
    ['\u05d0\u05d1\u200e (12)', 'Hebrew with a number'],
  ])('%j is written so: %s', (text) => {
    expect(textFault(normalLine(text), 100, 'one')).toBeUndefined();
  });
});
