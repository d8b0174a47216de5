/** Where a slice of a projection stands, moved by compare-and-set in the transaction that writes the rows. */
import type { PoolClient } from 'pg';
import type { Mark } from '@fascia/delivery';
import type { Position } from '@fascia/kernel';
import { Moved } from '@fascia/retry';
import { fitting, fittingValues, type Fit } from './read-model.js';

/** A generation of a model's table. */
export interface Generation {
  readonly model: string;
  readonly generation: number;
}

/** A slice as its holder knows it. */
export interface Held {
  readonly projection: string;
  readonly partition: number;
  readonly partitions: number;
  readonly position: Position;
  /** Changes when something else than the position does that its holder has to know: a generation joins, a stream is taken again. */
  readonly stamp: number;
}

export interface SliceMove {
  readonly held: Held;
  /** The models that the holder's code knows. */
  readonly models: readonly Fit[];
  readonly to: Mark;
  readonly live: readonly Generation[];
  /** Generations still being built that have caught up here: they move with the slice. */
  readonly ready: readonly Generation[];
}

/** As the slice's row lists what it carries. */
export const nameOf = ({ model, generation }: Generation): string => `${model}/${String(generation)}`;

export const sameGenerations = (ones: readonly Generation[], others: readonly Generation[]): boolean =>
  ones.map(nameOf).toSorted().join() === others.map(nameOf).toSorted().join();

const where = ({ projection, partition, partitions, position, stamp }: Held): readonly unknown[] => [
  projection,
  partition,
  partitions,
  position.toString(),
  stamp,
];

/** `$1` to `$5`. A row that was changed meanwhile is looked at again once its lock is free, so nothing old passes. */
const HELD = 'projection = $1 and partition = $2 and partitions = $3 and position = $4 and stamp = $5';

/** What a slice carries is noted with every move: whoever takes it over sees what was left behind by code that knew less. */
const MOVE = `
with moved as (
  update read.slice set position = $6, digest = $7, stream = $11, version = $12, carries = $8 where ${HELD} returning 1
), ready as (
  update read.building b set position = $6 from unnest($9::text[], $10::int[]) as g(model, generation)
  where b.partition = $2 and b.ready and b.model = g.model and b.generation = g.generation returning 1
)
select (select count(*)::int from moved) as moved, (select count(*)::int from ready) as ready,
  (select coalesce(jsonb_object_agg(name, generation), '{}') from read.model join ${fitting(13)} using (name, version, fingerprint)) as live`;

interface Found {
  readonly moved: number;
  readonly ready: number;
  readonly live: Readonly<Record<string, number>>;
}

/**
 * First statement of every transaction that writes rows: it also locks what a switch of generations would change.
 * @throws Moved, also when a generation is live that the holder knows and would leave out
 */
export const moveSlice = async (
  client: PoolClient,
  { held, models, to, live, ready }: SliceMove,
): Promise<void> => {
  const { rows } = await client.query<Found>(MOVE, [
    ...where(held),
    to.position.toString(),
    to.digest,
    [...live, ...ready].map(nameOf),
    ready.map(({ model }) => model),
    ready.map(({ generation }) => generation),
    to.stream,
    to.version,
    ...fittingValues(models),
  ]);
  const [found] = rows;
  const known =
    Object.keys(found?.live ?? {}).length === live.length &&
    live.every(({ model, generation }) => found?.live[model] === generation);
  if (found?.moved !== 1 || !known || found.ready !== ready.length)
    throw new Moved('a slice was moved by another process');
};

/** The slice stays where it is, and everybody else who believes to hold it will look again. @returns its new stamp */
export const stampSlice = async (
  client: PoolClient,
  held: Held,
  joining: readonly Generation[] = [],
): Promise<number> => {
  const { rows } = await client.query<{ stamp: number }>(
    `update read.slice set stamp = stamp + 1, carries = carries || $6::text[] where ${HELD} returning stamp`,
    [...where(held), joining.map(nameOf)],
  );
  const [found] = rows;
  if (found === undefined) throw new Moved('a slice was moved by another process');
  return found.stamp;
};

/** Moves a generation that is still catching up. */
export const moveBuilding = async (
  client: PoolClient,
  partition: number,
  generations: readonly Generation[],
  { from, to }: { readonly from: Position; readonly to: Position },
): Promise<void> => {
  const moved = await client.query(
    `update read.building b set position = $4 from unnest($1::text[], $2::int[]) as g(model, generation)
     where b.model = g.model and b.generation = g.generation and b.partition = $3 and b.position = $5 and not b.ready`,
    [
      generations.map(({ model }) => model),
      generations.map(({ generation }) => generation),
      partition,
      to.toString(),
      from.toString(),
    ],
  );
  if (moved.rowCount !== generations.length) throw new Moved('a generation was built by another process');
};

/** Generations that have caught up move with the slice from here on; the slice stands still meanwhile. @returns the slice's new stamp */
export const joinSlice = async (
  client: PoolClient,
  held: Held,
  generations: readonly Generation[],
): Promise<number> => {
  const stamp = await stampSlice(client, held, generations);
  const { rowCount } = await client.query(
    `update read.building b set ready = true from unnest($1::text[], $2::int[]) as g(model, generation)
     where b.model = g.model and b.generation = g.generation and b.partition = $3 and not b.ready`,
    [generations.map(({ model }) => model), generations.map(({ generation }) => generation), held.partition],
  );
  if (rowCount !== generations.length) throw new Moved('a generation was built by another process');
  return stamp;
};
