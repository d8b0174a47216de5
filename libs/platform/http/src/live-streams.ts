/**
 * The live streams of a process: each is told what its caller may be told, for as long as their token and their roles hold. Both are
 * looked at before anything is said, and with every heartbeat. One timer serves all of them.
 */
import { choosing, identified, requireActing, type Admission } from '@fascia/access';
import type { PlaceInSlice, Watcher } from '@fascia/read-store';
import type { FastifyRequest } from 'fastify';
import { LiveStream } from './live-stream.js';
import { decodePosition, encodePosition } from './positions.js';
import { ProblemException } from './problems.js';

export interface LivePart {
  /** @returns ends it */
  watch(watcher: Watcher, since?: readonly PlaceInSlice[]): () => void;
  readonly heartbeatMs: number;
}

interface Open {
  readonly stream: LiveStream;
  readonly headers: FastifyRequest['headers'];
  readonly as: Watcher['as'];
  readonly until: Date;
  beatAt: number;
  /** Whether it is being asked if they may still be told, and has to be asked again because there is more to tell. */
  asking: boolean;
  again: boolean;
}

/** A browser has one, for all its tabs. */
const MOST_OF_ONE = 20;
const LOOK_EVERY_MS = 1_000;
/** A client that takes nothing for so many heartbeats is gone. */
const GONE_AFTER_BEATS = 4;

const LAST_EVENT_ID = 'last-event-id';

const idOf = (places: readonly PlaceInSlice[]): string => places.map(encodePosition).join('.');

/** Where a client stood; nowhere that anybody knows when it says something else than it was told. */
const placesIn = (id: string): readonly PlaceInSlice[] => {
  const places = id.split('.').map(decodePosition);
  return places.every((place) => place !== undefined) ? places : [];
};

export class LiveStreams {
  readonly #open = new Set<Open>();
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    private readonly admission: Admission,
    private readonly part: LivePart,
  ) {}

  /** @throws ProblemException 429 */
  async open(request: FastifyRequest): Promise<LiveStream> {
    const { as } = requireActing(request);
    const { until } = await identified(request.headers, this.admission);
    const own = [...this.#open].filter((one) => one.as[0]?.sub === as[0].sub);
    if (own.length >= MOST_OF_ONE)
      throw new ProblemException(
        429,
        'TOO_MANY_REQUESTS',
        'You have too many live streams open. Close some: one serves all tabs of a browser.',
      );
    const { headers } = request;
    const stream = new LiveStream();
    const one = {
      stream,
      headers,
      as,
      until,
      beatAt: performance.now(),
      asking: false,
      again: false,
    };
    this.#open.add(one);
    const lastId = [headers[LAST_EVENT_ID] ?? []].flat()[0];
    const stop = this.part.watch(this.#watcher(one), lastId === undefined ? undefined : placesIn(lastId));
    stream.once('close', () => {
      stop();
      this.#open.delete(one);
      if (this.#open.size === 0) clearInterval(this.#timer);
    });
    if (this.#open.size === 1) this.#schedule();
    if (this.#isOver) stream.end();
    return stream;
  }

  /** Ends all of them, and those that are still opened. */
  end(): void {
    this.#isOver = true;
    for (const { stream } of this.#open) stream.end();
  }

  #watcher(one: Open): Watcher {
    return {
      as: one.as,
      changed: (lists, at) => {
        one.stream.changed(lists, idOf(at));
        void this.#tell(one);
      },
      resync: (at) => {
        one.stream.resync(idOf(at));
        void this.#tell(one);
      },
    };
  }

  #schedule(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(
      () => {
        this.#look();
      },
      Math.min(LOOK_EVERY_MS, this.part.heartbeatMs),
    ).unref();
  }

  #look(): void {
    const { heartbeatMs } = this.part;
    const now = performance.now();
    for (const one of this.#open) {
      const { fullSince = now } = one.stream;
      if (one.until <= new Date()) one.stream.end();
      else if (now - fullSince > GONE_AFTER_BEATS * heartbeatMs) one.stream.destroy();
      else if (now - one.beatAt >= heartbeatMs) {
        one.beatAt = now;
        one.stream.beat();
        void this.#tell(one);
      }
    }
  }

  /** What there is to say, if they may still be told. */
  async #tell(one: Open): Promise<void> {
    one.again = true;
    if (one.asking) return;
    one.asking = true;
    let isStill = true;
    while (isStill && one.again) {
      one.again = false;
      isStill = await this.#isStill(one);
    }
    one.asking = false;
    if (isStill) one.stream.release();
    else one.stream.end();
  }

  /** Whoever is somebody else by now asks anew, and is told what they are. */
  async #isStill({ headers, as, until }: Open): Promise<boolean> {
    if (until <= new Date()) return false;
    try {
      const { held } = await identified(headers, this.admission);
      const acting = await choosing(headers, held, this.admission);
      return JSON.stringify(acting.as) === JSON.stringify(as);
    } catch {
      // Also when it cannot be known: a stream that is cut misses nothing.
      return false;
    }
  }
}
