/**
 * Does what is due: the rows of a table whose time has come, by the injected clock, in the order of their times. One process at a
 * time leads; a row that two see after all is locked by one. After downtime everything overdue is done once, in order. A row whose
 * work cannot be done is parked, alone.
 */
import type { Clock, Instant, Rows } from '@fascia/kernel';
import { errorName, pause, untilAborted } from '@fascia/retry';
import type { Pool } from 'pg';
import { whileLeader } from './leader.js';
import { ParkingPlace } from './parking-place.js';
import { inTransaction } from './transaction.js';
import { Tries } from './tries.js';

/** Columns that every table of due things has; times are text, in UTC. */
export interface DueRow {
  readonly id: string;
  readonly due_at: Instant;
  /** The event that made it due: the same id made due again is another thing to do. */
  readonly set_by: string;
}

export interface DueRunnerParts<Row extends DueRow> {
  /** Names the lock, and whose parked rows they are. */
  readonly name: string;
  /** With its schema; kept by a read model, so that a row which was dealt with goes a moment later. */
  readonly table: string;
  readonly pool: Pool;
  readonly rows: Rows;
  readonly clock: Clock;
  /** A second time it must do nothing. */
  readonly run: (row: Row) => Promise<void>;
  /** Whether an error says that something is down: then everything waits, and nothing is parked. */
  readonly passes: (error: unknown) => boolean;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

const LOOK_EVERY_MS = 500;
/** After so many, what is no longer in the table is forgotten. */
const MOST_DONE = 100;
/** A row that is still there so much later was perhaps not what it seemed: it is done again, which changes nothing if it was. */
const DONE_FOR_MS = 60_000;

export class DueRunner<Row extends DueRow> {
  readonly #parts: DueRunnerParts<Row>;
  readonly #stop = new AbortController();
  readonly #parked: ParkingPlace;
  readonly #tries: Tries;
  /** Dealt with, and perhaps still in the table; with the moment. */
  readonly #done = new Map<string, number>();
  #running: Promise<void> = Promise.resolve();
  #leads = false;

  constructor(parts: DueRunnerParts<Row>) {
    this.#parts = parts;
    this.#tries = new Tries(parts.passes);
    this.#parked = new ParkingPlace(parts.rows, parts.name);
  }

  /** Whether what is due is done here. */
  get leads(): boolean {
    return this.#leads;
  }

  start(): void {
    const { pool, name, log } = this.#parts;
    this.#running = whileLeader({ pool, name, log }, this.#stop.signal, async (signal) => {
      this.#leads = true;
      await untilAborted(
        signal,
        async (wentWell) => {
          await this.#letGo();
          const found = await this.#takeOne();
          wentWell();
          if (!found || this.#done.size >= MOST_DONE) await this.#forget();
          if (!found) await pause(LOOK_EVERY_MS, signal);
        },
        (error, waitMs) => {
          log('what is due waits', { due: name, error: errorName(error), waitMs });
        },
      ).finally(() => {
        this.#leads = false;
      });
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /**
   * One row, locked while its work is done. Not several: whoever keeps the table waits for their locks, each with a connection
   * that the work may need. @returns whether there was one
   */
  #takeOne(): Promise<boolean> {
    const { pool, table, name, clock } = this.#parts;
    return inTransaction(pool, async (client) => {
      const {
        rows: [row],
      } = await client.query<Row>(
        `select t.* from ${table} t where t.due_at <= $1 and t.set_by <> all($2::text[])
           and not exists (select 1 from delivery.parked p where p.follower = $3 and p.subject = t.id || ' ' || t.set_by)
         order by t.due_at, t.id limit 1 for update of t skip locked`,
        [clock.now().toISOString(), [...this.#done.keys()], name],
      );
      if (row !== undefined) await this.#do(row);
      return row !== undefined;
    });
  }

  async #do(row: Row): Promise<void> {
    const error = await this.#tries.of(row.set_by, () => this.#parts.run(row));
    if (error !== undefined) {
      const subject = `${row.id} ${row.set_by}`;
      await this.#parked.park(subject, 0n, error);
      this.#tries.settled(row.set_by);
      this.#parts.log('parked in what is due', { due: this.#parts.name, subject, error });
    }
    this.#done.set(row.set_by, performance.now());
  }

  /** What somebody asked to be tried again is no longer parked. */
  async #letGo(): Promise<void> {
    for (;;) {
      const asked = await this.#parked.askedFor();
      if (asked === undefined) return;
      this.#done.clear();
      await this.#parked.release(asked.subject, asked.from);
    }
  }

  /** What is no longer in the table, and what has been there for too long. */
  async #forget(): Promise<void> {
    if (this.#done.size === 0) return;
    const left = await this.#parts.rows.query<{ set_by: string }>(
      `select set_by from ${this.#parts.table} where set_by = any($1::text[])`,
      [[...this.#done.keys()]],
    );
    const there = new Set(left.map(({ set_by }) => set_by));
    for (const [setBy, at] of this.#done)
      if (!there.has(setBy) || performance.now() - at > DONE_FOR_MS) this.#done.delete(setBy);
  }
}
