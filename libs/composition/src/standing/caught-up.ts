/**
 * Whether read models have reached a position of the log: asked of the projections in this process, or of the tables
 * where other processes keep them.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { partitionOfKey, readProgress } from '@fascia/delivery';
import type { Position, Rows } from '@fascia/kernel';
import type { ReadModel } from '@fascia/read-store';

export interface CaughtUp {
  /**
   * Resolves to false when they are still behind after the time.
   * @param patientId whose rows are asked for: another patient's partition may be behind; absent: everybody's
   */
  waitFor(position: Position, timeoutMs: number, patientId?: string): Promise<boolean>;
}

interface Waiter {
  readonly position: Position;
  readonly patientId: string | undefined;
  readonly until: number;
  /** Where the partitions stood in the broker when the relay had passed the position. */
  wanted?: readonly Position[];
  done(reached: boolean): void;
}

const LOOK_EVERY_MS = 5;

/** Slices move on while a table of a new version is built: what is shown meanwhile is old, or nothing yet. */
const SLICES = `
select position::text as position, exists (
  select 1 from read.building b where b.model = any($2) and not exists (select 1 from read.model m where m.name = b.model)
) as incomplete
from read.slice where projection = $1 order by partition`;

interface SliceRow {
  readonly position: string;
  readonly incomplete?: boolean;
}

/**
 * First the relay has to pass the position; then every partition has to reach what it had been handed by then, and
 * every model has to have a table that moves with its partitions. One question to the database serves everybody who waits.
 */
export class CaughtUpByTables implements CaughtUp {
  readonly #waiters = new Set<Waiter>();
  #looking = false;

  constructor(
    private readonly rows: Rows,
    private readonly projection: string,
    private readonly models: readonly Pick<ReadModel, 'name'>[],
  ) {}

  waitFor(position: Position, timeoutMs: number, patientId?: string): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        position,
        patientId,
        until: performance.now() + timeoutMs,
        done: (reached) => {
          this.#waiters.delete(waiter);
          resolve(reached);
        },
      };
      this.#waiters.add(waiter);
      if (!this.#looking) void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#waiters.size > 0) {
      await this.#ask().catch(() => undefined);
      const now = performance.now();
      for (const waiter of this.#waiters) if (waiter.until <= now) waiter.done(false);
      if (this.#waiters.size > 0) await delay(LOOK_EVERY_MS);
    }
    this.#looking = false;
  }

  async #ask(): Promise<void> {
    const waiting = [...this.#waiters];
    const progress = await readProgress(this.rows);
    const slices = await this.rows.query<SliceRow>(SLICES, [
      this.projection,
      this.models.map(({ name }) => name),
    ]);
    const complete = slices.every(({ incomplete }) => incomplete !== true);
    for (const waiter of waiting) {
      if (progress !== undefined && progress.position >= waiter.position) waiter.wanted ??= progress.last;
      if (
        complete &&
        hasReached(
          waiter,
          slices.map(({ position }) => BigInt(position)),
        )
      )
        waiter.done(true);
    }
  }
}

const hasReached = ({ wanted, patientId }: Waiter, slices: readonly Position[]): boolean => {
  if (wanted?.length !== slices.length) return false;
  const only = patientId === undefined ? undefined : partitionOfKey(patientId, slices.length);
  return wanted.every(
    (last, partition) => (only !== undefined && partition !== only) || (slices[partition] ?? 0n) >= last,
  );
};
