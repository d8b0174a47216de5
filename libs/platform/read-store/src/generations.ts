/** Which tables of a projection are live and which are being built: made ready at start, switched when complete. */
import type { Pool, PoolClient } from 'pg';
import type { EventStore, Position } from '@fascia/kernel';
import type { Generation, Reached } from './checkpoints.js';
import { tableSql, type ReadModel } from './read-model.js';
import { inTransaction } from './transaction.js';

export interface Building extends Generation {
  readonly position: Position;
  readonly ready: boolean;
}

/** What a process finds when it takes a slice. */
export interface Standing extends Reached {
  readonly epoch: string;
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
}

const atHead = async (store: EventStore): Promise<Reached & { readonly epoch: string }> => {
  const { position, epoch } = await store.head();
  const there = position === 0n ? undefined : await store.readAt(position);
  return { position, epoch, digest: there?.digest ?? '' };
};

/** Whether a slice still belongs to this log: the same log, and the event there is the one it saw. */
const belongs = async (row: SliceRow, epoch: string, store: EventStore): Promise<boolean> => {
  if (row.epoch !== epoch) return false;
  const position = BigInt(row.position);
  return position === 0n || (await store.readAt(position))?.digest === row.digest;
};

/** Rows for all slices at one point. Without live models that is the end of the log: what is built reads the rest itself. */
const layOut = async (client: PoolClient, { projection, partitions }: Share, at: Reached & { readonly epoch: string }): Promise<void> => {
  await client.query('delete from read.slice where projection = $1', [projection]);
  await client.query(
    `insert into read.slice (projection, partition, partitions, position, epoch, digest)
     select $1, p, $2, $3, $4, $5 from generate_series(0, $2 - 1) p`,
    [projection, partitions, at.position.toString(), at.epoch, at.digest],
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
const settleLayout = async (client: PoolClient, store: EventStore, share: Share): Promise<boolean> => {
  const { projection, models, partition, partitions } = share;
  const names = models.map(({ name }) => name);
  const { rows } = await client.query<SliceRow>(
    'select partitions, position, epoch, digest from read.slice where projection = $1 order by partition = $2 desc, partition', [projection, partition],
  );
  const [mine] = rows;
  const head = await atHead(store);
  if (mine === undefined) {
    await layOut(client, share, head);
  } else if (!(await belongs(mine, head.epoch, store))) {
    for (const model of models) {
      await ensureTable(client, model);
      await client.query(`truncate read.${model.name}`);
    }
    await forget(client, names);
    await layOut(client, share, head);
    return true;
  } else if (mine.partitions !== partitions) {
    // One slice is cut by giving every part its position. Any other change of cut builds the models anew beside the old ones.
    if (mine.partitions === 1) await client.query('delete from read.building where model = any($1)', [names]);
    else await forget(client, names);
    await layOut(client, share, mine.partitions === 1 ? { ...mine, position: BigInt(mine.position) } : head);
  }
  return false;
};

type Versions = ReadonlyMap<string, { readonly version: number; readonly generation: number }>;

const generationsAt = async (client: PoolClient, text: string, names: readonly string[]): Promise<Versions> => {
  const { rows } = await client.query<{ model: string; version: number; generation: number }>(text, [names]);
  return new Map(rows.map((row) => [row.model, row]));
};

/**
 * Who holds the layout's lock also reads the log. With one connection for each slice that waits for the lock none might be
 * left for that, and nobody would ever go on: in this process they wait here.
 */
const turns = new WeakMap<Pool, Promise<unknown>>();

const inTurn = <T>(pool: Pool, work: () => Promise<T>): Promise<T> => {
  const turn = (turns.get(pool) ?? Promise.resolve()).then(work);
  turns.set(pool, turn.catch(() => undefined));
  return turn;
};

/** What a process does before it follows a slice. Safe to call from several processes at once. */
export const takeSlice = (pool: Pool, store: EventStore, share: Share): Promise<Standing & { readonly otherLog: boolean }> =>
  inTurn(pool, () => inTransaction(pool, async (client) => {
    const { projection, models, partition, partitions } = share;
    await client.query(LAYOUT_LOCK, [`fascia.read.${projection}`]);
    const otherLog = await settleLayout(client, store, share);
    const names = models.map(({ name }) => name);
    const live = await generationsAt(client, 'select name as model, version, generation from read.model where name = any($1)', names);
    const started = await generationsAt(client, 'select distinct model, version, generation from read.building where model = any($1)', names);
    for (const model of models) {
      await ensureTable(client, model);
      const versions = [live.get(model.name), started.get(model.name)].map((row) => row?.version ?? 0);
      // Of a newer version somebody else takes care; this process's code is of yesterday.
      if (Math.max(...versions) > model.version || versions.includes(model.version)) continue;
      await client.query('delete from read.model where name = $1', [model.name]);
      await begin(client, model, partitions);
    }
    const slice = await client.query<SliceRow>('select partitions, position, epoch, digest from read.slice where projection = $1 and partition = $2', [projection, partition]);
    const building = await client.query<{ model: string; version: number; generation: number; position: string; ready: boolean }>(
      'select model, version, generation, position, ready from read.building where partition = $1 and model = any($2) order by model', [partition, names],
    );
    const [at] = slice.rows;
    if (at === undefined) throw new Error(`there is no slice ${String(partition)} of ${projection}`);
    return {
      position: BigInt(at.position), digest: at.digest, epoch: at.epoch, otherLog,
      live: models.flatMap(({ name, version }) => {
        const row = live.get(name);
        return row?.version === version ? [{ model: name, generation: row.generation }] : [];
      }),
      building: building.rows
        .filter((row) => models.some(({ name, version }) => name === row.model && version === row.version))
        .map((row) => ({ ...row, position: BigInt(row.position) })),
    };
  }));

/** An operator's wish: the model again, from the log. One that is being built already is not begun again. */
export const askForGeneration = (pool: Pool, projection: string, model: ReadModel): Promise<void> =>
  inTransaction(pool, async (client) => {
    await client.query(LAYOUT_LOCK, [`fascia.read.${projection}`]);
    const underWay = await client.query('select 1 from read.building where model = $1 limit 1', [model.name]);
    const slices = await client.query<{ partitions: number }>('select partitions from read.slice where projection = $1 limit 1', [projection]);
    if (underWay.rowCount === 0) await begin(client, model, slices.rows[0]?.partitions ?? 1);
  });

const LOCK_NOT_AVAILABLE = '55P03';
/** A long read of the old table must not hold up everybody who writes: the switch is tried again later. */
const PATIENCE_MS = 1_000;

/** Puts the new table in the old one's place when every slice has caught up. @returns whether it did */
export const switchWhenComplete = async (pool: Pool, model: ReadModel): Promise<boolean> => {
  try {
    return await switchTables(pool, model);
  } catch (error) {
    if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
};

const switchTables = (pool: Pool, { name, version }: ReadModel): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    await client.query(`set local lock_timeout = ${String(PATIENCE_MS)}`);
    const { rows } = await client.query<{ generation: number; version: number; ready: boolean }>(
      'select generation, version, ready from read.building where model = $1 for update', [name],
    );
    const [first] = rows;
    if (first === undefined || first.version !== version || rows.some(({ ready }) => !ready)) return false;
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
  });

/** Models whose every slice has caught up and which were not switched: whoever tried had to give way. */
export const completeGenerations = async (pool: Pool, models: readonly ReadModel[]): Promise<readonly ReadModel[]> => {
  const { rows } = await pool.query<{ model: string }>('select model from read.building where model = any($1) group by model having bool_and(ready)', [models.map(({ name }) => name)]);
  return models.filter(({ name }) => rows.some(({ model }) => model === name));
};
