import fc from 'fast-check';
import { folded, wordsOf, wordsTyped } from './found-words.js';

/** What PostgreSQL does with the two, for words without alternatives. */
const finds = (typed: string, ...names: readonly string[]): boolean => {
  const beginnings = [...(wordsTyped(typed) ?? '').matchAll(/'([^']+)':\*/g)].map(([, word = '']) => word);
  return beginnings.every((beginning) => wordsOf(names).some((word) => word.startsWith(beginning)));
};

describe('a word', () => {
  it.each([
    ['Müller', 'muller'],
    ['Mu\u0308ller', 'muller'],
    ['STRAẞE', 'strasse'],
    ['Łukasz', 'lukasz'],
    ['Sørensen', 'sorensen'],
    ['İbrahim', 'ibrahim'],
    ['Nguyễn', 'nguyen'],
    ['Παπάς', 'παπασ'],
    ['Ａｎａ', 'ana'],
    ['أحمد', 'احمد'],
    ['김', '김'],
  ])('%s is folded to %s', (text, expected) => {
    expect(folded(text)).toBe(expected);
  });

  it('is folded once and for all', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => folded(folded(text)) === folded(text)));
  });
});

describe('a name', () => {
  it.each([
    ['okafor', ['Okafor', 'Adaeze']],
    ['adaeze okafor', ['Okafor', 'Adaeze']],
    ['ada oka', ['Okafor', 'Adaeze']],
    ['obrien', ["O'Brien"]],
    ['jones', ['Smith-Jones']],
    ['太郎', ['山田', '太郎']],
    ['山田太郎', ['山田', '太郎']],
    ['田', ['山田太郎']],
    ['지', ['김민지']],
  ] as const)('is found by %s: %j', (typed, names) => {
    expect(finds(typed, ...names)).toBe(true);
  });

  it.each([
    ['kafor', ['Okafor']],
    ['okafor mary', ['Okafor', 'Adaeze']],
    ['郎山', ['山田', '太郎']],
  ] as const)('is not found by %s: %j', (typed, names) => {
    expect(finds(typed, ...names)).toBe(false);
  });

  it('has short words, each once, however long it is', () => {
    const long = '漢'.repeat(1_000);
    for (const word of wordsOf([long, long, 'Ana Ana'])) expect(Buffer.byteLength(word)).toBeLessThan(257);
    expect(wordsOf(['Ana Ana'])).toEqual(['ana']);
  });
});

describe('what is typed', () => {
  it('is a query, and never more than words of it', () => {
    expect(wordsTyped(undefined)).toBeUndefined();
    expect(wordsTyped("a:* | !b & 'c' \\")).toBe("'a':* & 'b':* & 'c':*");
    expect(wordsTyped("O'Brien")).toBe("('obrien':* | ('o':* & 'brien':*))");
    expect(wordsTyped('%_')).toBe('');
  });
});
