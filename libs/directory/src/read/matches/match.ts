/** Whether two records may be of one person: what of them is compared, which records are compared at all, and what it comes to. */
import type { Demographics } from '../../contract/events.js';
import {
  MATCH_PARTS,
  MATCH_RULES,
  MATCH_WEIGHTS,
  type Agreement,
  type Likeliness,
  type MatchPart,
  type MatchRule,
  type MatchTable,
} from './match-weights.js';

/** What is compared. Words are folded: no accents, no case, no order. */
export interface Comparable {
  readonly id: string;
  /** Records that a source uses instead of this one. */
  readonly replacedBy: readonly string[];
  readonly family: readonly string[];
  readonly given: readonly string[];
  /** FHIR date. */
  readonly birthDate: string;
  readonly sexAtBirth: Demographics['sexAtBirth'];
  /** Identifiers as one text each. */
  readonly numbers: readonly string[];
}

export interface PartCompared {
  readonly part: MatchPart;
  readonly agreement: Agreement;
  /** In bits. */
  readonly weight: number;
}

export interface Match {
  readonly score: number;
  readonly likeliness: Likeliness;
  /** What could be compared; a part that one of them does not say is left out. */
  readonly parts: readonly PartCompared[];
}

const wordsIn = (...texts: readonly string[]): readonly string[] => [
  ...new Set(
    texts.flatMap((text) =>
      text
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => word !== ''),
    ),
  ),
];

/** A name that is written as a whole alone has no family name that could be told from it. */
export const nameWords = ({
  family,
  given,
  text = '',
}: Demographics['name']): Pick<Comparable, 'family' | 'given'> => {
  const parts = { family: wordsIn(family), given: wordsIn(...given) };
  return parts.family.length + parts.given.length > 0 ? parts : { family: [], given: wordsIn(text) };
};

const WHOLE_DATE = 'YYYY-MM-DD'.length;

const isTelling = (birthDate: string, { placeholders }: MatchTable): boolean =>
  birthDate.length === WHOLE_DATE && !placeholders.some((one) => birthDate.endsWith(one));

/**
 * Records that share one of these are compared: one that is replaced by the other at a source; a number; a date of birth and a word of the name; where the date says little, the
 * date and all words, lest everybody of whom it is not known be compared with everybody else.
 */
const keysOf = (
  { id, replacedBy, family, given, birthDate, numbers }: Comparable,
  table: MatchTable,
): Readonly<Record<MatchRule, readonly string[]>> => {
  const words = [...new Set([...family, ...given])].sort();
  const named = isTelling(birthDate, table) || words.length === 0 ? words : [words.join(' ')];
  return {
    sourceLink: [id, ...replacedBy].map((record) => `record ${record}`),
    number: numbers.map((number) => `number ${number}`),
    birthDateAndName: named.map((name) => `born ${birthDate} ${name}`),
  };
};

/** The keys of all rules. */
export const comparedBy = (record: Comparable, table = MATCH_WEIGHTS): readonly string[] => {
  const keys = keysOf(record, table);
  return MATCH_RULES.flatMap((rule) => keys[rule]);
};

const shares = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));

/** By which rules two records were found to be alike enough to be looked at. */
export const rulesFor = (a: Comparable, b: Comparable, table = MATCH_WEIGHTS): readonly MatchRule[] => {
  const [ofOne, ofOther] = [keysOf(a, table), keysOf(b, table)];
  return MATCH_RULES.filter((rule) => shares(ofOne[rule], ofOther[rule]));
};

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((one) => b.includes(one)) && b.every((one) => a.includes(one));

const ofWords = (a: readonly string[], b: readonly string[]): Agreement | undefined => {
  if (a.length === 0 || b.length === 0) return undefined;
  if (sameWords(a, b)) return 'agrees';
  return shares(a, b) ? 'partly' : 'differs';
};

/** Who has one name, or wrote them the other way round, has the same words, whichever part they stand in. */
const ofNames = (a: Comparable, b: Comparable, part: 'family' | 'given'): Agreement | undefined => {
  const all = [...new Set([...a.family, ...a.given])];
  if (!sameWords(all, [...b.family, ...b.given])) return ofWords(a[part], b[part]);
  // A name of one word says so much once.
  return all.length > (part === 'family' ? 0 : 1) ? 'agrees' : undefined;
};

const ofBirths = (a: string, b: string, table: MatchTable): Agreement => {
  if (a === b) return isTelling(a, table) ? 'agrees' : 'partly';
  return a.startsWith(b) || b.startsWith(a) ? 'partly' : 'differs';
};

const SEXES_THAT_TELL: readonly Demographics['sexAtBirth'][] = ['male', 'female'];

const agreementIn = (
  part: MatchPart,
  a: Comparable,
  b: Comparable,
  table: MatchTable,
): Agreement | undefined => {
  switch (part) {
    case 'sourceLink':
      return a.replacedBy.includes(b.id) || b.replacedBy.includes(a.id) ? 'agrees' : undefined;
    case 'number':
      return shares(a.numbers, b.numbers) ? 'agrees' : undefined;
    case 'familyName':
      return ofNames(a, b, 'family');
    case 'givenNames':
      return ofNames(a, b, 'given');
    case 'birthDate':
      return ofBirths(a.birthDate, b.birthDate, table);
    case 'sexAtBirth': {
      const both = [a.sexAtBirth, b.sexAtBirth];
      if (!both.every((one) => SEXES_THAT_TELL.includes(one))) return undefined;
      return a.sexAtBirth === b.sexAtBirth ? 'agrees' : 'differs';
    }
  }
};

const likelinessOf = (score: number, { atLeast }: MatchTable): Likeliness => {
  if (score >= atLeast.likely) return 'likely';
  return score >= atLeast.possible ? 'possible' : 'unlikely';
};

/** Pure, and the same both ways round. Nothing follows from the score: whoever settles it looks at both. */
export const matchOf = (a: Comparable, b: Comparable, table: MatchTable = MATCH_WEIGHTS): Match => {
  const parts = MATCH_PARTS.flatMap((part) => {
    const agreement = agreementIn(part, a, b, table);
    return agreement === undefined ? [] : [{ part, agreement, weight: table.weights[part][agreement] ?? 0 }];
  });
  const sum = parts.reduce((sofar, { weight }) => sofar + weight, 0);
  const score = Math.round(sum * 10) / 10;
  return { score, likeliness: likelinessOf(score, table), parts };
};
