/**
 * The side that a code names. The files have no field for it, and the words alone mislead ("Right heart
 * failure", "Contracture, unspecified joint"). So a word counts only when the same category has the twin
 * text for the other side.
 */
import type { IcdNode } from './data.js';
import type { Found, IcdTree } from './tree.js';

/** `unspecified`: the code could name a side and does not, so the screen asks. `none`: it has no side. */
export type IcdSide = 'right' | 'left' | 'bilateral' | 'unspecified' | 'none';

const SWAPPED: Readonly<Record<string, string>> = { right: 'left', left: 'right' };
const SIDE_WORD = /\b(right|left)\b/g;
const BOTH = /\bbilateral\b|\bboth (?:eyes|ears|sides)\b/;
const NO_SIDE = /\bunspecified (?:side|eye|ear)\b/;

/** Twins differ in commas and in a lost "of" now and then (M24.874, M24.875). */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .replaceAll(' of ', ' ')
    .trim();

type Texts = ReadonlySet<string>;

const swapSides = (text: string): string => text.replace(SIDE_WORD, (word) => SWAPPED[word] ?? word);

/** Each text made by naming a side in place of one "unspecified". */
const withSideNamed = (text: string): readonly string[] =>
  [...text.matchAll(/\bunspecified\b/g)].map(
    ({ index }) => `${text.slice(0, index)}right${text.slice(index + 'unspecified'.length)}`,
  );

/** "Pain in arm, unspecified" beside "Pain in right arm". */
const dropsTheSide = (text: string, texts: Texts): boolean => {
  const bare = text.replace(/ unspecified$/, '');
  return (
    bare !== text &&
    [...texts].some((other) => other.includes('right ') && other.replace('right ', '') === bare)
  );
};

const sideInText = (text: string, texts: Texts): IcdSide => {
  const words = new Set(text.match(SIDE_WORD));
  const [word] = words;
  if (words.size === 1 && texts.has(swapSides(text))) return word === 'right' ? 'right' : 'left';
  if (words.size > 0) return 'none';
  if (BOTH.test(text)) return 'bilateral';
  const unspecified =
    NO_SIDE.test(text) || withSideNamed(text).some((named) => texts.has(named)) || dropsTheSide(text, texts);
  return unspecified ? 'unspecified' : 'none';
};

export class Sides {
  private readonly byCategory = new Map<string, Texts>();

  constructor(private readonly tree: IcdTree) {}

  sideOf({ node, seventh }: Found): IcdSide {
    const meanings = new Set(
      node.status.flatMap((status) => (typeof status === 'string' ? [] : [...status.values()])),
    );
    const meaning = node.status
      .flatMap((status) => (typeof status === 'string' ? [] : (status.get(seventh ?? '') ?? [])))
      .at(-1);
    const bySeventh = meaning === undefined ? 'none' : sideInText(meaning, meanings);
    return bySeventh === 'none' ? sideInText(plain(node.text), this.textsAround(node)) : bySeventh;
  }

  private textsAround(node: IcdNode): Texts {
    const category = node.code.slice(0, 3);
    const known = this.byCategory.get(category);
    if (known !== undefined) return known;
    const texts = new Set(
      this.tree.below(category).flatMap(({ text, olderTexts }) => [text, ...olderTexts.values()].map(plain)),
    );
    this.byCategory.set(category, texts);
    return texts;
  }
}

export type SideAgreement = 'agrees' | 'ask' | 'mismatch';

/** A code for one side never covers a bilateral site: both sides are coded. An unspecified side makes the screen ask. */
export const sideAgreement = (
  code: IcdSide,
  site: 'left' | 'right' | 'bilateral' | 'midline' | undefined,
): SideAgreement => {
  if (code === 'none' || code === site) return 'agrees';
  return code === 'unspecified' ? 'ask' : 'mismatch';
};
