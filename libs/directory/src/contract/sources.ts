/** The systems whose files an organisation imports, and how states of one thing there are told apart. */
export interface SourceSystem {
  /** URI. */
  readonly system: string;
  /** Files that name no system are of this one; of one system at most. */
  readonly byDefault: boolean;
}

/** A new one by default takes the place of the one that was. */
export const withSource = (
  sources: readonly SourceSystem[],
  named: SourceSystem,
): readonly SourceSystem[] => [
  ...sources
    .filter(({ system }) => system !== named.system)
    .map((source) => (named.byDefault ? { ...source, byDefault: false } : source)),
  named,
];

/** @param named nothing: the one that files are of by default */
export const sourceOf = (
  sources: readonly SourceSystem[],
  named: string | undefined,
): SourceSystem | undefined =>
  sources.find((source) => (named === undefined ? source.byDefault : source.system === named));

/** When the source changed something last, by its own clock (FHIR instant). */
interface Dated {
  readonly lastUpdated?: string | undefined;
}

/** Whether the source said something newer before; where one of the two has no time, nobody knows. */
export const isOlder = (said: Dated, before: Dated | undefined): boolean =>
  said.lastUpdated !== undefined &&
  before?.lastUpdated !== undefined &&
  Date.parse(said.lastUpdated) < Date.parse(before.lastUpdated);

/** How a source calls its own record of somebody. */
interface Kept {
  readonly inactive?: boolean | undefined;
  readonly replacedById?: string | undefined;
}

/** Out of use is a record that every source of it calls so; one that nobody sent is not. */
export const isOutOfUse = (sources: readonly Kept[]): boolean =>
  sources.length > 0 &&
  sources.every(({ inactive, replacedById }) => inactive === true || replacedById !== undefined);

/** The record that is used instead of one that is out of use, where a source names it. */
export const replacementIn = (sources: readonly Kept[]): string | undefined =>
  isOutOfUse(sources)
    ? sources.map(({ replacedById }) => replacedById).find((id) => id !== undefined)
    : undefined;
