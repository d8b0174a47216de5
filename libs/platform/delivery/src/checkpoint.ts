/** Where a follower of the log stands in each slice; moved by compare-and-set, so that a paused twin notices. */
import type { EventStore, Position, Rows } from '@fascia/kernel';
import { Moved, sqlStateOf } from '@fascia/retry';
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
import type { Waiting } from './waiting.js';

export const FOLLOWER_SQL = `
create schema if not exists delivery;
create table if not exists delivery.checkpoint (
  follower text not null,
  partition integer not null,
  partitions integer not null,${MARK_SQL},
  -- Up to there the follower had had another history: what was decided then may stand in neither.
  doubted bigint not null default 0,
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

/** Where a follower goes on. */
export interface Standing {
  readonly mark: Mark;
  /** Events up to there were in the log already when it became another one. */
  readonly doubted: Position;
  /** What became of the log since it stood there. */
  readonly found: 'same' | 'renamed' | 'other';
}

interface CheckpointRow extends MarkRow {
  readonly partition: number;
  readonly partitions: number;
  readonly doubted: string;
}

const readRows = (rows: Rows, follower: string): Promise<readonly CheckpointRow[]> =>
  rows.query<CheckpointRow>(
    `select partition, partitions, ${MARK_COLUMNS}, doubted::text as doubted from delivery.checkpoint
     where follower = $1 order by position, partition`,
    [follower],
  );

/** Every slice at one point; a row that is of this cut already stays. What waits, with it. */
const LAY_OUT = `
with laid as (
  insert into delivery.checkpoint (follower, partition, partitions, epoch, position, stream, version, digest, doubted)
  select $1, p, $2, $3, $4, $5, $6, $7, $8 from generate_series(0, $2 - 1) p
  on conflict (follower, partition) do update set partitions = excluded.partitions, epoch = excluded.epoch,
    position = excluded.position, stream = excluded.stream, version = excluded.version, digest = excluded.digest, doubted = excluded.doubted
  where checkpoint.partitions <> excluded.partitions
), gone as (
  delete from delivery.checkpoint where follower = $1 and partition >= $2
)
update delivery.parked set position = 1, held = $9, retry = retry and $10 where follower = $1 and $9::bigint is not null`;

/**
 * Where positions are others nobody knows where what waits stands now: it is looked for from the beginning, to where the follower
 * goes on behind it. What was asked for in another history is asked for no more.
 * @returns up to where it is held back, if it is looked for, and whether it is still asked for
 */
const parkedAnew = (before: Mark | undefined, { mark, doubted, found }: Standing): readonly unknown[] => {
  const end = mark.position > doubted ? mark.position : doubted;
  const anew = before !== undefined && before.position !== mark.position;
  return [anew ? end.toString() : null, found !== 'other'];
};

type Log = Pick<EventStore, 'head' | 'readAt' | 'readStream'>;

/** Where the mark is in this log. On another history its follower begins anew, in doubt about all that the log holds by now. */
const placed = async (
  store: Log,
  { mark, doubted }: { readonly mark: Mark; readonly doubted: Position },
): Promise<Standing> => {
  const place = await placeOf(store, mark);
  switch (place.kind) {
    case 'same':
      return { mark, doubted, found: 'same' };
    case 'renamed': {
      const moved = place.mark.position !== mark.position;
      const open = doubted > mark.position;
      // Nobody knows where what was in doubt ends now. Gone through, it is still in doubt for who is parked.
      const end = open ? (await store.head()).position : place.mark.position;
      return { mark: place.mark, doubted: moved && doubted > 0n ? end : doubted, found: 'renamed' };
    }
    case 'other':
      return { mark: beginning(place.epoch), doubted: (await store.head()).position, found: 'other' };
  }
};

const mostDoubted = (found: readonly CheckpointRow[]): Position =>
  found.map(({ doubted }) => BigInt(doubted)).reduce((most, one) => (one > most ? one : most), 0n);

/**
 * Up to where what somebody asks for is in doubt.
 * @throws Moved while a slice stands in what was the log before: how much is in doubt now shows once it has begun anew
 */
export const doubtedOf = async (rows: Rows, follower: string, store: Log): Promise<Position> => {
  const found = await readRows(rows, follower);
  for (const row of found)
    if ((await placeOf(store, markIn(row))).kind !== 'same')
      throw new Moved(`${follower} has not begun anew yet`);
  return mostDoubted(found);
};

/** @throws Moved when another process laid the slices out meanwhile */
export const loadStanding = async (rows: Rows, slice: FollowedSlice, store: Log): Promise<Standing> => {
  const { follower, partition, partitions } = slice;
  const found = await readRows(rows, follower);
  const own = found.find((row) => row.partition === partition && row.partitions === partitions);
  // Where the log was cut otherwise, all begin at the furthest behind, in doubt as far as any was.
  const from = own ?? found[0];
  const before = from && {
    mark: markIn(from),
    doubted: own === undefined ? mostDoubted(found) : BigInt(own.doubted),
  };
  const standing = await placed(
    store,
    before ?? { mark: beginning((await store.head()).epoch), doubted: 0n },
  );
  const { mark, doubted } = standing;
  if (before !== undefined && own !== undefined) {
    if (standing.found === 'same') return standing;
    await moveStanding(rows, slice, before.mark, standing);
  } else {
    const values = [...valuesOf(mark), doubted.toString(), ...parkedAnew(before?.mark, standing)];
    await rows.query(LAY_OUT, [follower, partitions, ...values]);
  }
  return standing;
};

const HELD =
  'follower = $1 and partition = $2 and partitions = $3 and epoch = $4 and position = $5 and digest = $6';

const heldBy = ({ follower, partition, partitions }: FollowedSlice, mark: Mark): readonly unknown[] => [
  follower,
  partition,
  partitions,
  mark.epoch,
  mark.position.toString(),
  mark.digest,
];

const MOVE = `update delivery.checkpoint set epoch = $7, position = $8, stream = $9, version = $10, digest = $11`;

/** Both or none: a position of another history that stays in what waits would be looked for for ever. */
const MOVE_STANDING = `
with moved as (${MOVE}, doubted = $12 where ${HELD} returning 1), anew as (
  update delivery.parked set position = 1, held = $13, retry = retry and $14
  where follower = $1 and $13::bigint is not null and exists (select 1 from moved)
)
select 1 from moved`;

const moveStanding = async (
  rows: Rows,
  slice: FollowedSlice,
  from: Mark,
  standing: Standing,
): Promise<void> => {
  const { mark, doubted } = standing;
  const values = [...heldBy(slice, from), ...valuesOf(mark), doubted.toString()];
  const moved = await rows.query(MOVE_STANDING, [...values, ...parkedAnew(from, standing)]);
  if (moved.length === 0) throw new Moved(`${slice.follower} was moved by another process`);
};

export const moveMark = async (rows: Rows, slice: FollowedSlice, from: Mark, to: Mark): Promise<void> => {
  const moved = await rows.query(`${MOVE} where ${HELD} returning follower`, [
    ...heldBy(slice, from),
    ...valuesOf(to),
  ]);
  if (moved.length === 0) throw new Moved(`${slice.follower} was moved by another process`);
};

/**
 * Position, what is parked and what is held back, all or none: a paused twin parks nothing, and nothing is passed over that somebody
 * let go meanwhile. The division fails the statement when not all of it could be done.
 */
const MOVE_AND_PARK = `
with moved as (${MOVE} where ${HELD} returning 1), held as (
  update delivery.parked p set position = least(p.position, h.position), held = greatest(p.held, h.position)
  from unnest($12::text[], $13::bigint[]) as h(subject, position) where p.follower = $1 and p.subject = h.subject returning 1
), parked as (
  insert into delivery.parked (follower, subject, position, held, error)
  select $1, n.* from unnest($14::text[], $15::bigint[], $16::bigint[], $17::text[]) as n(subject, position, held, error)
  on conflict (follower, subject) do update set position = least(parked.position, excluded.position),
    held = greatest(parked.held, excluded.held), error = excluded.error, retry = false
)
select 1 / (case when (select count(*) from moved) = 1 and (select count(*) from held) = cardinality($12::text[]) then 1 else 0 end)`;

const DIVISION_BY_ZERO = '22012';

const moveAndPark = async (
  rows: Rows,
  slice: FollowedSlice,
  from: Mark,
  { to, waiting: { held, parked } }: { readonly to: Mark; readonly waiting: Waiting },
): Promise<void> => {
  const values = [
    ...heldBy(slice, from),
    ...valuesOf(to),
    held.map(({ subject }) => subject),
    held.map(({ position }) => position.toString()),
    parked.map(({ subject }) => subject),
    parked.map(({ position }) => position.toString()),
    parked.map((one) => one.held.toString()),
    parked.map(({ error }) => error),
  ];
  try {
    await rows.query(MOVE_AND_PARK, values);
  } catch (error) {
    if (sqlStateOf(error) === DIVISION_BY_ZERO)
      throw new Moved(`${slice.follower} was moved by another process, or something was let go`);
    throw error;
  }
};

/** The row of a slice while it is followed; moved by one at a time. */
export class MovedRow {
  /** Up to where everything was done or waits, whether the row says so or not; together, as either may come during a move. */
  #had: { readonly mark: Mark; readonly waiting?: Waiting | undefined };
  #stored: Mark;
  #moving: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly rows: Rows,
    private readonly slice: FollowedSlice,
    from: Mark,
  ) {
    this.#had = { mark: from };
    this.#stored = from;
  }

  /** @param waiting what of the batch before the mark waits: to be written before another batch is had */
  has(mark: Mark, waiting?: Waiting): void {
    this.#had = { mark, waiting };
  }

  /** To where everything was done or waits. @throws Moved */
  move(): Promise<void> {
    const moved = this.#moving.then(async () => {
      const { mark: to, waiting } = this.#had;
      if (to.position <= this.#stored.position) return;
      await (waiting === undefined || waiting.isEmpty
        ? moveMark(this.rows, this.slice, this.#stored, to)
        : moveAndPark(this.rows, this.slice, this.#stored, { to, waiting }));
      this.#stored = to;
    });
    this.#moving = moved.catch(() => undefined);
    return moved;
  }

  /** @throws Moved when the row lies before what is known of it: the follower was set back */
  async look(): Promise<void> {
    const { follower, partition } = this.slice;
    const known = this.#stored;
    const own = (await readRows(this.rows, follower)).find((row) => row.partition === partition);
    if (own === undefined || own.epoch !== known.epoch || BigInt(own.position) < known.position)
      throw new Moved(`${follower} was set back`);
    await this.move();
  }
}
