/** A list, part by part: each begins after the place of the last row before. */

/** The last row's place in the order; the next page begins after it. */
export type Place = readonly [first: string, unique: string];

/** How many there are of each kind. */
export type Counts = Readonly<Record<string, number>>;

export interface PartOf<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly last: Place | null;
  /** Of a list that counts; null where it was not asked to. */
  readonly counts?: Counts | null;
}

export interface PageAsked {
  readonly limit: number;
  readonly after?: Place | undefined;
}

/** @param found one row more than `limit` was asked for, so that the last page is known to be the last */
export const partOf = <Row>(
  found: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
): Pick<PartOf<Row>, 'items' | 'last'> => {
  const items = found.slice(0, limit);
  const end = found.length > limit ? items.at(-1) : undefined;
  return { items, last: end === undefined ? null : placeOf(end) };
};
