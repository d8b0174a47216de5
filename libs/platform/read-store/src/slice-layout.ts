/** The rows of a projection's slices, brought in line with the log and with the number of partitions. */
import type { Pool, PoolClient } from 'pg';
import type { EventStore, StreamName } from '@fascia/kernel';
import { Moved } from '@fascia/retry';
import {
  headMark,
  MARK_COLUMNS,
  markIn,
  partitionOf,
  placeOf,
  valuesOf,
  type Mark,
  type MarkRow,
  type PlaceInLog,
} from '@fascia/delivery';
import { tableSql, type ReadModel } from './read-model.js';

export interface Share {
  readonly projection: string;
  readonly models: readonly ReadModel[];
  readonly partition: number;
  readonly partitions: number;
}

export interface SliceRow extends MarkRow {
  readonly partitions: number;
  readonly stamp: number;
  readonly carries: readonly string[];
}

/** The slice's row; where it is missing, that of another slice of the projection. */
const sliceRow = async (
  queries: Pick<PoolClient, 'query'>,
  { projection, partition }: Share,
): Promise<SliceRow | undefined> => {
  const { rows } = await queries.query<SliceRow>(
    `select partitions, ${MARK_COLUMNS}, stamp, carries from read.slice where projection = $1 order by partition = $2 desc, partition`,
    [projection, partition],
  );
  return rows[0];
};

/** What the log says, asked before a connection is held: with a slice or two per connection they would wait for one another for ever. */
interface Survey {
  readonly head: Mark;
  readonly seen: SliceRow | undefined;
  /** Whether the event that the row saw is in this log, and where. */
  readonly place: PlaceInLog;
  /** Which slice each parked stream will be in, when one slice is to be cut. */
  readonly parked: readonly { readonly stream: StreamName; readonly partition: number }[];
}

export const survey = async (pool: Pool, store: EventStore, share: Share): Promise<Survey> => {
  const seen = await sliceRow(pool, share);
  return {
    head: await headMark(store),
    seen,
    place: seen === undefined ? { kind: 'same' } : await placeOf(store, markIn(seen)),
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
  at: Mark,
  carries: readonly string[] = [],
): Promise<void> => {
  const { rows } = await client.query<{ stamp: number }>(
    'delete from read.slice where projection = $1 returning stamp',
    [projection],
  );
  await client.query(
    `insert into read.slice (projection, partition, partitions, carries, stamp, epoch, position, stream, version, digest)
     select $1, p, $2, $3, $4, $5, $6, $7, $8, $9 from generate_series(0, $2 - 1) p`,
    [projection, partitions, carries, Math.max(-1, ...rows.map(({ stamp }) => stamp)) + 1, ...valuesOf(at)],
  );
};

/** Lists can be asked while the first generation is being built: they are empty. */
export const ensureTable = async (client: PoolClient, model: ReadModel): Promise<void> => {
  const { rows } = await client.query<{ there: string | null }>('select to_regclass($1)::text as there', [
    `read.${model.name}`,
  ]);
  if (rows[0]?.there === null) await client.query(tableSql('read', model));
};

/**
 * The log is another one than the tables were made from: nobody is to ask them. Their rows stay until others take their place: who
 * has looked a moment ago whether a table can be asked would take an empty one for the answer that there is nothing.
 */
const forget = async (client: PoolClient, names: readonly string[]): Promise<void> => {
  await client.query('delete from read.model where name = any($1)', [names]);
  await client.query('delete from read.building where model = any($1)', [names]);
  await client.query('delete from read.parked where model = any($1)', [names]);
};

/** The same history under another name, where positions may be others: then nobody knows where what is being built stands. */
const rename = async (
  client: PoolClient,
  { projection, partition, models }: Share,
  from: Mark,
  to: Mark,
): Promise<void> => {
  await client.query(
    `update read.slice set epoch = $3, position = $4, stream = $5, version = $6, digest = $7, stamp = stamp + 1
     where projection = $1 and partition = $2`,
    [projection, partition, ...valuesOf(to)],
  );
  if (from.position !== to.position)
    await client.query('delete from read.building where model = any($1)', [models.map(({ name }) => name)]);
};

/** Brings the slices' rows in line with the log and with the number of partitions. */
export const settleLayout = async (
  client: PoolClient,
  { head, seen, place, parked }: Survey,
  share: Share,
): Promise<void> => {
  const { models, partitions } = share;
  const names = models.map(({ name }) => name);
  const mine = await sliceRow(client, share);
  // What was moved on meanwhile belongs like the row that was looked at; what was laid out anew has to be looked at.
  if (
    mine?.epoch !== seen?.epoch ||
    mine?.partitions !== seen?.partitions ||
    (place.kind !== 'same' && mine?.digest !== seen?.digest)
  )
    throw new Moved('the slices were laid out by another process');
  if (mine === undefined) {
    await layOut(client, share, head);
    return;
  }
  if (place.kind === 'other') {
    await forget(client, names);
    await layOut(client, share, head);
    return;
  }
  const at = place.kind === 'renamed' ? place.mark : markIn(mine);
  if (place.kind === 'renamed') await rename(client, share, markIn(mine), at);
  if (mine.partitions === partitions) return;
  // One slice is cut by giving every part its position. Any other change of cut builds the models anew beside the old ones.
  if (mine.partitions === 1) await cut(client, share, { at, carries: mine.carries }, parked);
  else {
    await forget(client, names);
    await layOut(client, share, head);
  }
};

const cut = async (
  client: PoolClient,
  share: Share,
  { at, carries }: { readonly at: Mark; readonly carries: readonly string[] },
  parked: Survey['parked'],
): Promise<void> => {
  const names = share.models.map(({ name }) => name);
  await client.query('delete from read.building where model = any($1)', [names]);
  await client.query(
    'update read.parked p set partition = d.partition from unnest($1::text[], $2::int[]) as d(stream, partition) where p.stream = d.stream and p.model = any($3)',
    [parked.map(({ stream }) => stream), parked.map(({ partition }) => partition), names],
  );
  await layOut(client, share, at, carries);
};
