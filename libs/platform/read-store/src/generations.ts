/** Which tables of a projection are live and which are being built: made ready at start, begun where one is missing. */
import type { Pool, PoolClient } from 'pg';
import type { EventStore, Position } from '@fascia/kernel';
import type { Generation } from './checkpoints.js';
import { fingerprintOf, fitting, fittingValues, tableSql, type ReadModel } from './read-model.js';
import { ensureTable, settleLayout, survey, type Share, type SliceRow } from './slice-layout.js';
import { holdLock, inTransaction, MARK_COLUMNS, markIn, type Mark, type PlaceInLog } from '@fascia/delivery';

export interface Building extends Generation {
  readonly position: Position;
  readonly ready: boolean;
}

/** What a process finds when it takes a slice. */
export interface Standing {
  readonly mark: Mark;
  readonly stamp: number;
  /** What became of the log that the tables were made from. */
  readonly found: PlaceInLog['kind'];
  /** Models whose columns changed though their version did not. */
  readonly forgotten: readonly string[];
  readonly live: readonly Generation[];
  readonly building: readonly Building[];
}

/** As it is told. */
export const FOUND = {
  renamed: 'the log has another name, and is the same: the lists stay',
  other: 'read model belongs to another log and is rebuilt',
};

/** Starts a generation from the beginning of the log, in all slices. */
const begin = async (client: PoolClient, model: ReadModel, partitions: number): Promise<void> => {
  await client.query(`drop table if exists read_next.${model.name}`);
  await client.query(tableSql('read_next', model));
  const { rows } = await client.query<{ generation: number }>(
    `select greatest((select max(generation) from read.model where name = $1), (select max(generation) from read.building where model = $1), 0) + 1 as generation`,
    [model.name],
  );
  const generation = rows[0]?.generation ?? 1;
  await client.query('delete from read.building where model = $1', [model.name]);
  await client.query('delete from read.parked where model = $1 and generation = $2', [
    model.name,
    generation,
  ]);
  await client.query(
    `insert into read.building (model, partition, version, fingerprint, generation, position) select $1, p, $2, $3, $4, 0 from generate_series(0, $5 - 1) p`,
    [model.name, model.version, fingerprintOf(model), generation, partitions],
  );
};

type Versions = ReadonlyMap<string, { readonly version: number; readonly fingerprint: string }>;

const generationsAt = async (
  client: PoolClient,
  text: string,
  names: readonly string[],
): Promise<Versions> => {
  const { rows } = await client.query<{ model: string; version: number; fingerprint: string }>(text, [names]);
  return new Map(rows.map((row) => [row.model, row]));
};

const LIVE = 'select name as model, version, fingerprint from read.model where name = any($1)';
const STARTED = 'select distinct model, version, fingerprint from read.building where model = any($1)';

/**
 * A generation that the slice does not carry was left behind by a process whose code does not know it. What is being
 * built goes on from where it was left; of a live one nobody knows where that is, so it is built anew.
 */
const leftBehind = async (
  client: PoolClient,
  { models, partition }: Share,
  { carries }: SliceRow,
): Promise<void> => {
  const known = fittingValues(models);
  await client.query(
    `update read.building b set ready = false from ${fitting(1)}
     where b.model = m.name and b.version = m.version and b.fingerprint = m.fingerprint and b.partition = $4 and b.ready
       and not b.model || '/' || b.generation = any($5)`,
    [...known, partition, carries],
  );
  await client.query(
    `delete from read.model l using ${fitting(1)}
     where l.name = m.name and l.version = m.version and l.fingerprint = m.fingerprint
       and not l.name || '/' || l.generation = any($4)`,
    [...known, carries],
  );
};

/**
 * Begins what this process's code knows in another version than the tables, or with other columns.
 * @returns models whose columns changed under the same number: somebody forgot to raise it
 */
const beginMissing = async (
  client: PoolClient,
  { models, partitions }: Share,
): Promise<readonly string[]> => {
  const forgotten: string[] = [];
  const names = models.map(({ name }) => name);
  const live = await generationsAt(client, LIVE, names);
  const started = await generationsAt(client, STARTED, names);
  for (const model of models) {
    await ensureTable(client, model);
    const found = [live.get(model.name), started.get(model.name)].filter((row) => row !== undefined);
    // Of a newer version somebody else takes care; this process's code is of yesterday.
    if (found.some(({ version }) => version > model.version)) continue;
    const same = found.filter(({ version }) => version === model.version);
    if (same.some(({ fingerprint }) => fingerprint === fingerprintOf(model))) continue;
    if (same.length > 0) forgotten.push(model.name);
    await client.query('delete from read.model where name = $1', [model.name]);
    await begin(client, model, partitions);
  }
  return forgotten;
};

/** What a process does before it follows a slice. Safe to call from several processes at once. */
export const takeSlice = async (pool: Pool, store: EventStore, share: Share): Promise<Standing> => {
  const surveyed = await survey(pool, store, share);
  return inTransaction(pool, async (client) => {
    const { projection, partition } = share;
    await holdLock(client, `read.${projection}`);
    await settleLayout(client, surveyed, share);
    // Locked: what is read below belongs to the position.
    const { rows } = await client.query<SliceRow>(
      `select ${MARK_COLUMNS}, stamp, carries from read.slice where projection = $1 and partition = $2 for update`,
      [projection, partition],
    );
    const [at] = rows;
    if (at === undefined) throw new Error(`there is no slice ${String(partition)} of ${projection}`);
    await leftBehind(client, share, at);
    const forgotten = await beginMissing(client, share);
    return {
      mark: markIn(at),
      stamp: at.stamp,
      found: surveyed.place.kind,
      forgotten,
      ...(await generationsOf(client, share)),
    };
  });
};

/** Live and started generations, of the versions that this code knows. */
export const generationsOf = async (
  queries: Pick<PoolClient, 'query'>,
  { models, partition }: Share,
): Promise<{ readonly live: readonly Generation[]; readonly building: readonly Building[] }> => {
  const known = [...fittingValues(models)];
  const live = await queries.query<Generation>(
    `select l.name as model, l.generation from read.model l join ${fitting(1)} using (name, version, fingerprint) order by 1`,
    known,
  );
  const building = await queries.query<Generation & { position: string; ready: boolean }>(
    `select b.model, b.generation, b.position::text as position, b.ready
     from read.building b join ${fitting(1)} on b.model = m.name and b.version = m.version and b.fingerprint = m.fingerprint
     where b.partition = $4 order by 1`,
    [...known, partition],
  );
  return {
    live: live.rows,
    building: building.rows.map((row) => ({ ...row, position: BigInt(row.position) })),
  };
};

/** An operator's wish: the model again, from the log. One that is being built already is not begun again. */
export const askForGeneration = (pool: Pool, projection: string, model: ReadModel): Promise<void> =>
  inTransaction(pool, async (client) => {
    await holdLock(client, `read.${projection}`);
    // One of another version is of code that may be gone (a release that was taken back): it would never end.
    const underWay = await client.query(
      'select 1 from read.building where model = $1 and version = $2 and fingerprint = $3 limit 1',
      [model.name, model.version, fingerprintOf(model)],
    );
    const slices = await client.query<{ partitions: number }>(
      'select partitions from read.slice where projection = $1 limit 1',
      [projection],
    );
    if (underWay.rowCount === 0) await begin(client, model, slices.rows[0]?.partitions ?? 1);
  });
