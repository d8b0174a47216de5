/** The end of building a generation: its table takes the live one's place. */
import type { Pool, PoolClient } from 'pg';
import { REPLACED, saying } from './changed-rows.js';
import { nameOf } from './checkpoints.js';
import { fingerprintOf, type ReadModel } from './read-model.js';
import { holdLock, inTransaction } from '@fascia/delivery';

/** A table that somebody reads for long (a backup does) is not waited for: everybody else would queue behind the switch. */
const LOCK_TIMEOUT = "set local lock_timeout = '100ms'";
const LOCK_NOT_AVAILABLE = '55P03';

/** Puts the new table in the old one's place when every slice has caught up and carries it. @returns whether it did; not while the old one is being read for long */
export const switchWhenComplete = (pool: Pool, projection: string, model: ReadModel): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    await client.query(LOCK_TIMEOUT);
    // Whoever takes a slice meanwhile would find a generation neither building nor live yet.
    await holdLock(client, `read.${projection}`);
    return putInPlace(client, projection, model);
  }).catch((error: unknown) => {
    if ((error as { readonly code?: string }).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  });

const putInPlace = async (client: PoolClient, projection: string, model: ReadModel): Promise<boolean> => {
  const { name, version } = model;
  const fingerprint = fingerprintOf(model);
  const { rows } = await client.query<{
    partition: number;
    generation: number;
    version: number;
    fingerprint: string;
    ready: boolean;
  }>(
    'select partition, generation, version, fingerprint, ready from read.building where model = $1 order by partition for update',
    [name],
  );
  const [first] = rows;
  if (
    first === undefined ||
    first.version !== version ||
    first.fingerprint !== fingerprint ||
    rows.some(({ ready }) => !ready)
  )
    return false;
  const carrying = await client.query(
    'select 1 from read.slice where projection = $1 and $2 = any(carries)',
    [projection, nameOf({ model: name, generation: first.generation })],
  );
  if (carrying.rowCount !== rows.length) return false;
  await client.query(`drop table if exists read.${name}`);
  await client.query(`alter table read_next.${name} set schema read`);
  await client.query(
    `insert into read.model (name, version, fingerprint, generation) values ($1, $2, $3, $4)
     on conflict (name) do update set version = excluded.version, fingerprint = excluded.fingerprint, generation = excluded.generation, since = now()`,
    [name, version, fingerprint, first.generation],
  );
  await client.query('delete from read.building where model = $1', [name]);
  await client.query('delete from read.parked where model = $1 and generation <> $2', [
    name,
    first.generation,
  ]);
  await client.query(saying('$1'), [[REPLACED]]);
  return true;
};
