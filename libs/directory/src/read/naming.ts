/** How people are called and found, in every list of people. */
import type { Demographics } from '../contract/events.js';

export interface Named {
  readonly name: string;
  /** For sorting and searching: family name first. */
  readonly sort_name: string;
}

/** As people are called: the person's own text form where there is one. */
const displayName = ({ text, given, family }: Demographics['name']): string =>
  text ?? [...given, family].filter((part) => part !== '').join(' ');

export const naming = (name: Demographics['name']): Named => ({
  name: displayName(name),
  sort_name: [name.family, ...name.given].join(' ').toLowerCase(),
});

/** The pattern of what begins with what was typed; `%` and `_` are no wildcards. */
export const startsWith = (typed: string | undefined): string | undefined =>
  typed === undefined ? undefined : `${typed.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
