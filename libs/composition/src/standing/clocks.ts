/**
 * Clocks that disagree. `recordedAt` never goes back, so one that jumped ahead and was set right again leaves the log's time
 * standing until real time has caught up; and what happened in the world is told by this process's clock, when it was recorded
 * by the store's. Neither can be mended here, and neither is to go on without anybody being told.
 */
import type { Clock, EventStore, Rows } from '@fascia/kernel';
import { errorName } from '@fascia/retry';
import type { Settings } from '../process/settings.js';
import { lookAgain, type Looking } from './again.js';

export interface ClockReading {
  /** How far the last event's `recordedAt` is ahead of this process's clock, seconds; 0 when it is not. */
  readonly logAheadSeconds: number;
  /** The database's clock less this process's, seconds, give or take the time that the question took. */
  readonly databaseAheadSeconds: number;
}

export interface ClocksParts {
  readonly store: Pick<EventStore, 'head' | 'readAt'>;
  readonly rows: Rows;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'clockMs'>;
  /** Codes and numbers only. */
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

const LOOK_EVERY_MS = 5_000;
const AGREED: ClockReading = { logAheadSeconds: 0, databaseAheadSeconds: 0 };

const inSeconds = (ms: number): number => Math.round(ms) / 1_000;

/** What is left of a difference that lies between two bounds, when any of it is certain. */
const certain = (atLeast: number, atMost: number): number => Math.max(0, atLeast) + Math.min(0, atMost);

export const readClocks = async ({
  store,
  rows,
  clock,
}: Pick<ClocksParts, 'store' | 'rows' | 'clock'>): Promise<ClockReading> => {
  const { position } = await store.head();
  const last = await store.readAt(position);
  const before = clock.now().getTime();
  const [row] = await rows.query<{ ms: string }>(
    'select round(extract(epoch from clock_timestamp()) * 1000)::text as ms',
  );
  const after = clock.now().getTime();
  const database = Number(row?.ms ?? after);
  return {
    logAheadSeconds: last === undefined ? 0 : inSeconds(Math.max(0, Date.parse(last.recordedAt) - after)),
    databaseAheadSeconds: inSeconds(certain(database - after, database - before)),
  };
};

/** What is wrong, in words; empty when clocks agree within the stated time. */
export const clockTrouble = (
  { logAheadSeconds: log, databaseAheadSeconds: database }: ClockReading,
  { clockMs }: ClocksParts['settings'],
): string =>
  [
    log * 1_000 > clockMs ? `the log is ${log.toFixed(0)} s ahead of this process's clock` : '',
    Math.abs(database) * 1_000 > clockMs
      ? `the database's clock is ${Math.abs(database).toFixed(0)} s ${database > 0 ? 'ahead of' : 'behind'} this process's`
      : '',
  ]
    .filter((one) => one !== '')
    .join('; ');

export class Clocks {
  readonly #parts: ClocksParts;
  #seen = AGREED;
  #told = '';
  #looking: Looking | undefined;

  constructor(parts: ClocksParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#looking = lookAgain(
      LOOK_EVERY_MS,
      () => this.look(),
      (error) => {
        this.#parts.log('clocks cannot be compared', { error: errorName(error) });
      },
    );
  }

  async stop(): Promise<void> {
    await this.#looking?.stop();
  }

  /** As it was seen last. */
  get reading(): ClockReading {
    return this.#seen;
  }

  get trouble(): string {
    return clockTrouble(this.#seen, this.#parts.settings);
  }

  async look(): Promise<void> {
    this.#seen = await readClocks(this.#parts);
    this.#tell();
  }

  /** Once each time, and that it is over. */
  #tell(): void {
    const kind = this.trouble.replaceAll(/\d+/g, '');
    if (kind === this.#told) return;
    this.#told = kind;
    this.#parts.log(kind === '' ? 'clocks agree again' : 'clocks disagree', { ...this.#seen });
  }
}
