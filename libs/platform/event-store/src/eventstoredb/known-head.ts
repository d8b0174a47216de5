/**
 * The last event of ours among those of others. It is remembered together with the event of anybody up to which has been
 * looked, and only what is newer is looked at: at rest one event is read, however many others wrote. Where to begin at a start
 * is noted in a stream of our own now and then (`head-note.ts`); before any note everything of ours follows the event that
 * names the log. What is remembered counts only while the very event still stands at its place: a log may be put back.
 */
import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import { StoreUnavailable, type Position } from '@fascia/kernel';
import { LRUCache } from 'lru-cache';
import type { Connection } from './connection.js';
import { readError } from './failures.js';
import { HeadNote } from './head-note.js';
import {
  eventAt,
  markOf,
  newestOf,
  oursFilter,
  oursFrom,
  placeOf,
  type Looked,
  type Mark,
} from './ours-in-all.js';
import { isOurs, positionOf } from './recorded.js';
import { NoSuchPosition } from './troubles.js';

/** Of a look that takes long: from where it goes, how far it has come, and the last event of ours until there. */
interface Way {
  readonly from: Mark;
  readonly at: Position;
  readonly ours: Position;
}

/** Read whole before the server is asked to sieve: whoever is not alone on a server mostly finds an event of ours in them. */
const RECENT = 32;
const PAGE = 500;

/** Bytes of the log, which is what positions count. Beyond them a read would be silent for longer than its caller waits. */
const FAR = 64n * 1024n * 1024n;
const CHECKPOINT_EVERY = 2_000;

/** Events of ours after which it is known where the next one can be at the earliest. */
const QUIETS = 200;

const ignore = (): void => undefined;

export class KnownHead {
  #looked: Looked | undefined;
  /** Of one that broke off. */
  #onTheWay: Way | undefined;
  readonly #quiet = new LRUCache<Position, Mark>({ max: QUIETS });
  readonly #note: HeadNote;
  #running: Promise<unknown> = Promise.resolve();
  #next: Promise<Position> | undefined;

  /** @param named the event that names the log */
  constructor(
    private readonly connection: Connection,
    private readonly named: () => Promise<Mark>,
  ) {
    this.#note = new HeadNote(connection);
  }

