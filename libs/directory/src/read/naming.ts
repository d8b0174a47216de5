/** How people are called and found, in every list of people. */
import { sortKey, wordsOf } from '@fascia/read-store';
import type { Demographics } from '../contract/events.js';

export interface Named {
  readonly name: string;
  /** For ordering: family name first. */
  readonly sort_key: string;
  /** For finding. */
  readonly words: readonly string[];
}

/** As people are called: the person's own text form where there is one. */
const displayName = ({ text, given, family }: Demographics['name']): string =>
  text ?? [...given, family].filter((part) => part !== '').join(' ');

/** Who has one name is found by it, whichever part it was written in. */
const keyOf = ({ text = '', given, family }: Demographics['name']): string =>
  [family, ...given].filter((part) => part !== '').join(' ') || text;

export const naming = (name: Demographics['name']): Named => ({
  name: displayName(name),
  sort_key: sortKey(keyOf(name)),
  words: wordsOf([name.family, ...name.given, ...(name.text === undefined ? [] : [name.text])]),
});
