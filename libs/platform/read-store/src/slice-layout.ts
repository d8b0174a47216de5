/** The rows of a projection's slices, brought in line with the log and with the number of partitions. */
import type { Pool, PoolClient } from 'pg';
import type { EventStore, Position, StreamName } from '@fascia/kernel';
import { Moved } from '@fascia/retry';
import { partitionOf } from '@fascia/delivery';
import { type Reached } from './checkpoints.js';
import { tableSql, type ReadModel } from './read-model.js';

export interface Share {
  readonly projection: string;
  readonly models: readonly ReadModel[];
  readonly partition: number;
  readonly partitions: number;
}

/** Names of SQL locks are numbers. */
export const LAYOUT_LOCK = 'select pg_advisory_xact_lock(hashtext($1))';

export interface SliceRow {
  readonly partitions: number;
  readonly position: string;
  readonly epoch: string;
  readonly digest: string;
  readonly stamp: number;
  readonly carries: readonly string[];
}

/** The slice's row; where it is missing, that of another slice of the projection. */
const sliceRow = async (
  queries: Pick<PoolClient, 'query'>,
  { projection, partition }: Share,
): Promise<SliceRow | undefined> => {
  const { rows } = await queries.query<SliceRow>(
    'select partitions, position, epoch, digest, stamp, carries from read.slice where projection = $1 order by partition = $2 desc, partition',
    [projection, partition],
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

export const survey = async (pool: Pool, store: EventStore, share: Share): Promise<Survey> => {
  const seen = await sliceRow(pool, share);
  const { position, epoch } = await store.head();
  const digestAt = async (at: Position): Promise<string> =>
    at === 0n ? '' : ((await store.readAt(at))?.digest ?? 'none');
  const head = { position, epoch, digest: await digestAt(position) };
  const belongs = seen?.epoch === epoch && (await digestAt(BigInt(seen.position))) === seen.digest;
  return {
    head,
    seen,
    belongs,
    parked: seen?.partitions === 1 && share.partitions > 1 ? await dealtOut(pool, store, share) : [],
  };
};

const PARKED =
  'select stream, min(from_version) as version from read.parked where model = any($1) group by stream';

const dealtOut = async (
  pool: Pool,
  store: EventStore,
  { models, partitions }: Share,
): Promise<Survey['parked']> => {
  const { rows } = await pool.query<{ stream: StreamName; version: number }>(PARKED, [
    models.map(({ name }) => name),
  ]);
  return Promise.all(
    rows.map(async ({ stream, version }) => {
      const [first] = await store.readStream(stream, version, 1);
      return { stream, partition: first === undefined ? 0 : partitionOf(first, partitions) };
    }),
  );
};

/** Rows for all slices at one point. Without live models that is the end of the log: what is built reads the rest itself. */
const layOut = async (
  client: PoolClient,
  { projection, partitions }: Share,
  at: Head,
  carries: readonly string[] = [],
): Promise<void> => {
  const { rows } = await client.query<{ stamp: number }>(
    'delete from read.slice where projection = $1 returning stamp',
    [projection],
  );
  await client.query(
    `insert into read.slice (projection, partition, partitions, position, epoch, digest, carries, stamp)
     select $1, p, $2, $3, $4, $5, $6, $7 from generate_series(0, $2 - 1) p`,
    [
      projection,
      partitions,
      at.position.toString(),
      at.epoch,
      at.digest,
      carries,
      Math.max(-1, ...rows.map(({ stamp }) => stamp)) + 1,
    ],
  );
};

/** Lists can be asked while the first generation is being built: they are empty. */
export const ensureTable = async (client: PoolClient, model: ReadModel): Promise<void> => {
  const { rows } = await client.query<{ there: string | null }>('select to_regclass($1)::text as there', [
    `read.${model.name}`,
  ]);
  if (rows[0]?.there === null) await client.query(tableSql('read', model));
};

/** The log is another one than the tables were made from: what they show is of no use to anybody. */
const forget = async (client: PoolClient, names: readonly string[]): Promise<void> => {
  await client.query('delete from read.model where name = any($1)', [names]);
  await client.query('delete from read.building where model = any($1)', [names]);
  await client.query('delete from read.parked where model = any($1)', [names]);
};

/** Brings the slices' rows in line with the log and with the number of partitions. @returns whether the log was another one */
export const settleLayout = async (
  client: PoolClient,
  { head, seen, belongs, parked }: Survey,
  share: Share,
): Promise<boolean> => {
  const { models, partitions } = share;
  const names = models.map(({ name }) => name);
  const mine = await sliceRow(client, share);
  // What was moved on meanwhile belongs like the row that was looked at; what was laid out anew has to be looked at.
  if (
    mine?.epoch !== seen?.epoch ||
    mine?.partitions !== seen?.partitions ||
    (!belongs && mine?.digest !== seen?.digest)
  )
    throw new Moved('the slices were laid out by another process');
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

const cut = async (
  client: PoolClient,
  share: Share,
  mine: SliceRow,
  parked: Survey['parked'],
): Promise<void> => {
  const names = share.models.map(({ name }) => name);
  await client.query('delete from read.building where model = any($1)', [names]);
  await client.query(
    'update read.parked p set partition = d.partition from unnest($1::text[], $2::int[]) as d(stream, partition) where p.stream = d.stream and p.model = any($3)',
    [parked.map(({ stream }) => stream), parked.map(({ partition }) => partition), names],
  );
  await layOut(client, share, { ...mine, position: BigInt(mine.position) }, mine.carries);
};
