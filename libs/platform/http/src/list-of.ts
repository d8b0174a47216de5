/** The one way a list is asked: what the caller may see, the filters, one keyset page, and the record of who looked. */
import type { Actor, Category } from '@fascia/kernel';
import type { ReadDesk, Scope } from '@fascia/read-store';
import { decodeCursor, page, type ListQuery, type Page } from './lists.js';
import { ProblemException } from './problems.js';

export interface ListQuestion {
  readonly resource: Category;
  /** Of the table, called `t` in {@link select}. */
  readonly scope: Scope;
  /** `select … from …` up to the where clause; `@org` is the caller's organisation. */
  readonly select: string;
  /** Two text columns of the row that order it, the second unique; `desc` for the latest first. */
  readonly order: readonly [column: string, unique: string];
  readonly direction: 'asc' | 'desc';
  /** Conditions with `?` for their one value; absent values are no condition. */
  readonly filters?: readonly (readonly [sql: string, value: unknown])[];
}

type Keyed = Readonly<Record<string, unknown>>;

/** A column without its table. */
const field = (column: string): string => column.slice(column.indexOf('.') + 1);

interface Asked<T> {
  readonly rows: readonly T[];
  readonly policy: string;
}

const ask = async <T extends object>(
  desk: ReadDesk,
  by: Actor,
  question: ListQuestion,
  extra: { readonly sql: string; readonly values: readonly unknown[] },
): Promise<Asked<T>> => {
  const seen = desk.seenBy(by, question.resource, question.scope);
  const values: unknown[] = [...seen.values];
  const bound = (sql: string, given: readonly unknown[]): string =>
    given.reduce<string>((text, value) => text.replace('?', `$${String(values.push(value))}`), sql);
  const filters = (question.filters ?? [])
    .filter(([, value]) => value !== undefined)
    .map(([sql, value]) => bound(sql, [value]));
  const where = [seen.where, ...filters].join(' and ');
  const select = question.select.replaceAll('@org', seen.values.length > 0 ? '$1' : "''");
  const rows = await desk.rows.query<T>(`${select} where ${where} ${bound(extra.sql, extra.values)}`, values);
  return { rows, policy: seen.policy };
};

/** @param patientOf whose data a row is; nothing for rows that are nobody's */
export const listOf = async <T extends object, R>(
  desk: ReadDesk,
  by: Actor,
  {
    question,
    query,
    show,
    patientOf,
  }: {
    readonly question: ListQuestion;
    readonly query: ListQuery;
    readonly show: (row: T) => R;
    readonly patientOf: (row: T) => string | null;
  },
): Promise<Page<R>> => {
  const [first, second] = question.order;
  const after = decodeCursor(query.cursor, ['text', 'text']);
  const compare = question.direction === 'asc' ? '>' : '<';
  const tail = `order by ${first} ${question.direction}, ${second} ${question.direction} limit ${String(query.limit + 1)}`;
  const extra =
    after === undefined
      ? { sql: tail, values: [] }
      : { sql: `and (${first}, ${second}) ${compare} (?, ?) ${tail}`, values: after };
  const { rows, policy } = await ask<T>(desk, by, question, extra);
  const shown = page(rows, query.limit, (row) => [
    String((row as Keyed)[field(first)]),
    String((row as Keyed)[field(second)]),
  ]);
  desk.disclose(by, question.resource, policy, shown.items.map(patientOf));
  return { next: shown.next, items: shown.items.map(show) };
};

/** One row by id, or 404: also for what the caller may not know exists. */
export const oneOf = async <T extends object>(
  desk: ReadDesk,
  by: Actor,
  {
    question,
    id,
    patientOf,
  }: {
    readonly question: Omit<ListQuestion, 'order' | 'direction'>;
    readonly id: string;
    readonly patientOf: (row: T) => string | null;
  },
): Promise<T> => {
  const { rows, policy } = await ask<T>(
    desk,
    by,
    { ...question, order: ['t.id', 't.id'], direction: 'asc' },
    { sql: 'and t.id = ?', values: [id] },
  );
  const [row] = rows;
  if (row === undefined)
    throw new ProblemException(
      404,
      'NOT_FOUND',
      `There is no such ${question.resource}, or it is not yours to see.`,
    );
  desk.disclose(by, question.resource, policy, [patientOf(row)]);
  return row;
};
