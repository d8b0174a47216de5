/**
 * How followers of the log (read models, process managers) get their events: in slices. The store itself gives one
 * slice, the whole log; Kafka gives one per partition, and which process holds which changes as processes come and go.
 */
import type { Position, StoredEvent } from '@fascia/kernel';

export interface Slice {
  readonly partition: number;
  /** How many slices the log is cut into. */
  readonly partitions: number;
  /** Every event of the log comes, nothing is cut off or left out: where the log ends, the slice does. */
  readonly whole: boolean;
  /**
   * The slice's events after a position, in order, none left out, each batch once the last was dealt with.
   * Ends when the signal aborts.
   */
  subscribe(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]>;
}

/** Follows one slice until the signal aborts: then it is somebody else's, or the process stops. */
export type Follow = (slice: Slice, signal: AbortSignal) => Promise<void>;

export interface Following {
  stop(): Promise<void>;
}

export interface Delivery {
  /**
   * Calls `follow` for every slice that this process is given. At most one call per slice runs in this process; in
   * another one it may still run for a moment, so what is done with events is guarded by compare-and-set.
   * @param follower names the group of processes that share the slices
   */
  follow(follower: string, follow: Follow): Promise<Following>;
}
