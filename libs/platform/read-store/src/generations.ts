/** Which tables of a projection are live and which are being built: made ready at start, switched when complete. */
import type { Pool, PoolClient } from 'pg';
import type { EventStore, Position, StreamName } from '@fascia/kernel';
import { partitionOf } from '@fascia/delivery';
import { CheckpointMoved, nameOf, type Generation, type Reached } from './checkpoints.js';
import { tableSql, type ReadModel } from './read-model.js';
import { inTransaction } from './transaction.js';

export interface Building extends Generation {
  readonly position: Position;
  readonly ready: boolean;
}

/** What a process finds when it takes a slice. */
export interface Standing extends Reached {
  readonly epoch: string;
  readonly stamp: number;
  /** The tables were made from another log. */
  readonly otherLog: boolean;
  readonly live: readonly Generation[];
  readonly building: readonly Building[];
}

export interface Share {
  readonly projection: string;
  readonly models: readonly ReadModel[];
  readonly partition: number;
  readonly partitions: number;
}

/** Names of SQL locks are numbers. */
const LAYOUT_LOCK = 'select pg_advisory_xact_lock(hashtext($1))';

interface SliceRow {
  readonly partitions: number;
  readonly position: string;
  readonly epoch: string;
  readonly digest: string;
  readonly stamp: number;
  readonly carries: readonly string[];
}

/** The slice's row; where it is missing, that of another slice of the projection. */
const sliceRow = async (queries: Pick<PoolClient, 'query'>, { projection, partition }: Share): Promise<SliceRow | undefined> => {
  const { rows } = await queries.query<SliceRow>(
    'select partitions, position, epoch, digest, stamp, carries from read.slice where projection = $1 order by partition = $2 desc, partition', [projection, partition],
  );
  return rows[0];
};

type Head = Reached & { readonly epoch: string };

/** What the log says, asked before a connection is held: with a slice or two per connection they would wait for one another for ever. */
interface Survey {
  readonly head: Head;
  readonly seen: SliceRow | undefined;
  /** Whether the row belongs to this log: the same log, and the event there is the one it saw. */
  readonly belongs: boolean;
  /** Which slice each parked stream will be in, when one slice is to be cut. */
  readonly parked: readonly { readonly stream: StreamName; readonly partition: number }[];
}

const survey = async (pool: Pool, store: EventStore, share: Share): Promise<Survey> => {
  const seen = await sliceRow(pool, share);
  const { position, epoch } = await store.head();
  const digestAt = async (at: Position): Promise<string> => (at === 0n ? '' : ((await store.readAt(at))?.digest ?? 'none'));
  const head = { position, epoch, digest: await digestAt(position) };
  const belongs = seen?.epoch === epoch && (await digestAt(BigInt(seen.position))) === seen.digest;
  return { head, seen, belongs, parked: seen?.partitions === 1 && share.partitions > 1 ? await dealtOut(pool, store, share) : [] };
};

const PARKED = 'select stream, min(from_version) as version from read.parked where model = any($1) group by stream';

const dealtOut = async (pool: Pool, store: EventStore, { models, partitions }: Share): Promise<Survey['parked']> => {
  const { rows } = await pool.query<{ stream: StreamName; version: number }>(PARKED, [models.map(({ name }) => name)]);
  return Promise.all(rows.map(async ({ stream, version }) => {
    const [first] = await store.readStream(stream, version, 1);
    return { stream, partition: first === undefined ? 0 : partitionOf(first, partitions) };
  }));
};

/** Rows for all slices at one point. Without live models that is the end of the log: what is built reads the rest itself. */
const layOut = async (client: PoolClient, { projection, partitions }: Share, at: Head, carries: readonly string[] = []): Promise<void> => {
  const { rows } = await client.query<{ stamp: number }>('delete from read.slice where projection = $1 returning stamp', [projection]);
  await client.query(
    `insert into read.slice (projection, partition, partitions, position, epoch, digest, carries, stamp)
     select $1, p, $2, $3, $4, $5, $6, $7 from generate_series(0, $2 - 1) p`,
    [projection, partitions, at.position.toString(), at.epoch, at.digest, carries, Math.max(-1, ...rows.map(({ stamp }) => stamp)) + 1],
  );
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
  await client.query('delete from read.parked where model = $1 and generation = $2', [model.name, generation]);
  await client.query(
    `insert into read.building (model, partition, version, generation, position) select $1, p, $2, $3, 0 from generate_series(0, $4 - 1) p`,
    [model.name, model.version, generation, partitions],
  );
};

