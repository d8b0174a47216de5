/**
 * Tells those who watch which of their lists changed. What changed is heard on one connection; what comes together is asked about
 * together, for all who watch.
 */
import type { Pool } from 'pg';
import type { Actor, Rows } from '@fascia/kernel';
import { errorName } from '@fascia/retry';
import { Audience, type AudienceParts } from './audience.js';
import { hearChanges } from './change-feed.js';
import { readNote, type PlaceInSlice, type RowsChanged, type Said } from './changed-rows.js';
import { LiveLog } from './live-log.js';
import { Turns } from './turns.js';

/** Somebody who watches their lists. */
export interface Watcher {
  /** In every role that they watch in. */
  readonly as: readonly Actor[];
  /** @param lists by their addresses; none at the beginning, when there is nothing to say. @param at to be given back after a pause */
  changed(lists: readonly string[], at: readonly PlaceInSlice[]): void;
  /** What changed is not known, or too much: everything is read again. */
  resync(at: readonly PlaceInSlice[]): void;
}

interface LiveListsParts extends AudienceParts {
  /** One of its connections is kept. */
  readonly pool: Pool;
  readonly rows: Rows;
  /** Whose slices say where it stands. */
  readonly projection: string;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
  /** Ids that are remembered, and that may wait; default 20 000. */
  readonly most?: number;
}

/** What comes together is told together; nobody sees so short a while. */
const GATHER_MS = 50;
const MOST = 20_000;

const PLACES = 'select partition, position::text as position, digest from read.slice where projection = $1';

export class LiveLists {
  readonly #parts: LiveListsParts;
  readonly #audience: Audience;
  readonly #log: LiveLog;
  readonly #watchers = new Set<Watcher>();
  readonly #turns = new Turns();
  readonly #stop = new AbortController();
  #hearing: Promise<void> = Promise.resolve();
  #hears = false;
  #waiting: Said[] = [];
  #weight = 0;
  #timer: NodeJS.Timeout | undefined;
  #resyncs = 0;

  constructor(parts: LiveListsParts) {
    this.#parts = parts;
    this.#audience = new Audience(parts);
    this.#log = new LiveLog(this.#most);
  }

  get watching(): number {
    return this.#watchers.size;
  }
  /** How often somebody was told to read everything again. */
  get resyncs(): number {
    return this.#resyncs;
  }

  start(): void {
    this.#hearing = hearChanges(this.#parts.pool, this.#stop.signal, {
      began: () => this.#turns.take(() => this.#anew()),
      heard: (note) => {
        this.#hear(note);
      },
      failed: (error) => {
        this.#hears = false;
        this.#parts.log('changes of lists are not heard, and are asked for again', {
          error: errorName(error),
        });
      },
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#hearing;
    await this.#turns.done;
  }

  /**
   * The first that is said to a watcher is what changed since they watched last, or nothing.
   * @param since where they stood; absent for somebody who has read nothing yet
   * @returns ends it
   */
  watch(watcher: Watcher, since?: readonly PlaceInSlice[]): () => void {
    let over = false;
    void this.#turns.take(async () => {
      if (over) return;
      this.#watchers.add(watcher);
      const rows = since === undefined ? [] : this.#log.since(since);
      if (!this.#hears || rows === undefined) this.#resync([watcher]);
      else await this.#tell([watcher], rows, true);
    });
    return () => {
      over = true;
      this.#watchers.delete(watcher);
    };
  }

  get #most(): number {
    return this.#parts.most ?? MOST;
  }

  #hear(note: string): void {
    let said: Said;
    try {
      said = readNote(note);
    } catch (error) {
      // Whoever may write to the database may say anything.
      this.#parts.log('a note about changed rows cannot be read', { error: errorName(error) });
      return;
    }
    // Too many to be told apart: that something changed is kept.
    this.#weight += said.rows?.ids.length ?? 0;
    if (this.#weight > this.#most) this.#waiting = [{ partition: 0, rows: undefined, to: undefined }];
    else this.#waiting.push(said);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#turns
        .take(() => this.#pass())
        .catch((error: unknown) => {
          // They were told to read everything again; the next note asks again where the slices stand.
          this.#parts.log('it cannot be asked where lists stand', { error: errorName(error) });
        });
    }, GATHER_MS);
  }

  async #pass(): Promise<void> {
    const waiting = this.#takeWaiting();
    const rows: RowsChanged[] = [];
    for (const { rows: changed, ...where } of waiting) {
      if (changed === undefined || !this.#log.add(changed, where)) {
        await this.#anew();
        return;
      }
      rows.push(changed);
    }
    await this.#tell([...this.#watchers], rows, false);
  }

  #takeWaiting(): readonly Said[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#weight = 0;
    return waiting;
  }

  /** What was said before is in the tables. */
  async #anew(): Promise<void> {
    this.#takeWaiting();
    this.#log.begin([]);
    try {
      const places = await this.#parts.rows.query<{ partition: number; position: string; digest: string }>(
        PLACES,
        [this.#parts.projection],
      );
      this.#log.begin(places.map((place) => ({ ...place, position: BigInt(place.position) })));
      this.#hears = true;
    } finally {
      this.#resync([...this.#watchers]);
    }
  }

  #resync(watchers: readonly Watcher[]): void {
    this.#resyncs += watchers.length;
    for (const watcher of watchers) watcher.resync(this.#log.now);
  }

  /** @param beginning then nothing is said as well */
  async #tell(watchers: readonly Watcher[], rows: readonly RowsChanged[], beginning: boolean): Promise<void> {
    try {
      const listsOf = await this.#audience.listsOf(
        watchers.flatMap((watcher) => watcher.as),
        rows,
      );
      for (const watcher of watchers) {
        const its = new Set(watcher.as.flatMap((by) => [...listsOf(by)]));
        if (beginning || its.size > 0) watcher.changed([...its].toSorted(), this.#log.now);
      }
    } catch (error) {
      this.#parts.log('it cannot be asked who sees what changed', { error: errorName(error) });
      this.#resync(watchers);
    }
  }
}
