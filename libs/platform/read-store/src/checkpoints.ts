/** Where a slice of a projection stands, moved by compare-and-set in the transaction that writes the rows. */
import type { PoolClient } from 'pg';
import type { Position } from '@fascia/kernel';

/** A point of the log that a slice has reached. */
export interface Reached {
  readonly position: Position;
  /** Of the event at the position; empty before the first. */
  readonly digest: string;
}

/** A generation of a model's table. */
export interface Generation {
  readonly model: string;
  readonly generation: number;
}

export interface SliceMove {
  readonly projection: string;
  readonly partition: number;
  readonly partitions: number;
  readonly from: Position;
  readonly to: Reached;
  readonly live: readonly Generation[];
  /** Generations still being built that have caught up here: they move with the slice. */
  readonly ready: readonly Generation[];
  readonly models: readonly string[];
}

/** Another process moved the slice, or a generation was switched: this one must look again where things stand. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}

const MOVE = `
with moved as (
  update read.slice set position = $5, digest = $6 where projection = $1 and partition = $2 and partitions = $3 and position = $4 returning 1
), ready as (
  update read.building set position = $5 where partition = $2 and ready and model = any($7) returning model, generation
)
select (select count(*)::int from moved) as moved,
  (select coalesce(jsonb_object_agg(model, generation), '{}') from ready) as ready,
  (select coalesce(jsonb_object_agg(name, generation), '{}') from read.model where name = any($7)) as live`;

interface Found {
  readonly moved: number;
  readonly ready: Readonly<Record<string, number>>;
  readonly live: Readonly<Record<string, number>>;
}

const same = (found: Readonly<Record<string, number>>, known: readonly Generation[]): boolean =>
  Object.keys(found).length === known.length && known.every(({ model, generation }) => found[model] === generation);

/**
 * First statement of every transaction that writes rows: it also locks what a switch of generations would change.
 * @throws CheckpointMoved, also when a generation is live or ready that the caller would leave out
 */
export const moveSlice = async (client: PoolClient, move: SliceMove): Promise<void> => {
  const { projection, partition, partitions, from, to, live, ready, models } = move;
  const { rows } = await client.query<Found>(MOVE, [
    projection, partition, partitions, from.toString(), to.position.toString(), to.digest, models,
  ]);
  const [found] = rows;
  const known = live.every(({ model, generation }) => found?.live[model] === generation);
  if (found?.moved !== 1 || !known || !same(found.ready, ready)) throw new CheckpointMoved('a slice was moved by another process');
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
    [generations.map(({ model }) => model), generations.map(({ generation }) => generation), partition, to.toString(), from.toString()],
  );
  if (moved.rowCount !== generations.length) throw new CheckpointMoved('a generation was built by another process');
};