/** Lists can be asked while the first generation is being built: they are empty. */
const ensureTable = async (client: PoolClient, model: ReadModel): Promise<void> => {
  const { rows } = await client.query<{ there: string | null }>('select to_regclass($1)::text as there', [`read.${model.name}`]);
  if (rows[0]?.there === null) await client.query(tableSql('read', model));
};

/** The log is another one than the tables were made from: what they show is of no use to anybody. */
const forget = async (client: PoolClient, names: readonly string[]): Promise<void> => {
  await client.query('delete from read.model where name = any($1)', [names]);
  await client.query('delete from read.building where model = any($1)', [names]);
  await client.query('delete from read.parked where model = any($1)', [names]);
};

/** Brings the slices' rows in line with the log and with the number of partitions. @returns whether the log was another one */
const settleLayout = async (client: PoolClient, { head, seen, belongs, parked }: Survey, share: Share): Promise<boolean> => {
  const { models, partitions } = share;
  const names = models.map(({ name }) => name);
  const mine = await sliceRow(client, share);
  // What was moved on meanwhile belongs like the row that was looked at; what was laid out anew has to be looked at.
  if (mine?.epoch !== seen?.epoch || mine?.partitions !== seen?.partitions || (!belongs && mine?.digest !== seen?.digest)) throw new CheckpointMoved('the slices were laid out by another process');
  if (mine === undefined) {
    await layOut(client, share, head);
  } else if (!belongs) {
    for (const model of models) {
      await ensureTable(client, model);
      await client.query(`truncate read.${model.name}`);
    }
    await forget(client, names);
    await layOut(client, share, head);
    return true;
  } else if (mine.partitions !== partitions) {
    // One slice is cut by giving every part its position. Any other change of cut builds the models anew beside the old ones.
    if (mine.partitions === 1) await cut(client, share, mine, parked);
    else {
      await forget(client, names);
      await layOut(client, share, head);
    }
  }
  return false;
};

const cut = async (client: PoolClient, share: Share, mine: SliceRow, parked: Survey['parked']): Promise<void> => {
  const names = share.models.map(({ name }) => name);
  await client.query('delete from read.building where model = any($1)', [names]);
  await client.query(
    'update read.parked p set partition = d.partition from unnest($1::text[], $2::int[]) as d(stream, partition) where p.stream = d.stream and p.model = any($3)',
    [parked.map(({ stream }) => stream), parked.map(({ partition }) => partition), names],
  );
  await layOut(client, share, { ...mine, position: BigInt(mine.position) }, mine.carries);
};

type Versions = ReadonlyMap<string, { readonly version: number; readonly generation: number }>;

const generationsAt = async (client: PoolClient, text: string, names: readonly string[]): Promise<Versions> => {
  const { rows } = await client.query<{ model: string; version: number; generation: number }>(text, [names]);
  return new Map(rows.map((row) => [row.model, row]));
};

const LIVE = 'select name as model, version, generation from read.model where name = any($1)';
const STARTED = 'select distinct model, version, generation from read.building where model = any($1)';

/**
 * A generation that the slice does not carry was left behind by a process whose code does not know it. What is being
 * built goes on from where it was left; of a live one nobody knows where that is, so it is built anew.
 */
const leftBehind = async (client: PoolClient, { models, partition }: Share, { carries }: SliceRow): Promise<void> => {
  const known = [models.map(({ name }) => name), models.map(({ version }) => version)];
  await client.query(
    `update read.building b set ready = false from unnest($1::text[], $2::int[]) as m(name, version)
     where b.model = m.name and b.version = m.version and b.partition = $3 and b.ready and not b.model || '/' || b.generation = any($4)`,
    [...known, partition, carries],
  );
  await client.query(
    `delete from read.model l using unnest($1::text[], $2::int[]) as m(name, version)
     where l.name = m.name and l.version = m.version and not l.name || '/' || l.generation = any($3)`,
    [...known, carries],
  );
};

/** Begins what this process's code knows in another version than the tables. */
const beginMissing = async (client: PoolClient, { models, partitions }: Share): Promise<void> => {
  const names = models.map(({ name }) => name);
  const live = await generationsAt(client, LIVE, names);
  const started = await generationsAt(client, STARTED, names);
  for (const model of models) {
    await ensureTable(client, model);
    const versions = [live.get(model.name), started.get(model.name)].map((row) => row?.version ?? 0);
    // Of a newer version somebody else takes care; this process's code is of yesterday.
    if (Math.max(...versions) > model.version || versions.includes(model.version)) continue;
    await client.query('delete from read.model where name = $1', [model.name]);
    await begin(client, model, partitions);
  }
};

