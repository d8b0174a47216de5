/** The systems whose files an organisation imports. */
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
