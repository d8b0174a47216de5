/** Which numbers a record has, and how those of two records stand to each other. */
import { identifierKey, type Identifier } from '../patients/finding.js';
import type { Agreement } from './match-weights.js';

export interface KnownIdentifier extends Identifier {
  /** A file gave it to this record, and another one of the organisation has it. */
  readonly taken: boolean;
}

const isSame =
  (one: Identifier) =>
  (other: Identifier): boolean =>
    one.system === other.system && one.value === other.value;

/** Each once; what is said to be the record's own is so, whatever was said of it before. */
export const withIdentifiers = (
  known: readonly KnownIdentifier[],
  said: readonly Identifier[],
  taken: boolean,
): readonly KnownIdentifier[] => {
  const added = said
    .filter((one) => !(taken && known.some(isSame(one))))
    .map(({ system, value }) => ({ system, value, taken }));
  return [...known.filter((one) => !added.some(isSame(one))), ...added];
};

export interface SystemCompared {
  readonly system: string;
  readonly agreement: Agreement;
}

/**
 * By the systems that both records have numbers of. Where none is the same they contradict each other, as far as a system gives a person
 * one number; how they are written counts for nothing.
 */
export const identifiersCompared = (
  a: readonly Identifier[],
  b: readonly Identifier[],
): readonly SystemCompared[] => {
  const of = (all: readonly Identifier[], system: string): readonly string[] => [
    ...new Set(all.filter((one) => one.system === system).map(({ value }) => identifierKey({ value }))),
  ];
  const agreementIn = (system: string): Agreement | undefined => {
    const [one, other] = [of(a, system), of(b, system)];
    if (other.length === 0) return undefined;
    const shared = one.filter((key) => other.includes(key));
    if (shared.length === 0) return 'differs';
    return shared.length === one.length && shared.length === other.length ? 'agrees' : 'partly';
  };
  return [...new Set(a.map(({ system }) => system))].flatMap((system) => {
    const agreement = agreementIn(system);
    return agreement === undefined ? [] : [{ system, agreement }];
  });
};
