import { saysItOnlyReads } from '@fascia/retry';
import type { Pool, PoolClient } from 'pg';

/** Held until the transaction ends; names of SQL locks are numbers. */
export const holdLock = (client: PoolClient, name: string): Promise<unknown> =>
  client.query('select pg_advisory_xact_lock(hashtext($1))', [`fascia.${name}`]);

/** A server that answers rolls back at once; one that does not is not waited for a second time. */
const ROLLBACK = { text: 'rollback', query_timeout: 2_000 };

export const inTransaction = async <T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  mode = '',
): Promise<T> => {
  const client = await pool.connect();
  // A connection that dies is also an event; without a listener it would end the process. The query says it anyway.
  const heard = (): void => undefined;
  client.on('error', heard);
  try {
    await client.query(`begin ${mode}`);
    const result = await work(client);
    await client.query('commit');
    client.off('error', heard).release();
    return result;
  } catch (error) {
    // A connection that cannot roll back, or leads to a server that only reads, is thrown away.
    await client.query(ROLLBACK).then(
      () => {
        client.off('error', heard).release(saysItOnlyReads(error));
      },
      (broken: unknown) => {
        client.release(broken instanceof Error ? broken : true);
      },
    );
    throw error;
  }
};
