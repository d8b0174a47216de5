/**
 * Follows the log's slices from stored positions: at least once, in order, with longer and longer waits while something is down.
 * What an event is for is its subjects: the work of one subject is done in order, subjects go on beside one another, and one
 * whose work cannot be done is parked, alone.
 */
import type { EventStore, Position, Rows, StoredEvent } from '@fascia/kernel';
import { errorName, Moved, pause, untilAborted } from '@fascia/retry';
import { loadStanding, MovedRow, type Standing } from './checkpoint.js';
import { followHistory, LogReplaced, markOf } from './history.js';
import { ParkingPlace } from './parking-place.js';
import type { Delivery, Following, Slice } from './slice.js';
import { Tries } from './tries.js';

/** Batches without work move the stored position only this often, and whenever it is looked around. */
const IDLE_EVENTS = 2_000;
const LOOK_EVERY_MS = 2_000;
const PAGE = 500;

/** What an event asks of one subject. Doing it again must come to the same. */
export interface Work {
  readonly subject: string;
  readonly run: () => Promise<unknown>;
}

/** What is known of how an event comes. */
export interface Coming {
  /**
   * It was in the log already when that turned out to be another history than the one followed: what was decided about it
   * may have been lost with the other.
   */
  readonly doubted: boolean;
  /** Somebody asked for it to be tried again. */
  readonly asked: boolean;
}

export interface FollowerParts {
  readonly name: string;
  readonly store: EventStore;
  readonly delivery: Delivery;
  readonly rows: Rows;
  readonly takes: ReadonlySet<string>;
  /** An event that this cannot read is work for its stream, which is then parked. */
  readonly workOf: (event: StoredEvent, coming: Coming) => Promise<readonly Work[]>;
  /** Before events come, at the start and whenever it was looked again where it stands. */
  readonly begins?: () => Promise<void>;
  /** Whether an error says that something is down: then everything waits, and nothing is parked. */
  readonly passes: (error: unknown) => boolean;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
  readonly lookEveryMs?: number;
}

const ASKED: Coming = { doubted: false, asked: true };

interface Placed extends Work {
  readonly position: Position;
}

