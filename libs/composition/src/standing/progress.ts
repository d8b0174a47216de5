/**
 * Who stands still: a follower that has something to come and has not moved for a stated time, whatever the reason. When it moved
 * last is remembered in the process that watches, by a clock that nobody sets.
 */
import type { AccessRecorder } from '@fascia/audit';
import { errorName } from '@fascia/retry';
import type { Settings } from '../process/settings.js';
import { lookAgain, type Looking } from './again.js';
import { firstOverdue, standingsOf, type StandingParts } from './standing.js';

export interface Still {
  /** As its checkpoint names it; besides `relay`, `due` (timers are not fired) and `access-records` (of the process itself). */
  readonly follower: string;
  readonly partition: number;
  /** Since it moved last, or since something came for it. */
  readonly seconds: number;
}

export const RELAY = 'relay';
export const DUE = 'due';
export const ACCESS_RECORDS = 'access-records';

export interface ProgressParts extends StandingParts {
  readonly settings: Pick<Settings, 'stalledMs'>;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
  /** Of this process. */
  readonly recorder?: Pick<AccessRecorder, 'waiting' | 'stored'> | undefined;
}

/** Where somebody stands at the moment. */
interface Place {
  readonly follower: string;
  readonly partition: number;
  readonly at: string;
  readonly hasMore: boolean;
}

interface Seen extends Place {
  readonly sinceMs: number;
  readonly told: boolean;
}

const LOOK_EVERY_MS = 1_000;

const placesOf = async (parts: ProgressParts): Promise<readonly Place[]> => {
  const { recorder } = parts;
  const { head, relay, followers } = await standingsOf(parts);
  const overdue = await firstOverdue(parts);
  const one = (follower: string, at: string, hasMore: boolean): Place => ({
    follower,
    partition: 0,
    at,
    hasMore,
  });
  return [
    ...followers.map(({ follower, partition, position, behind }) => ({
      follower,
      partition,
      at: position.toString(),
      hasMore: behind > 0n,
    })),
    ...(relay === undefined ? [] : [one(RELAY, relay.position.toString(), relay.position < head)]),
    one(DUE, overdue === undefined ? '' : `${overdue.id} ${overdue.set_by}`, overdue !== undefined),
    ...(recorder === undefined ? [] : [one(ACCESS_RECORDS, String(recorder.stored), recorder.waiting > 0)]),
  ];
};

export class Progress {
  readonly #parts: ProgressParts;
  readonly #now: () => number;
  #seen: ReadonlyMap<string, Seen> = new Map();
  #looking: Looking | undefined;

  /** @param now milliseconds of a clock that only goes on */
  constructor(parts: ProgressParts, now: () => number = () => performance.now()) {
    this.#parts = parts;
    this.#now = now;
  }

  /** Looks now and again until it is stopped. */
  start(): void {
    this.#looking = lookAgain(
      LOOK_EVERY_MS,
      () => this.look(),
      (error) => {
        // What was seen last goes on to grow old: that nobody can look says nothing about those who moved.
        this.#parts.log('where followers stand cannot be seen', { error: errorName(error) });
      },
    );
  }

  async stop(): Promise<void> {
    await this.#looking?.stop();
  }

  async look(): Promise<void> {
    const now = this.#now();
    const places = await placesOf(this.#parts);
    this.#seen = new Map(
      places.map((place) => {
        const key = `${place.follower} ${String(place.partition)}`;
        const before = this.#seen.get(key);
        const moved = !place.hasMore || before?.hasMore !== true || before.at !== place.at;
        const seen = { ...place, sinceMs: moved ? now : before.sinceMs, told: !moved && before.told };
        return [key, { ...seen, told: this.#tell(seen, now) }];
      }),
    );
  }

  /** Of everybody who has something to come: how long they have not moved. */
  get waiting(): readonly Still[] {
    const now = this.#now();
    return [...this.#seen.values()]
      .filter(({ hasMore }) => hasMore)
      .map(({ follower, partition, sinceMs }) => ({ follower, partition, seconds: (now - sinceMs) / 1_000 }));
  }

  /** Those who have not moved for too long. */
  get stalled(): readonly Still[] {
    return this.waiting.filter(({ seconds }) => seconds * 1_000 >= this.#parts.settings.stalledMs);
  }

  /** Once each time. */
  #tell({ follower, partition, at, hasMore, sinceMs, told }: Seen, now: number): boolean {
    if (told || !hasMore || now - sinceMs < this.#parts.settings.stalledMs) return told;
    this.#parts.log('a follower stands still', { follower, partition, at });
    return true;
  }
}
