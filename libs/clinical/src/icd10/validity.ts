/** Whether a code may be recorded on a date. Releases do not cover every day: between two of them nobody can be sure. */
import type { CalendarDate } from '@fascia/kernel';
import { dotted, undotted } from './code.js';
import type { IcdCode } from './code.js';
import type { IcdNode, IcdRelease } from './data.js';
import { withSeventh } from './tree.js';
import type { Found, IcdTree } from './tree.js';

export type NotBillableBecause =
  | 'unknown'
  /** A heading: a more specific code exists. */
  | 'header'
  | 'needs7th'
  /** Billable in an earlier release, no longer on this date. */
  | 'retired'
  /** Billable only in a later release. */
  | 'notYet';

export type Billability =
  | { readonly kind: 'billable'; readonly code: IcdCode; readonly release: string }
  /** No loaded release covers the date; billable in every neighbouring one. Taken, and marked. */
  | { readonly kind: 'unconfirmed'; readonly code: IcdCode; readonly releases: readonly string[] }
  /** No loaded release covers the date; billable in one neighbour only. Taken when the person accepts it. */
  | { readonly kind: 'warning'; readonly code: IcdCode; readonly billableIn: string; readonly notIn?: string }
  | {
      readonly kind: 'notBillable';
      readonly because: NotBillableBecause;
      readonly suggestions: readonly IcdCode[];
    };

const SUGGESTION_LIMIT = 12;

const covers = ({ from, to }: IcdRelease, date: CalendarDate): boolean =>
  from <= date && (to === undefined || date <= to);

/** Codes for bills at a node in a release; with the wanted 7th character where the node has it. */
const billableAt = (node: IcdNode, release: number, seventh: string | undefined): readonly IcdCode[] => {
  const status = node.status[release];
  if (status === undefined || status === 'absent' || status === 'header') return [];
  if (status === 'billable') return [dotted(node.code)];
  const wanted = seventh !== undefined && status.has(seventh) ? [seventh] : [...status.keys()];
  return wanted.map((character) => withSeventh(node.code, character));
};

/** More specific codes first; then a billable code above; then the neighbours under the same heading. */
const suggestionsFor = (tree: IcdTree, code: string, release: number): readonly IcdCode[] => {
  const seventh = code.length === 7 ? code.charAt(6) : undefined;
  const here = tree.nearest(code);
  if (here === undefined) return [];
  const lineage = tree.lineage(here).toReversed();
  const sources = [
    tree.below(here.code),
    ...lineage.map((node) => [node]),
    ...lineage.map((node) => tree.below(node.code)),
  ];
  const found = sources.map((nodes) => nodes.flatMap((node) => billableAt(node, release, seventh)));
  return (found.find((codes) => codes.length > 0) ?? []).slice(0, SUGGESTION_LIMIT);
};

const reasonIn = (tree: IcdTree, found: Found, release: number): NotBillableBecause => {
  const billableIn = (other: number): boolean => tree.statusIn(found, other) === 'billable';
  const releases = [...tree.releases.keys()];
  if (releases.some((other) => other < release && billableIn(other))) return 'retired';
  const status = tree.statusIn(found, release);
  if (status === 'header') return 'header';
  if (status === 'needsSeventh') return 'needs7th';
  return releases.some((other) => other > release && billableIn(other)) ? 'notYet' : 'unknown';
};

const refused = (tree: IcdTree, input: string, found: Found | undefined, release: number): Billability => ({
  kind: 'notBillable',
  because: found === undefined ? 'unknown' : reasonIn(tree, found, release),
  suggestions: suggestionsFor(tree, undotted(input) ?? '', release),
});

/** On a date that no release covers: the releases just before and just after it. */
const judgeGap = (
  tree: IcdTree,
  input: string,
  found: Found | undefined,
  date: CalendarDate,
): Billability => {
  const before = tree.releases.findLastIndex(({ to }) => to !== undefined && to < date);
  const after = tree.releases.findIndex(({ from }) => from > date);
  const neighbours = [before, after].filter((release) => release >= 0);
  const inIt = neighbours.filter(
    (release) => found !== undefined && tree.statusIn(found, release) === 'billable',
  );
  const [first] = inIt;
  if (found === undefined || first === undefined) return refused(tree, input, found, neighbours.at(-1) ?? 0);
  const name = (release: number): string => tree.releases[release]?.id ?? '';
  // Before the first release only one neighbour speaks, and rules of coding are not projected backwards.
  const settled = inIt.length === neighbours.length && before >= 0;
  if (settled) return { kind: 'unconfirmed', code: found.code, releases: inIt.map(name) };
  const other = neighbours.find((release) => release !== first);
  return {
    kind: 'warning',
    code: found.code,
    billableIn: name(first),
    ...(other === undefined ? {} : { notIn: name(other) }),
  };
};

/** @param date of service or of recording, not an imported onset. */
export const billableOn = (tree: IcdTree, input: string, date: CalendarDate): Billability => {
  const found = tree.find(input);
  const release = tree.releases.findLastIndex((candidate) => covers(candidate, date));
  if (release < 0) return judgeGap(tree, input, found, date);
  if (found !== undefined && tree.statusIn(found, release) === 'billable') {
    return { kind: 'billable', code: found.code, release: tree.releases[release]?.id ?? '' };
  }
  return refused(tree, input, found, release);
};