/** What a process does before it follows a slice. Safe to call from several processes at once. */
export const takeSlice = async (pool: Pool, store: EventStore, share: Share): Promise<Standing> => {
  const surveyed = await survey(pool, store, share);
  return inTransaction(pool, async (client) => {
    const { projection, partition } = share;
    await client.query(LAYOUT_LOCK, [`fascia.read.${projection}`]);
    const otherLog = await settleLayout(client, surveyed, share);
    // Locked: what is read below belongs to the position.
    const { rows } = await client.query<SliceRow>(
      'select position, epoch, digest, stamp, carries from read.slice where projection = $1 and partition = $2 for update', [projection, partition],
    );
    const [at] = rows;
    if (at === undefined) throw new Error(`there is no slice ${String(partition)} of ${projection}`);
    await leftBehind(client, share, at);
    await beginMissing(client, share);
    return { position: BigInt(at.position), digest: at.digest, epoch: at.epoch, stamp: at.stamp, otherLog, ...(await generationsOf(client, share)) };
  });
};

/** Live and started generations, of the versions that this code knows. */
export const generationsOf = async (
  queries: Pick<PoolClient, 'query'>, { models, partition }: Share,
): Promise<{ readonly live: readonly Generation[]; readonly building: readonly Building[] }> => {
  const known = [models.map(({ name }) => name), models.map(({ version }) => version)];
  const live = await queries.query<Generation>(
    'select l.name as model, l.generation from read.model l join unnest($1::text[], $2::int[]) as m(name, version) using (name, version) order by 1', known,
  );
  const building = await queries.query<Generation & { position: string; ready: boolean }>(
    `select b.model, b.generation, b.position::text as position, b.ready
     from read.building b join unnest($1::text[], $2::int[]) as m(name, version) on b.model = m.name and b.version = m.version where b.partition = $3 order by 1`,
    [...known, partition],
  );
  return { live: live.rows, building: building.rows.map((row) => ({ ...row, position: BigInt(row.position) })) };
};

/** An operator's wish: the model again, from the log. One that is being built already is not begun again. */
export const askForGeneration = (pool: Pool, projection: string, model: ReadModel): Promise<void> =>
  inTransaction(pool, async (client) => {
    await client.query(LAYOUT_LOCK, [`fascia.read.${projection}`]);
    // One of another version is of code that may be gone (a release that was taken back): it would never end.
    const underWay = await client.query('select 1 from read.building where model = $1 and version = $2 limit 1', [model.name, model.version]);
    const slices = await client.query<{ partitions: number }>('select partitions from read.slice where projection = $1 limit 1', [projection]);
    if (underWay.rowCount === 0) await begin(client, model, slices.rows[0]?.partitions ?? 1);
  });

/** A table that somebody reads for long (a backup does) is not waited for: everybody else would queue behind the switch. */
const LOCK_TIMEOUT = "set local lock_timeout = '100ms'";
const LOCK_NOT_AVAILABLE = '55P03';

/** Puts the new table in the old one's place when every slice has caught up and carries it. @returns whether it did; not while the old one is being read for long */
export const switchWhenComplete = (pool: Pool, projection: string, model: ReadModel): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    await client.query(LOCK_TIMEOUT);
    return putInPlace(client, projection, model);
  }).catch((error: unknown) => {
    if ((error as { readonly code?: string }).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  });

const putInPlace = async (client: PoolClient, projection: string, { name, version }: ReadModel): Promise<boolean> => {
  const { rows } = await client.query<{ partition: number; generation: number; version: number; ready: boolean }>(
    'select partition, generation, version, ready from read.building where model = $1 order by partition for update', [name],
  );
  const [first] = rows;
  if (first === undefined || first.version !== version || rows.some(({ ready }) => !ready)) return false;
  const carrying = await client.query('select 1 from read.slice where projection = $1 and $2 = any(carries)', [projection, nameOf({ model: name, generation: first.generation })]);
  if (carrying.rowCount !== rows.length) return false;
  await client.query(`drop table if exists read.${name}`);
  await client.query(`alter table read_next.${name} set schema read`);
  await client.query(
    `insert into read.model (name, version, generation) values ($1, $2, $3)
     on conflict (name) do update set version = excluded.version, generation = excluded.generation, since = now()`,
    [name, version, first.generation],
  );
  await client.query('delete from read.building where model = $1', [name]);
  await client.query('delete from read.parked where model = $1 and generation <> $2', [name, first.generation]);
  return true;
};
