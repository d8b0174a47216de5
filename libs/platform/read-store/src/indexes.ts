/** Indexes of live tables, brought in line with what the models say: built beside while the table is read, without a rebuild. */
import { holdLock, inTransaction } from '@fascia/delivery';
import { errorName, sqlStateOf } from '@fascia/retry';
import type { Pool, PoolClient } from 'pg';
import type { FoldingParts } from './folding.js';
import { indexesOf, type ReadModel } from './read-model.js';

export interface Pools {
  readonly pool: Pool;
  /** For statements that take long by nature; default: `pool`. */
  readonly unhurried?: Pool;
}

/** All but the primary key, which comes with the table. */
const THERE = `
select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid
where x.indrelid = to_regclass($1) and not x.indisprimary`;

const namesOf = async (queries: Pick<PoolClient, 'query'>, { name }: ReadModel): Promise<readonly string[]> =>
  (await queries.query<{ name: string }>(THERE, [`read.${name}`])).rows.map((row) => row.name);

/** One statement in a transaction of its own; one process after another. A table that is read for long is not waited for. */
const change = (pool: Pool, { name }: ReadModel, statement: string): Promise<unknown> =>
  inTransaction(pool, async (client) => {
    await holdLock(client, `read.index.${name}`);
    await client.query("set local lock_timeout = '5s'");
    await client.query(statement);
  });

/** An index that cannot be made (a row is too long for it) leaves its table as it is: lists are slow, and not away. */
export const settleIndexes = async (
  { pool, unhurried = pool }: Pools,
  models: readonly ReadModel[],
  log: FoldingParts['log'],
): Promise<void> => {
  for (const model of models) {
    const wanted = indexesOf(model);
    const there = await namesOf(pool, model);
    const statements = [
      ...[...wanted]
        .filter(([name]) => !there.includes(name))
        .map(([name, on]) => `create index if not exists ${name} on read.${model.name} ${on}`),
      ...there.filter((name) => !wanted.has(name)).map((name) => `drop index if exists read.${name}`),
    ];
    for (const statement of statements)
      await change(unhurried, model, statement).catch((error: unknown) => {
        if (sqlStateOf(error) === undefined) throw error;
        log('an index could not be changed', { model: model.name, error: errorName(error) });
      });
  }
};
