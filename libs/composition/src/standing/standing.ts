/** Where everything stands, from the tables: the log, the relay, and what each follower has still to come. */
import { timerModel } from '@fascia/coordination';
import { readProgress, type RelayProgress } from '@fascia/delivery';
import type { Clock, EventStore, Position, Rows } from '@fascia/kernel';
import { TIMERS } from '../contexts.js';

export interface FollowedPartition {
  readonly follower: string;
  readonly partition: number;
  readonly partitions: number;
  readonly position: Position;
  /** Positions between it and the last event that was handed to its partition; 0 when it has everything. */
  readonly behind: Position;
}

export interface RelayStanding {
  readonly position: Position;
  /** Age of the oldest event that it has still to hand over; 0 when there is none. */
  readonly ageSeconds: number;
}

export interface Standings {
  readonly head: Position;
  readonly epoch: string;
  /** Absent where the log is delivered whole. */
  readonly relay: RelayStanding | undefined;
  readonly followers: readonly FollowedPartition[];
}

interface Row {
  readonly follower: string;
  readonly partition: number;
  readonly partitions: number;
  readonly position: string;
}

const POSITIONS = `
select projection as follower, partition, partitions, position::text as position from read.slice
union all select follower, partition, partitions, position::text from delivery.checkpoint order by 1, 2`;

interface Overdue {
  readonly id: string;
  readonly set_by: string;
  readonly due_at: string;
}

/** The timer that has been due longest and is not parked. */
export const firstOverdue = async ({
  rows,
  clock,
}: Pick<StandingParts, 'rows' | 'clock'>): Promise<Overdue | undefined> => {
  if (!(await hasTimers(rows))) return undefined;
  const [first] = await rows.query<Overdue>(
    `select t.id, t.set_by, t.due_at from read.timer t where t.due_at <= $2
       and not exists (select 1 from delivery.parked p where p.follower = $1 and p.subject = t.id || ' ' || t.set_by)
     order by t.due_at, t.id limit 1`,
    [TIMERS, clock.now().toISOString()],
  );
  return first;
};

/** Whether anybody has kept timers yet. */
export const hasTimers = async (rows: Rows): Promise<boolean> =>
  (await rows.query('select 1 from read.model where name = $1', [timerModel.name])).length > 0;

const atLeast = (one: Position, other: Position): Position => (one > other ? one : other);

export interface StandingParts {
  readonly store: EventStore;
  readonly rows: Rows;
  readonly clock: Clock;
  /** In a process that reads the whole log: where its followers really stand, since rows may lag. There is no relay then. */
  readonly here?: (() => Readonly<Record<string, Position>>) | undefined;
}

const relayStanding = async (
  { store, clock }: StandingParts,
  progress: RelayProgress,
  head: Position,
): Promise<RelayStanding> => {
  // Until it has looked, it may stand beyond the end of a log that was put back.
  const [next] = progress.position >= head ? [] : await store.readAll(progress.position, 1);
  const ageMs = next === undefined ? 0 : clock.now().getTime() - Date.parse(next.recordedAt);
  return { position: progress.position, ageSeconds: Math.max(0, ageMs) / 1_000 };
};

export const standingsOf = async (parts: StandingParts): Promise<Standings> => {
  const { position: head, epoch } = await parts.store.head();
  const progress = await readProgress(parts.rows);
  const found = await parts.rows.query<Row>(POSITIONS);
  const here = parts.here?.() ?? {};
  const followers = found.map((row) => {
    const position = atLeast(BigInt(row.position), row.partitions === 1 ? (here[row.follower] ?? 0n) : 0n);
    // Where the log is cut, what was handed to the partition is what there is for it.
    const last = row.partitions === 1 ? head : (progress?.last[row.partition] ?? 0n);
    return { ...row, position, behind: atLeast(last - position, 0n) };
  });
  return {
    head,
    epoch,
    followers,
    relay:
      progress === undefined || parts.here !== undefined
        ? undefined
        : await relayStanding(parts, progress, head),
  };
};