export class Follower {
  readonly #parts: FollowerParts;
  readonly #positions = new Map<number, Position>();
  readonly #tries: Tries;
  readonly #parked: ParkingPlace;
  readonly #stop = new AbortController();
  #following: Promise<Following> | undefined;
  #errands: Promise<void> | undefined;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    this.#tries = new Tries(parts.passes);
    this.#parked = new ParkingPlace(parts.rows, parts.name);
  }

  /** Where it stands on a log that is delivered whole. */
  get position(): Position {
    return this.#positions.get(0) ?? 0n;
  }

  start(): void {
    const { delivery, name, log } = this.#parts;
    const told =
      (partition?: number) =>
      (error: unknown, waitMs: number): void => {
        log('follower stopped and starts again', {
          follower: name,
          ...(partition === undefined ? {} : { partition }),
          error: errorName(error),
          waitMs,
        });
      };
    this.#following = delivery.follow(name, (slice, signal) =>
      untilAborted(signal, (wentWell) => this.#follow(slice, signal, wentWell), told(slice.partition)),
    );
    this.#errands = untilAborted(this.#stop.signal, (wentWell) => this.#lookAround(wentWell), told());
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await (await this.#following)?.stop();
    await this.#errands;
  }

  async #follow(slice: Slice, signal: AbortSignal, wentWell: () => void): Promise<void> {
    const { name, store, rows, takes, begins } = this.#parts;
    const { partition, partitions } = slice;
    const followed = { follower: name, partition, partitions };
    const standing = await loadStanding(rows, followed, store);
    this.#tell(standing, partition);
    const row = new MovedRow(rows, followed, standing.mark);
    let idle = 0;
    await begins?.();
    this.#positions.set(partition, standing.mark.position);
    const batches = followHistory({
      store,
      from: standing.mark,
      signal,
      open: (after, until) => slice.subscribe(after, until),
      look: () => row.look(),
      lookEveryMs: this.#parts.lookEveryMs,
    });
    try {
      for await (const batch of batches) {
        const last = batch.at(-1);
        if (last === undefined) continue;
        const taken = batch.filter((event) => takes.has(event.type));
        if (taken.length > 0) await this.#take(taken, standing.doubted);
        idle = taken.length > 0 ? 0 : idle + batch.length;
        this.#positions.set(partition, last.position);
        row.had = markOf(standing.mark.epoch, last);
        // Where the log is cut, others watch the rows.
        if (taken.length > 0 || !slice.whole || idle > IDLE_EVENTS) {
          await row.move();
          idle = 0;
        }
        wentWell();
      }
    } catch (error) {
      // That the log holds no longer what was had is to be seen in the row as well.
      if (error instanceof LogReplaced) await row.move();
      throw error;
    }
  }

  #tell({ found, mark, doubted }: Standing, partition: number): void {
    if (found === 'same') return;
    this.#parts.log(
      found === 'renamed'
        ? 'the log has another name, and is the same'
        : 'the log is another one: it is followed from its beginning',
      {
        follower: this.#parts.name,
        partition,
        position: mark.position.toString(),
        doubted: doubted.toString(),
      },
    );
  }

  /** Resolves when everything was done or is parked. @throws what may pass */
  async #take(events: readonly StoredEvent[], doubted: Position): Promise<void> {
    const parked = await this.#parked.subjects();
    // A stream that cannot be read waits as a whole: nobody knows for whom its next event is.
    const unread = new Set<string>(parked);
    const bySubject = new Map<string, Placed[]>();
    for (const event of events) {
      const coming = { doubted: event.position <= doubted, asked: false };
      const works = unread.has(event.stream)
        ? [this.#whole(event, coming)]
        : await this.#worksOf(event, coming);
      for (const work of works) {
        if (work.subject === event.stream) unread.add(event.stream);
        const before = bySubject.get(work.subject);
        if (before === undefined) bySubject.set(work.subject, [work]);
        else before.push(work);
      }
    }
    const done = await Promise.allSettled(
      [...bySubject].map(([subject, works]) => this.#inOrder(works, parked.has(subject))),
    );
    for (const one of done) if (one.status === 'rejected') throw one.reason;
  }

  /** An event that cannot be read is work for its stream. @throws what may pass */
  async #worksOf(event: StoredEvent, coming: Coming): Promise<readonly Placed[]> {
    const { position } = event;
    try {
      return (await this.#parts.workOf(event, coming)).map(({ subject, run }) => ({
        subject,
        position,
        run,
      }));
    } catch (error) {
      if (this.#parts.passes(error)) throw error;
      return [this.#whole(event, coming)];
    }
  }

  /** All that an event is for, as work of its stream. Who waits by himself goes on waiting. */
  #whole(event: StoredEvent, coming: Coming): Placed {
    const { stream: subject, position } = event;
    const run = async (): Promise<void> => {
      for (const work of await this.#parts.workOf(event, coming))
        // The stream's own work is what is being done.
        if (work.subject === subject || !(await this.#parked.hold(work.subject, position))) await work.run();
    };
    return { subject, position, run };
  }

  async #inOrder(works: readonly Placed[], isParked: boolean): Promise<void> {
    let waits = isParked;
    for (const work of works) {
      waits = waits && (await this.#parked.hold(work.subject, work.position));
      if (waits) continue;
      const error = await this.#tries.of(`${work.subject} ${String(work.position)}`, work.run);
      if (error === undefined) continue;
      await this.#park(work, error);
      waits = true;
    }
  }

  async #park({ subject, position }: Placed, error: string): Promise<void> {
    await this.#parked.park(subject, position, error);
    this.#parts.log('parked in a follower', { follower: this.#parts.name, subject, error });
  }

  /** What somebody asked to be tried again. It is asked for until it was taken, or is parked once more. */
  async #lookAround(wentWell: () => void): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      const asked = await this.#parked.askedFor();
      if (asked === undefined) break;
      await this.#takeAgain(asked.subject, asked.from);
    }
    wentWell();
    await pause(LOOK_EVERY_MS, signal);
  }

  /** Everything of the subject from its first event that could not be taken; what is held back meanwhile, too. @throws what may pass */
  async #takeAgain(subject: string, from: Position): Promise<void> {
    const { store, takes } = this.#parts;
    for (let at = from - 1n; ;) {
      const page = await store.readAll(at, PAGE);
      for (const event of page) {
        this.#stop.signal.throwIfAborted();
        if (takes.has(event.type) && !(await this.#takenFor(subject, event))) return;
      }
      const last = page.at(-1);
      if (last !== undefined) at = last.position;
      else if (await this.#parked.release(subject, at)) return;
      else if ((await store.head()).position <= at) throw new Moved('somebody else let it go');
    }
  }

  /** @returns false when the subject is parked once more */
  async #takenFor(subject: string, event: StoredEvent): Promise<boolean> {
    const works = event.stream === subject ? [this.#whole(event, ASKED)] : await this.#worksOf(event, ASKED);
    for (const work of works) {
      const mine = work.subject === subject;
      // Another stream that cannot be read, now or again, waits for itself.
      if (!mine && work.subject !== event.stream) continue;
      if (!mine && (await this.#parked.hold(work.subject, work.position))) continue;
      const error = await this.#tries.of(`${work.subject} ${String(work.position)}`, work.run);
      if (error === undefined) continue;
      await this.#park(work, error);
      if (mine) return false;
    }
    return true;
  }
}
