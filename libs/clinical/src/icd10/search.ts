/** Search by the beginnings of words, over texts, inclusion terms (also those of the headings above) and everyday words. */
import { dotted, undotted } from './code.js';
import type { IcdCode } from './code.js';
import type { IcdNode } from './data.js';
import type { IcdTree } from './tree.js';
import { SYNONYMS } from './synonyms.js';

export interface IcdHit {
  /** A code for bills, or one that lacks only its 7th character. */
  readonly code: IcdCode;
  readonly text: string;
  readonly needsSeventh: boolean;
}

/** Words apart by single spaces, with one before each word: `includes(' ' + beginning)` finds a word's beginning. */
const plain = (text: string): string =>
  ` ${text
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()}`;

const wordsOf = (text: string): readonly string[] =>
  plain(text)
    .split(' ')
    .filter((word) => word !== '');

const MOST_ALTERNATIVES = 32;

/** The query itself first, then with its everyday expressions put into the words of the classification. */
const alternatives = (query: string): readonly (readonly string[])[] => {
  const code = undotted(query);
  const typed = code === undefined ? plain(query) : ` ${code.toLowerCase()}`;
  const said = SYNONYMS.filter(([expression]) => `${typed} `.includes(` ${expression} `));
  const all = said.reduce(
    (queries, [expression, searched]) => {
      const replaced = queries.flatMap((words) =>
        searched.map((instead) => words.replace(expression, instead)),
      );
      return [...queries, ...replaced];
    },
    [typed],
  );
  return [...new Set(all)].slice(0, MOST_ALTERNATIVES).map(wordsOf);
};

interface Indexed {
  readonly node: IcdNode;
  readonly title: string;
  readonly all: string;
  /** Orders hits of equal score: plainer texts first, a named side before an unspecified one. */
  readonly weight: number;
}

/** A hit of the words as typed counts more than one of their synonyms, the title more than an inclusion term. */
const AS_TYPED = 100;
const IN_TITLE = 50;
/** This is a service for soft tissue: chapters M and S first. */
const IN_FIELD = 5;

const scoreOf = ({ node, title, all }: Indexed, words: readonly string[], alternative: number): number => {
  if (!words.every((word) => all.includes(` ${word}`))) return 0;
  const inTitle = words.every((word) => title.includes(` ${word}`));
  return (
    (alternative === 0 ? AS_TYPED : 0) +
    (inTitle ? IN_TITLE : 0) +
    (/^[MS]/.test(node.code) ? IN_FIELD : 0) +
    1 / (alternative + 1)
  );
};

const SIDES = / (?:right|left|bilateral|unspecified)\b/g;

const weightOf = (title: string): number =>
  title.replace(SIDES, '').length + (title.includes(' unspecified') ? 0.5 : 0);

export class IcdSearch {
  private index: readonly Indexed[] | undefined;

  constructor(private readonly tree: IcdTree) {}

  search(query: string, limit: number): readonly IcdHit[] {
    const wanted = alternatives(query).filter((words) => words.length > 0);
    this.index ??= this.build();
    return this.index
      .map((entry) => ({
        entry,
        score: Math.max(0, ...wanted.map((words, place) => scoreOf(entry, words, place))),
      }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.entry.weight - b.entry.weight)
      .slice(0, limit)
      .map(({ entry: { node } }) => ({
        code: dotted(node.code),
        text: node.text,
        needsSeventh: node.status.at(-1) !== 'billable',
      }));
  }

  /** Codes of the newest release only: what a person would record today. */
  private build(): readonly Indexed[] {
    const current = this.tree.nodes.filter(
      ({ status }) => status.at(-1) === 'billable' || typeof status.at(-1) === 'object',
    );
    return current.map((node) => {
      const terms = this.tree.lineage(node).flatMap((above) => above.terms);
      const title = plain(`${node.code} ${node.text}`);
      return { node, title, weight: weightOf(title), all: `${title}${terms.map(plain).join('')}` };
    });
  }
}
