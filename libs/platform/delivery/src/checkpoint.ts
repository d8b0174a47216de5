/** Where a follower of the log stands in each slice; moved by compare-and-set, so that a paused twin notices. */
import type { EventStore, Position, Rows } from '@fascia/kernel';
import { Moved } from '@fascia/retry';

export const FOLLOWER_SQL = `
create schema if not exists delivery;
create table if not exists delivery.checkpoint (
  follower text not null,
  partition integer not null,
  partitions integer not null,
  position bigint not null,
  epoch text not null,
  primary key (follower, partition)
);
create table if not exists delivery.parked (
  follower text not null,
  subject text not null,
  -- The first event that could not be taken, and the last one that was held back behind it.
  position bigint not null,
  held bigint not null,
  error text not null,
  parked_at timestamptz not null default now(),
  retry boolean not null default false,
  primary key (follower, subject)
);`;

export interface FollowedSlice {
  readonly follower: string;
  readonly partition: number;
  readonly partitions: number;
}

/**
 * Rows for every slice. Where the log was cut otherwise, all begin at the furthest behind; where it is another log, or
 * one that was put back and ends before them, at its beginning: looking again at what was handled is harmless, process streams know.
 */
const LAY_OUT = `
insert into delivery.checkpoint (follower, partition, partitions, position, epoch)
select $1, p, $2, coalesce((select min(position) from delivery.checkpoint where follower = $1 and epoch = $3 and position <= $4), 0), $3
from generate_series(0, $2 - 1) p
on conflict (follower, partition) do update set partitions = excluded.partitions, position = excluded.position, epoch = excluded.epoch
where checkpoint.partitions <> excluded.partitions or checkpoint.epoch <> excluded.epoch or checkpoint.position > $4`;

/** Asked before the head is: another process may move a row meanwhile, and that is no sign of anything. */
const FURTHEST = 'select max(position)::text as position from delivery.checkpoint where follower = $1';
const NO_LIMIT = '9223372036854775807';

export const loadPosition = async (
  rows: Rows,
  { follower, partition, partitions }: FollowedSlice,
  store: Pick<EventStore, 'head'>,
): Promise<Position> => {
  const [furthest] = await rows.query<{ position: string | null }>(FURTHEST, [follower]);
  const head = await store.head();
  const putBack = BigInt(furthest?.position ?? 0) > head.position;
  const end = head.position.toString();
  await rows.query(LAY_OUT, [follower, partitions, head.epoch, putBack ? end : NO_LIMIT]);
  // Of what waits, too, nothing can lie behind that end. On any other log another slice may just have held something back behind it.
  if (putBack)
    await rows.query(
      'update delivery.parked set position = least(position, $2::bigint), held = $2::bigint where follower = $1 and held > $2::bigint',
      [follower, end],
    );
  await rows.query('delete from delivery.checkpoint where follower = $1 and partition >= $2', [
    follower,
    partitions,
  ]);
  const [found] = await rows.query<{ position: string }>(
    'select position::text as position from delivery.checkpoint where follower = $1 and partition = $2',
    [follower, partition],
  );
  return BigInt(found?.position ?? 0);
};

export const movePosition = async (
  rows: Rows,
  { follower, partition, partitions }: FollowedSlice,
  from: Position,
  to: Position,
): Promise<void> => {
  const moved = await rows.query<{ follower: string }>(
    `update delivery.checkpoint set position = $5
     where follower = $1 and partition = $2 and partitions = $3 and position = $4 returning follower`,
    [follower, partition, partitions, from.toString(), to.toString()],
  );
  if (moved.length === 0) throw new Moved(`${follower} was moved by another process`);
};
