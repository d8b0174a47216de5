/** What a letter says, without how it looks: headings, facts, paragraphs, a table. Every text is shown as it is. */

export const LETTER_KINDS = ['referral', 'outcome'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** Of the wording and the form together: whoever changes what a letter shows counts one up. */
export const TEMPLATES: Readonly<Record<LetterKind, string>> = {
  referral: 'referral-1',
  outcome: 'outcome-1',
};

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface Section {
  readonly heading: string;
  readonly facts?: readonly Fact[];
  readonly paragraphs?: readonly string[];
  readonly table?: { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

export interface Letter {
  readonly title: string;
  /** Who writes, and to whom. */
  readonly parties: readonly Section[];
  readonly sections: readonly Section[];
  /** Under it. */
  readonly signed: string;
  /** Small, on every page: what it was made from, so that it can be made again and compared. */
  readonly made: string;
}

/** What is not known is left out, and not said to be nothing. */
export const facts = (
  ...all: readonly (readonly [label: string, value: string | null | undefined])[]
): readonly Fact[] =>
  all.flatMap(([label, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ label, value }],
  );
