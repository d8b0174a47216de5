/** The SQL of a list: a page of its rows, and how many there are of each kind that is counted. */
import { sql, type Expression } from 'kysely';
import type { Counts } from './paging.js';
import type { Seen } from './read-desk.js';
import { visible, type AnySelect, type Scope } from './scope.js';
import { compiled, parameter, type Compiled, type Condition } from './sql.js';

export const LIMIT = 'page.limit';
export const AFTER = ['page.first', 'page.unique'] as const;

type AnyFilters = Readonly<Record<string, (value: Expression<unknown>) => Condition>>;

export interface ListQuery<Row extends object> {
  readonly from: AnySelect<Row>;
  readonly scope: Scope;
  readonly where: AnyFilters;
  readonly order: readonly [first: string, unique: string];
}

/** The filters that were asked for, by name. */
type AskedFilters = readonly string[];

export interface PageOfList {
  readonly asked: AskedFilters;
  /** Begins after a place. */
  readonly paged: boolean;
  readonly direction: 'asc' | 'desc';
}

export const compiledList = <Row extends object>(
  { from, scope, where, order }: ListQuery<Row>,
  seen: Seen,
  { asked, paged, direction }: PageOfList,
): Compiled<Row> => {
  const [first, unique] = order.map((column) => sql.ref(`t.${column}`));
  let query = from.where(visible(scope, seen));
  for (const one of asked) {
    const condition = where[one]?.(parameter(one));
    if (condition !== undefined) query = query.where(condition);
  }
  const beyond = direction === 'asc' ? sql`>` : sql`<`;
  if (paged)
    query = query.where(
      sql<boolean>`(${first}, ${unique}) ${beyond} (${parameter(AFTER[0])}, ${parameter(AFTER[1])})`,
    );
  return compiled(
    query
      .orderBy(sql`${first}`, direction)
      .orderBy(sql`${unique}`, direction)
      .limit(parameter<number>(LIMIT)),
  );
};

/** As what a condition of a kind is told its value. */
export const valueOfKind = (kind: string, filter: string): string => `${kind}.${filter}`;

/** One row, of a number for each kind: of the rows that a caller may see those that meet its conditions. */
export const compiledCounts = <Row extends object>(
  { from, scope, where }: ListQuery<Row>,
  seen: Seen,
  kinds: readonly (readonly [kind: string, asked: AskedFilters])[],
): Compiled<Counts> =>
  compiled(
    (from as AnySelect<object>)
      .clearSelect()
      .where(visible(scope, seen))
      .select(
        kinds.map(([kind, asked]) => {
          const met = asked.flatMap((one) => where[one]?.(parameter(valueOfKind(kind, one))) ?? []);
          const all = [sql<boolean>`true`, ...met].map((condition) => sql`(${condition})`);
          return sql<number>`(count(*) filter (where ${sql.join(all, sql` and `)}))::int`.as(kind);
        }),
      ),
  );
