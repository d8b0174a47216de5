/**
 * Follows the log's slices from stored positions: at least once, in order, with longer and longer waits while something is down.
 * What an event is for is its subjects: the work of one subject is done in order, subjects go on beside one another, and one
 * whose work cannot be done is parked, alone.
 */
import type { EventStore, Position, Rows, StoredEvent } from '@fascia/kernel';
import { errorName, Moved, pause, untilAborted } from '@fascia/retry';
import { doubtedOf, loadStanding, MovedRow, type Standing } from './checkpoint.js';
import { followHistory, LogReplaced, markOf } from './history.js';
import { ParkingPlace, type AskedFor } from './parking-place.js';
import type { Delivery, Following, Slice } from './slice.js';
import { Tries } from './tries.js';
import { Waiting } from './waiting.js';

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
  /** Somebody asked for it to be tried again: the name of the error with which it was parked, as he was shown it. */
  readonly askedAfter?: string;
}

export interface FollowerParts {
  readonly name: string;
  readonly store: EventStore;
  readonly delivery: Delivery;
  readonly rows: Rows;
  readonly takes: ReadonlySet<string>;
  /** An event that this cannot read is work for its stream, which is then parked. */
  readonly workOf: (event: StoredEvent, coming: Coming) => Promise<readonly Work[]>;
  /** Before events come, at the start and whenever it was looked again where it stands; and before anything is tried again. */
  readonly begins?: () => Promise<void>;
  /** Whenever it is looked whether the follower was set back: what it begins with may be other. */
  readonly looks?: () => Promise<void>;
  /** Whether an error says that something is down: then everything waits, and nothing is parked. */
  readonly passes: (error: unknown) => boolean;
  /** Whether an error says that trying again comes to the same: the subject is parked at once, and holds nobody up. */
  readonly lasts?: (error: unknown) => boolean;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
  readonly lookEveryMs?: number;
}

/** @returns false when the subject does not wait: then its event is to be taken */
type Hold = (subject: string, position: Position) => Promise<boolean>;

interface Placed extends Work {
  readonly position: Position;
}

const nameOf = ({ subject, position }: Pick<Placed, 'subject' | 'position'>): string =>
  `${subject} ${String(position)}`;

