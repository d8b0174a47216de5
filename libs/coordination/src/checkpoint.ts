/** Where a follower of the log stands; moved by compare-and-set, so that a paused twin notices. */
import type { LogHead, Position, Rows } from '@fascia/kernel';

export const COORDINATION_SQL = `
create schema if not exists coordination;
create table if not exists coordination.checkpoint (
  follower text primary key,
  position bigint not null,
  epoch text not null
);`;

export const loadPosition = async (rows: Rows, follower: string, head: LogHead): Promise<Position> => {
  const [found] = await rows.query<{ position: string; epoch: string }>(
    'select position::text as position, epoch from coordination.checkpoint where follower = $1',
    [follower],
  );
  if (found !== undefined && found.epoch === head.epoch) return BigInt(found.position);
  // Another log: everything is looked at again; process streams know what was handled.
  await rows.query(
    'insert into coordination.checkpoint (follower, position, epoch) values ($1, 0, $2) on conflict (follower) do update set position = 0, epoch = $2',
    [follower, head.epoch],
  );
  return 0n;
};

export const movePosition = async (rows: Rows, follower: string, from: Position, to: Position): Promise<void> => {
  const moved = await rows.query<{ follower: string }>(
    'update coordination.checkpoint set position = $3 where follower = $1 and position = $2 returning follower',
    [follower, from.toString(), to.toString()],
  );
  if (moved.length === 0) throw new Error(`${follower} was moved by another process`);
};
