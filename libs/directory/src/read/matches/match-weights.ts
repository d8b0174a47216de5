/**
 * How much it says that two records agree in something, or do not: versioned configuration (docs/domain/people.md#one-person-or-two).
 *
 * A weight is log2(m / u) where records agree and log2((1 - m) / (1 - u)) where they do not, `m` being how often records of one
 * person agree and `u` how often records of two do (Fellegi and Sunter, S36). The method has this source; `m` and `u` are of a
 * population, and these are the product's defaults (`DEF`) until a network has counted its own.
 */

export const MATCH_PARTS = [
  'sourceLink',
  'number',
  'familyName',
  'givenNames',
  'birthDate',
  'sexAtBirth',
] as const;

export type MatchPart = (typeof MATCH_PARTS)[number];

/** What two records share, so that they are compared at all. */
export const MATCH_RULES = ['sourceLink', 'number', 'birthDateAndName'] as const;

export type MatchRule = (typeof MATCH_RULES)[number];

export const AGREEMENTS = ['agrees', 'partly', 'differs'] as const;

export type Agreement = (typeof AGREEMENTS)[number];

/** In bits. */
export type Weights = Readonly<Partial<Record<Agreement, number>>>;

export const LIKELINESS = ['likely', 'possible', 'unlikely'] as const;

export type Likeliness = (typeof LIKELINESS)[number];

export interface MatchTable {
  readonly version: string;
  readonly source: string;
  readonly weights: Readonly<Record<MatchPart, Weights>>;
  /** The least score that is called so: twins stay below `likely`. It decides nothing, people do. */
  readonly atLeast: Readonly<Record<Exclude<Likeliness, 'unlikely'>, number>>;
  /** What stands for "not known": `YYYY-MM-DD`, or `-MM-DD` of any year. */
  readonly placeholders: readonly string[];
}

const tenth = (bits: number): number => Math.round(bits * 10) / 10;
const agrees = (m: number, u: number): number => tenth(Math.log2(m / u));
const differs = (m: number, u: number): number => tenth(Math.log2((1 - m) / (1 - u)));

/** What agrees in part is as good as chance would often make it. */
const WEAK = 1;

export const MATCH_WEIGHTS: MatchTable = {
  version: '2026-12',
  source: 'DEF',
  weights: {
    // The source itself calls the one replaced by the other; that it does not says nothing.
    sourceLink: { agrees: agrees(0.98, 0.00001) },
    // That there is no number in both says nothing: people have several.
    number: { agrees: agrees(0.9, 0.001) },
    familyName: { agrees: agrees(0.95, 0.01), partly: agrees(0.95, 0.1), differs: differs(0.95, 0.01) },
    givenNames: { agrees: agrees(0.9, 0.02), partly: agrees(0.9, 0.1), differs: differs(0.9, 0.02) },
    birthDate: { agrees: agrees(0.97, 1 / 25_000), partly: WEAK, differs: differs(0.97, 1 / 25_000) },
    sexAtBirth: { agrees: agrees(0.98, 0.5), differs: differs(0.98, 0.5) },
  },
  atLeast: { likely: 20, possible: 8 },
  placeholders: ['1111-11-11', '9999-12-31', '-01-01'],
};
