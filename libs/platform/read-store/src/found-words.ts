/**
 * How people's names are found: by any part, in any order, by its beginning; accents, case and marks aside. Words are folded alike where
 * they are kept and where they are typed. A model keeps {@link wordsOf} names in a `text[]` column; {@link wordsTyped} asks for it.
 *
 * Scripts that write no spaces (Han, Kana, Thai …) are found from any character on: where a part begins only a reader knows.
 */
import { sql, type Expression } from 'kysely';
import { sortKey } from './sort-key.js';
import type { Condition } from './sql.js';

/** Letters that Unicode does not take apart, as people type them who do not have them. */
const PLAIN: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
};

/** Without case, accents and widths: NFKD, no marks. Through upper case, as it takes ß apart. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/[øłđðþæœς]/gu, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC');

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A word has so many beginnings at most. */
const MOST_BEGINNINGS = 40;

/** Between spaces: each piece as its letters and digits, parted by what stands between them (O'Brien, Smith-Jones). */
const piecesOf = (text: string): readonly (readonly string[])[] =>
  folded(text)
    .split(/\s+/u)
    .map((piece) => piece.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== ''))
    .filter((parts) => parts.length > 0);

const beginningsOf = (word: string): readonly string[] =>
  UNSPACED.test(word)
    ? [...word].slice(0, MOST_BEGINNINGS).map((_character, at) => [...word].slice(at).join(''))
    : [word];

/** @returns words of bounded length, each once */
export const wordsOf = (names: readonly string[]): readonly string[] => {
  const pieces = names.flatMap(piecesOf).flatMap((parts) => [parts.join(''), ...parts]);
  const whole = names.join('');
  const words = [...pieces, ...(UNSPACED.test(whole) ? [folded(whole).replace(/\s/gu, '')] : [])];
  return [...new Set(words.flatMap(beginningsOf).map(sortKey))];
};

const begins = (word: string): string => `'${sortKey(word)}':*`;

/** What was typed, as PostgreSQL's `tsquery`; of nothing but punctuation, one that nothing fits. */
export const wordsTyped = (typed: string | undefined): string | undefined =>
  typed === undefined
    ? undefined
    : piecesOf(typed)
        .map((parts) =>
          parts.length === 1
            ? parts.map(begins).join('')
            : `(${begins(parts.join(''))} | (${parts.map(begins).join(' & ')}))`,
        )
        .join(' & ');

/** The index that {@link haveWords} is answered from. */
export const wordsIndex = (column: string): string => `using gin (array_to_tsvector(${column}))`;

/** Whether a column of {@link wordsOf} has all that was typed. */
export const haveWords = (column: Expression<readonly string[]>, typed: Expression<string>): Condition =>
  sql<boolean>`array_to_tsvector(${column}) @@ ${typed}::tsquery`;