export class Follower {
  readonly #parts: FollowerParts;
  readonly #positions = new Map<number, Position>();
  readonly #held = new Set<number>();
  readonly #tries: Tries;
  readonly #parked: ParkingPlace;
  readonly #stop = new AbortController();
  #following: Promise<Following> | undefined;
  #errands: Promise<void> | undefined;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    this.#tries = new Tries(parts.passes, parts.lasts);
    this.#parked = new ParkingPlace(parts.rows, parts.name);
  }

  /** Where it stands on a log that is delivered whole. */
  get position(): Position {
    return this.#positions.get(0) ?? 0n;
  }

  /** The slices that are followed here at the moment. */
  get partitions(): ReadonlySet<number> {
    return this.#held;
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
    this.#following = delivery.follow(name, async (slice, signal) => {
      this.#held.add(slice.partition);
      await untilAborted(signal, (wentWell) => this.#follow(slice, signal, wentWell), told(slice.partition));
      this.#held.delete(slice.partition);
    });
    this.#errands = untilAborted(this.#stop.signal, (wentWell) => this.#lookAround(wentWell), told());
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await (await this.#following)?.stop();
    await this.#errands;
  }

  async #follow(slice: Slice, signal: AbortSignal, wentWell: () => void): Promise<void> {
    const { name, store, rows, takes, begins, looks } = this.#parts;
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
      look: () => row.look().then(() => looks?.()),
      lookEveryMs: this.#parts.lookEveryMs,
    });
    try {
      for await (const batch of batches) {
        const last = batch.at(-1);
        if (last === undefined) continue;
        const taken = batch.filter((event) => takes.has(event.type));
        const waiting = taken.length > 0 ? await this.#take(taken, standing.doubted) : undefined;
        idle = taken.length > 0 ? 0 : idle + batch.length;
        row.has(markOf(standing.mark.epoch, last), waiting);
        // Where the log is cut, others watch the rows.
        if (taken.length > 0 || !slice.whole || idle > IDLE_EVENTS) {
          await row.move();
          idle = 0;
        }
        this.#positions.set(partition, last.position);
        for (const { subject, position, error } of waiting?.parked ?? [])
          this.#parkedNow({ subject, position }, error);
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

  /** Does what can be done. @returns what is to wait. @throws what may pass */
  async #take(events: readonly StoredEvent[], doubted: Position): Promise<Waiting> {
    const parked = await this.#parked.subjects();
    const waiting = new Waiting(parked);
    const hold: Hold = async (subject, position) => waiting.hold(subject, position);
    // A stream that cannot be read waits as a whole: nobody knows for whom its next event is.
    const unread = new Set<string>(parked);
    const bySubject = new Map<string, Placed[]>();
    for (const event of events) {
      const coming = { doubted: event.position <= doubted };
      const works = unread.has(event.stream)
        ? [this.#whole(event, coming, hold)]
        : await this.#worksOf(event, coming, hold);
      for (const work of works) {
        if (work.subject === event.stream) unread.add(event.stream);
        const before = bySubject.get(work.subject);
        if (before === undefined) bySubject.set(work.subject, [work]);
        else before.push(work);
      }
    }
    const done = await Promise.allSettled(
      [...bySubject.values()].map((works) => this.#inOrder(works, waiting)),
    );
    for (const one of done) if (one.status === 'rejected') throw one.reason;
    return waiting;
  }

  /** An event that cannot be read is work for its stream. @throws what may pass */
  async #worksOf(event: StoredEvent, coming: Coming, hold: Hold): Promise<readonly Placed[]> {
    const { position } = event;
    try {
      return (await this.#parts.workOf(event, coming)).map(({ subject, run }) => ({
        subject,
        position,
        run,
      }));
    } catch (error) {
      if (this.#parts.passes(error)) throw error;
      return [this.#whole(event, coming, hold)];
    }
  }

  /** All that an event is for, as work of its stream. Who waits by himself goes on waiting. */
  #whole(event: StoredEvent, coming: Coming, hold: Hold): Placed {
    const { stream: subject, position } = event;
    const run = async (): Promise<void> => {
      for (const work of await this.#parts.workOf(event, coming))
        // The stream's own work is what is being done.
        if (work.subject === subject || !(await hold(work.subject, position))) await work.run();
    };
    return { subject, position, run };
  }

  async #inOrder(works: readonly Placed[], waiting: Waiting): Promise<void> {
    for (const { subject, position, run } of works) {
      if (waiting.hold(subject, position)) continue;
      const error = await this.#tries.of(nameOf({ subject, position }), run);
      if (error !== undefined) waiting.park(subject, position, error);
    }
  }

  #parkedNow(work: Pick<Placed, 'subject' | 'position'>, error: string): void {
    const { subject } = work;
    this.#tries.settled(nameOf(work));
    this.#parts.log('parked in a follower', { follower: this.#parts.name, subject, error });
  }

  /** What somebody asked to be tried again. It is asked for until it was taken, or is parked once more. */
  async #lookAround(wentWell: () => void): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      const asked = await this.#parked.askedFor();
      if (asked === undefined) break;
      // No slice may have begun here, or ever be given to this process: without it work is taken for nobody's.
      await this.#parts.begins?.();
      await this.#takeAgain(asked);
    }
    wentWell();
    await pause(LOOK_EVERY_MS, signal);
  }

  /** Everything of the subject from its first event that could not be taken; what is held back meanwhile, too. @throws what may pass */
  async #takeAgain({ subject, from, error: askedAfter }: AskedFor): Promise<void> {
    const { rows, name, store, takes } = this.#parts;
    const doubted = await doubtedOf(rows, name, store);
    const first = await store.readAt(from);
    let page = first === undefined ? await store.readAll(from, PAGE) : [first];
    for (let at = from; ; page = await store.readAll(at, PAGE)) {
      for (const event of page) {
        this.#stop.signal.throwIfAborted();
        if (!takes.has(event.type)) continue;
        const coming = { doubted: event.position <= doubted, askedAfter };
        if (!(await this.#takenFor(subject, event, coming))) return;
      }
      const last = page.at(-1);
      if (last !== undefined) at = last.position;
      else if (await this.#parked.release(subject, at)) return;
      else if ((await store.head()).position <= at) throw new Moved('somebody else let it go');
    }
  }

  /** @returns false when the subject is parked once more */
  async #takenFor(subject: string, event: StoredEvent, coming: Coming): Promise<boolean> {
    const hold: Hold = (other, position) => this.#parked.hold(other, position);
    const works =
      event.stream === subject
        ? [this.#whole(event, coming, hold)]
        : await this.#worksOf(event, coming, hold);
    for (const work of works) {
      const mine = work.subject === subject;
      // Another stream that cannot be read, now or again, waits for itself.
      if (!mine && work.subject !== event.stream) continue;
      if (!mine && (await hold(work.subject, work.position))) continue;
      const error = await this.#tries.of(nameOf(work), work.run);
      if (error === undefined) continue;
      await this.#parked.park(work.subject, work.position, error);
      this.#parkedNow(work, error);
      if (mine) return false;
    }
    return true;
  }
}
