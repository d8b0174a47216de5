/** What of two records is shown beside each other, and how it compares. */
import type { Answer } from '../api/questions.js';

export type Match = Answer<'listMatches'>;
export type MatchRecord = Match['records'][number];
export type Agreement = Match['parts'][number]['agreement'];

const WORST = ['differs', 'partly', 'agrees'] as const satisfies readonly Agreement[];

/** Of several things the one that people have to look at. */
const worstOf = (all: readonly Agreement[]): Agreement | undefined => WORST.find((one) => all.includes(one));

type Compared = 'name' | 'birthDate' | 'sexAtBirth' | 'identifiers' | 'death';

/** @returns nothing for what one of them does not say */
export const agreementIn = (
  { parts, identifiers, records }: Match,
  part: Compared,
): Agreement | undefined => {
  const of = (...names: readonly string[]): readonly Agreement[] =>
    parts.filter((one) => names.includes(one.part)).map(({ agreement }) => agreement);
  switch (part) {
    case 'name':
      return worstOf(of('familyName', 'givenNames'));
    case 'birthDate':
    case 'sexAtBirth':
      return worstOf(of(part));
    case 'identifiers':
      return worstOf(identifiers.map(({ agreement }) => agreement));
    case 'death':
      return new Set(records.map(({ deceased }) => deceased)).size > 1 ? 'differs' : 'agrees';
  }
};

const otherOf = ({ records }: Match, { id }: MatchRecord): MatchRecord | undefined =>
  records.find((one) => one.id !== id);

/** Records that may stand for both: those into which the other one may be merged. */
export const survivorsOf = (match: Match): readonly MatchRecord[] =>
  match.records.filter((one) => otherOf(match, one)?.allowedActions.includes('MergePatients') === true);

/** What was proposed is confirmed as it was; else the first. */
export const survivorAtFirst = (match: Match): string | undefined => {
  const proposed = match.records.flatMap(({ mergeProposedInto }) => mergeProposedInto ?? []);
  const able = survivorsOf(match).map(({ id }) => id);
  return able.find((id) => proposed.includes(id)) ?? able[0];
};