  /** Of the last event of ours that was acknowledged before the call, or a later one. Who asks while somebody looks shares the next look. */
  position(): Promise<Position> {
    this.#next ??= this.#running.catch(ignore).then(() => {
      this.#next = undefined;
      const look = this.#look();
      this.#running = look;
      return look;
    });
    return this.#next;
  }

  /**
   * Where to begin so as to miss nothing of ours after the position, and to pass over as little as possible of others.
   * @throws NoSuchPosition when no event of ours stands there
   */
  async beginAfter(after: Position): Promise<Position> {
    if (after > (await this.position())) throw new NoSuchPosition(after);
    const start = await this.startAfter(after);
    if (start !== undefined) return start;
    const event = await eventAt(this.connection, after);
    if (event === undefined || !isOurs(event.streamId)) throw new NoSuchPosition(after);
    return after;
  }

  /** The same where it is known without asking whether an event of ours stands there; else nothing. */
  async startAfter(after: Position): Promise<Position | undefined> {
    const mark = this.#quiet.get(after);
    if (mark !== undefined) {
      await this.position();
      if (this.#isLooked(mark) || (await this.#stands(mark))) return mark.position;
      this.#quiet.delete(after);
    }
    return after === 0n ? (await this.named()).position : undefined;
  }

  async #look(): Promise<Position> {
    const [end] = await newestOf(this.connection, 1);
    if (end === undefined) return 0n;
    if (isOurs(end.streamId)) return this.#found({ ours: positionOf(end), mark: markOf(end) });
    if (this.#isLooked(markOf(end))) return this.#looked?.ours ?? 0n;
    const recent = await newestOf(this.connection, RECENT);
    const marks = recent.map(markOf);
    const mark = marks[0] ?? markOf(end);
    const newest = recent.find(({ streamId }) => isOurs(streamId));
    if (newest !== undefined) return this.#found({ ours: positionOf(newest), mark });
    if (marks.some((one) => this.#isLooked(one)))
      return this.#found({ ours: this.#looked?.ours ?? 0n, mark });
    return this.#found({ ours: await this.#lookFrom(await this.#base(), mark), mark });
  }

  #isLooked({ id, position }: Mark): boolean {
    return this.#looked?.mark.id === id && this.#looked.mark.position === position;
  }

  #found(looked: Looked): Position {
    this.#looked = looked;
    const { ours, mark } = looked;
    if (mark.position > ours) this.#quiet.set(ours, mark);
    this.#note.offer(looked);
    return ours;
  }

  /** What is known to hold still. */
  async #base(): Promise<Looked> {
    for (const known of [() => this.#looked, () => this.#note.last()]) {
      const looked = await known();
      if (looked !== undefined && (await this.#stands(looked.mark))) return looked;
    }
    return { ours: 0n, mark: await this.named() };
  }

  async #stands({ position, id }: Mark): Promise<boolean> {
    return (await eventAt(this.connection, position))?.id === id;
  }

  /** The last of ours up to the end, which was seen before. */
  async #lookFrom({ ours, mark }: Looked, end: Mark): Promise<Position> {
    const begun =
      this.#onTheWay?.from.id === mark.id ? this.#onTheWay : { from: mark, ours, at: mark.position };
    let way = begun;
    // Whatever breaks it off: a place that only the server named is gone back to once, and only while it answers.
    this.#onTheWay = undefined;
    if (end.position - begun.at > FAR) way = await this.#haul(begun, end);
    let last = way.ours;
    for (let at = way.at; ;) {
      const page = await oursFrom(this.connection, { from: at, maxCount: PAGE });
      last =
        page
          .filter(({ streamId }) => isOurs(streamId))
          .map(positionOf)
          .at(-1) ?? last;
      const newest = page.at(-1);
      if (newest === undefined || page.length < PAGE) break;
      at = positionOf(newest);
    }
    this.#onTheWay = undefined;
    return last;
  }

  /** Through a long part of the log, where the server says now and then how far it is; to where the end is near. */
  async #haul(begun: Way, end: Mark): Promise<Way> {
    let way = begun;
    const { client, options } = this.connection;
    await new Promise<void>((resolve, reject) => {
      let ended = false;
      const moved = (at: Position, ours: Position): void => {
        if (ended) return;
        way = { from: way.from, at, ours };
        this.#onTheWay = way;
        patience.refresh();
        if (end.position - at <= FAR) over();
      };
      const subscription = client.subscribeToAll({
        ...options,
        fromPosition: placeOf(begun.at),
        filter: oursFilter(CHECKPOINT_EVERY, (_, { commit }) => {
          // What came before it and is not handed on yet would be passed over.
          if (subscription.readableLength === 0) moved(commit, way.ours);
        }),
      });
      const over = (error?: unknown): void => {
        ended = true;
        clearTimeout(patience);
        subscription.on('error', ignore);
        void subscription
          .unsubscribe()
          .catch(ignore)
          .finally(() => subscription.destroy());
        if (error === undefined) resolve();
        else reject(readError(error));
      };
      const patience = setTimeout(
        () => over(new StoreUnavailable('EventStoreDB does not answer')),
        options.deadline,
      );
      subscription.on('error', over);
      subscription.on('end', () => over(new StoreUnavailable('EventStoreDB ended the subscription')));
      subscription.on('data', ({ event }: AllStreamResolvedEvent) => {
        if (event !== undefined)
          moved(positionOf(event), isOurs(event.streamId) ? positionOf(event) : way.ours);
      });
    });
    return way;
  }
}
