/** How far the log has been handed to the broker: the relay's checkpoint, which followers hold against what they got. */
import type { EventStore, Position, Rows } from '@fascia/kernel';
import { Moved } from '@fascia/retry';
import {
  beginning,
  MARK_COLUMNS,
  MARK_SQL,
  markIn,
  placeOf,
  valuesOf,
  type Mark,
  type MarkRow,
} from './history.js';
import { partitionOf } from './partition.js';
import { isRelayed } from './records.js';

export const DELIVERY_SQL = `
create schema if not exists delivery;
create table if not exists delivery.relay (
  one boolean primary key default true check (one),${MARK_SQL},
  -- Position of the last event in each partition, 0 before the first: also says how many there are.
  last bigint[] not null
);`;

export interface RelayProgress extends Mark {
  readonly last: readonly Position[];
}

interface Row extends MarkRow {
  readonly last: readonly string[];
}

export const readProgress = async (rows: Rows): Promise<RelayProgress | undefined> => {
  const [row] = await rows.query<Row>(`select ${MARK_COLUMNS}, last::text[] as last from delivery.relay`);
  return row && { ...markIn(row), last: row.last.map(BigInt) };
};

export const notBegun = (epoch: string, partitions: number): RelayProgress => ({
  ...beginning(epoch),
  last: Array.from({ length: partitions }, () => 0n),
});

const PAGE = 1_000;

/** The log up to there, counted through: where positions are others, those of each partition's last event are, too. */
const lastUpTo = async (
  store: Pick<EventStore, 'readAll'>,
  end: Position,
  partitions: number,
): Promise<readonly Position[]> => {
  const last = Array.from({ length: partitions }, () => 0n);
  for (let at = 0n; at < end;) {
    const page = await store.readAll(at, PAGE);
    for (const event of page)
      if (event.position <= end && isRelayed(event)) last[partitionOf(event, partitions)] = event.position;
    const newest = page.at(-1);
    if (newest === undefined) break;
    at = newest.position;
  }
  return last;
};

/** How a relay begins. */
export interface Begun {
  readonly progress: RelayProgress;
  /** What became of the log since a relay stood there. */
  readonly found: 'same' | 'renamed' | 'other';
}

const found = async (
  store: Pick<EventStore, 'head' | 'readAt' | 'readStream' | 'readAll'>,
  before: RelayProgress | undefined,
  partitions: number,
): Promise<Begun> => {
  if (before?.last.length !== partitions)
    return { progress: notBegun((await store.head()).epoch, partitions), found: 'same' };
  const place = await placeOf(store, before);
  if (place.kind === 'same') return { progress: before, found: 'same' };
  if (place.kind === 'other') return { progress: notBegun(place.epoch, partitions), found: 'other' };
  const { mark } = place;
  const last =
    mark.position === before.position ? before.last : await lastUpTo(store, mark.position, partitions);
  return { progress: { ...mark, last }, found: 'renamed' };
};

/**
 * Where to go on. Of another history, or of a topic that is cut otherwise, everything is sent again: readers skip what they
 * know. Under another name of the same history nothing is.
 */
export const beginRelay = async (
  rows: Rows,
  store: Pick<EventStore, 'head' | 'readAt' | 'readStream' | 'readAll'>,
  partitions: number,
): Promise<Begun> => {
  const before = await readProgress(rows);
  const begun = await found(store, before, partitions);
  if (begun.progress === before) return begun;
  const { progress } = begun;
  const values = [...valuesOf(progress), progress.last.map(String)];
  const stored =
    before === undefined
      ? await rows.query(
          `insert into delivery.relay (epoch, position, stream, version, digest, last) values ($1, $2, $3, $4, $5, $6::bigint[])
           on conflict (one) do nothing returning one`,
          values,
        )
      : await rows.query(
          `update delivery.relay set epoch = $1, position = $2, stream = $3, version = $4, digest = $5, last = $6::bigint[]
           where epoch = $7 and position = $8 and digest = $9 and last = $10::bigint[] returning one`,
          [...values, before.epoch, before.position.toString(), before.digest, before.last.map(String)],
        );
  if (stored.length === 0) throw new Moved('another relay began');
  return begun;
};

export const moveRelay = async (rows: Rows, from: RelayProgress, to: RelayProgress): Promise<void> => {
  const moved = await rows.query<{ one: boolean }>(
    `update delivery.relay set epoch = $1, position = $2, stream = $3, version = $4, digest = $5, last = $6::bigint[]
     where position = $7 and epoch = $8 and digest = $9 and cardinality(last) = cardinality($6::bigint[]) returning one`,
    [...valuesOf(to), to.last.map(String), from.position.toString(), from.epoch, from.digest],
  );
  if (moved.length === 0) throw new Moved('another relay moved on');
};
