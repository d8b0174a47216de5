/**
 * Excludes1: "not coded here", two codes that never stand together (official guideline I.A.12.a). A code
 * inherits the notes of everything above it. Only a note that names codes plainly is enforced; one without a
 * code, or with a condition on it ("E08-E13 with .42"), is for the person to read.
 */
import { dotted } from './code.js';
import type { IcdCode } from './code.js';
import type { Found, IcdTree } from './tree.js';

export interface Excludes1Note {
  readonly note: string;
  /** The code, section or chapter that carries it. */
  readonly at: IcdCode;
  /** False: shown, never enforced. */
  readonly enforced: boolean;
}

export interface Exclusion {
  readonly note: string;
  readonly at: IcdCode;
  /** The code whose note it is, and the one it excludes. */
  readonly of: IcdCode;
  readonly excludes: IcdCode;
}

interface Range {
  readonly first: string;
  readonly last: string;
}

const CODE = String.raw`[A-Z](?:\d[0-9A-Z]|[A-Z]\d)(?:\.[0-9A-Z]*)?(?![0-9A-Z])`;
const RANGE = new RegExp(String.raw`\b(${CODE})\.?-*(?:(?:(?<=-)|\s*to\s*)(${CODE})\.?-*)?`, 'g');
const BRACKETS = /\([^()]*\)/g;
/** Words after a code that narrow it in a way the data cannot decide. */
const CONDITION = new RegExp(String.raw`${CODE}\.?-*\s*(?:with|except|excluding)\b`);

const rangesIn = (text: string): readonly Range[] =>
  [...text.matchAll(RANGE)].map(([, first = '', last = first]) => ({
    first: first.replace('.', ''),
    last: last.replace('.', ''),
  }));

/** Codes in brackets are what a note excludes; codes in its words count only when the brackets hold none. */
export const excludedRanges = (note: string): readonly Range[] => {
  if (CONDITION.test(note)) return [];
  const inBrackets = (note.match(BRACKETS) ?? []).flatMap(rangesIn);
  return inBrackets.length > 0 ? inBrackets : rangesIn(note);
};

const isWithin = (code: string, { first, last }: Range): boolean =>
  code.slice(0, first.length) >= first && code.slice(0, last.length) <= last;

const excludes = (note: string, code: string): boolean =>
  excludedRanges(note).some((range) => isWithin(code, range));

/** The code's own notes first, then upwards to its chapter. */
const notesOf = (
  tree: IcdTree,
  { node }: Found,
): readonly { readonly at: string; readonly note: string }[] => [
  ...tree
    .lineage(node)
    .toReversed()
    .flatMap(({ code, excludes1 }) => excludes1.map((note) => ({ at: dotted(code), note }))),
  ...tree
    .blocksOf(node)
    .toReversed()
    .flatMap(({ first, last, excludes1 }) => excludes1.map((note) => ({ at: `${first}-${last}`, note }))),
];

export const excludes1Notes = (tree: IcdTree, found: Found): readonly Excludes1Note[] =>
  notesOf(tree, found).map(({ at, note }) => ({ at, note, enforced: excludedRanges(note).length > 0 }));

/** A note high up may name codes of its own branch; it cannot mean the code it is read for. */
const oneWay = (tree: IcdTree, of: Found, other: Found): Exclusion | undefined => {
  const hit = notesOf(tree, of).find(
    ({ note }) => excludes(note, other.node.code) && !excludes(note, of.node.code),
  );
  return hit === undefined ? undefined : { ...hit, of: of.code, excludes: other.code };
};

export const excludes1 = (tree: IcdTree, a: Found, b: Found): Exclusion | undefined =>
  a.code === b.code ? undefined : (oneWay(tree, a, b) ?? oneWay(tree, b, a));
