/**
 * SQL is written with kysely and never built by hand: columns are typed by the models' rows, and values are always bound. A query is
 * compiled once; what it is asked with is bound each time.
 */
import {
  DummyDriver,
  expressionBuilder,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type Compilable,
  type Expression,
  type ExpressionBuilder,
  type SqlBool,
} from 'kysely';
import type { Rows } from '@fascia/kernel';

/** True or false of a row. */
export type Condition = Expression<SqlBool>;

/** Writes queries over tables, by name (`read.plan`) and row; it never connects. */
export const tables = <DB>(): Kysely<DB> =>
  new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });

/** Conditions on the row that a question calls `t`. */
export const conditionsOn = <Row>(): ExpressionBuilder<{ t: Row }, 't'> =>
  expressionBuilder<{ t: Row }, 't'>();

/** Stands in a compiled query for the value of that name. */
class Parameter {
  constructor(readonly name: string) {}
}

export const parameter = <T>(name: string): Expression<T> => sql.val(new Parameter(name) as unknown as T);

/** For `= any`: one of a list of texts. */
export const oneOf = <T>(values: Expression<readonly T[]>): Expression<T> => sql<T>`any(${values}::text[])`;

export interface Compiled<Row> {
  readonly text: string;
  /** @param values by the names of the query's parameters */
  ask(rows: Rows, values: Readonly<Record<string, unknown>>): Promise<readonly Row[]>;
}

/** @typeParam Row what the query selects */
export const compiled = <Row extends object>(query: Compilable<Row>): Compiled<Row> => {
  const { sql: text, parameters } = query.compile();
  const bind = (value: unknown, values: Readonly<Record<string, unknown>>): unknown => {
    if (!(value instanceof Parameter)) return value;
    if (!Object.hasOwn(values, value.name)) throw new Error(`the query was not told ${value.name}`);
    return values[value.name];
  };
  return {
    text,
    ask: (rows, values) =>
      rows.query<Row>(
        text,
        parameters.map((value) => bind(value, values)),
      ),
  };
};
