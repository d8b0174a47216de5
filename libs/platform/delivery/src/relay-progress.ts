/** How far the log has been handed to the broker: the relay's checkpoint, which followers hold against what they got. */
import type { EventStore, Position, Rows } from '@fascia/kernel';
import { Moved } from '@fascia/retry';

export const DELIVERY_SQL = `
create schema if not exists delivery;
create table if not exists delivery.relay (
  one boolean primary key default true check (one),
  position bigint not null,
  epoch text not null,
  -- Position of the last event in each partition, 0 before the first: also says how many there are.
  last bigint[] not null
);`;

export interface RelayProgress {
  readonly position: Position;
  readonly epoch: string;
  readonly last: readonly Position[];
}

interface Row {
  readonly position: string;
  readonly epoch: string;
  readonly last: readonly string[];
}

export const readProgress = async (rows: Rows): Promise<RelayProgress | undefined> => {
  const [row] = await rows.query<Row>(
    'select position::text as position, epoch, last::text[] as last from delivery.relay',
  );
  return row && { position: BigInt(row.position), epoch: row.epoch, last: row.last.map(BigInt) };
};

/** Where to go on. Of another log, of one that was put back, or of a topic that is cut otherwise, everything is sent again: readers skip what they know. */
export const beginRelay = async (
  rows: Rows,
  store: Pick<EventStore, 'head'>,
  partitions: number,
): Promise<RelayProgress> => {
  const found = await readProgress(rows);
  // Asked afterwards: another relay may move the row while this one looks.
  const { epoch, position } = await store.head();
  if (found?.epoch === epoch && found.position <= position && found.last.length === partitions) return found;
  const fresh: RelayProgress = { position: 0n, epoch, last: Array.from({ length: partitions }, () => 0n) };
  await rows.query(
    `insert into delivery.relay (position, epoch, last) values (0, $1, array_fill(0::bigint, array[$2::int]))
     on conflict (one) do update set position = 0, epoch = excluded.epoch, last = excluded.last`,
    [epoch, partitions],
  );
  return fresh;
};

export const moveRelay = async (rows: Rows, from: RelayProgress, to: RelayProgress): Promise<void> => {
  const moved = await rows.query<{ one: boolean }>(
    'update delivery.relay set position = $3, last = $4::bigint[] where position = $1 and epoch = $2 and cardinality(last) = cardinality($4::bigint[]) returning one',
    [from.position.toString(), from.epoch, to.position.toString(), to.last.map(String)],
  );
  if (moved.length === 0) throw new Moved('another relay moved on');
};
