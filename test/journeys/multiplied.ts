/** Rows of read models many times over, as years of work leave them: a list is as long as its table, whoever wrote it. */
import type { Pool } from 'pg';

interface Copies {
  readonly table: string;
  /** The row that is copied. */
  readonly id: string;
  readonly times: number;
  /** What each copy says in place of the row, in SQL; `n` is its number, from 1. */
  readonly but?: Readonly<Record<string, string>>;
}

/** A moment of a long time ago, a minute later for each. */
export const MINUTE_OF_N = `to_char(timestamp '2020-01-01' + n * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')`;

export const multiply = async (pool: Pool, { table, id, times, but = {} }: Copies): Promise<void> => {
  const changed = Object.entries({ id: 'gen_random_uuid()::text', ...but }).flatMap(([column, value]) => [
    `'${column}'`,
    value,
  ]);
  const { rowCount } = await pool.query(
    `insert into read.${table}
     select made.* from read.${table} as one
       cross join generate_series(1, $2::int) as n
       cross join lateral jsonb_populate_record(one, jsonb_build_object(${changed.join(', ')})) as made
     where one.id = $1`,
    [id, times],
  );
  if (rowCount !== times) throw new Error(`there is no row ${id} in read.${table}`);
};
