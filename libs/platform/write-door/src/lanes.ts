/**
 * Whoever wants the same stream waits for its turn here, rather than losing rounds in the store. A lane is this process's own:
 * several processes still meet by version conflicts, as many at once as there are processes.
 *
 * Lanes are of two floors: a command holds the one of its stream, and in it, for one claim at a time, the one of a register.
 * In a register's lane nobody waits for another lane, so that nobody waits for himself.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Contended } from './aggregate.js';

export interface LaneLimits {
  /** How many may wait for one stream, beside the one whose turn it is. */
  readonly waiting: number;
  /** How long each of them waits. */
  readonly waitMs: number;
}

export const LANE_LIMITS: LaneLimits = { waiting: 256, waitMs: 10_000 };

/** Too many wait for the same thing, or for too long: nothing was stored, try again. */
export class Crowded extends Contended {
  override readonly name: string = 'Crowded';
}

/** Rounds that are lost without a pause. */
const AT_ONCE = 2;
const LONGEST_PAUSE_MS = 100;

/** Of two processes in step the same one would win each round; a little of chance gets them out of it. */
const aWhile = async (lost: number): Promise<void> => {
  if (lost > AT_ONCE) await delay(randomInt(1, Math.min(5 * lost, LONGEST_PAUSE_MS)));
};

interface Waiting {
  enter(): void;
}

export class Lanes {
  /** Of each stream that somebody is at work on, who waits, in the order in which they came. */
  readonly #lanes = new Map<string, Waiting[]>();

  /** @param afterLosing so many rounds to another process, before the next one */
  constructor(
    private readonly limits: LaneLimits = LANE_LIMITS,
    readonly afterLosing: (lost: number) => Promise<void> = aWhile,
  ) {}

  /** One after another, whoever came first first. @throws Crowded, and whatever the work throws */
  async through<T>(name: string, work: () => Promise<T>): Promise<T> {
    await this.#entered(name);
    try {
      return await work();
    } finally {
      const next = this.#lanes.get(name)?.shift();
      if (next === undefined) this.#lanes.delete(name);
      else next.enter();
    }
  }

  async #entered(name: string): Promise<void> {
    const waiting = this.#lanes.get(name);
    if (waiting === undefined) {
      this.#lanes.set(name, []);
      return;
    }
    if (waiting.length >= this.limits.waiting)
      throw new Crowded(`${String(waiting.length)} commands wait for one stream`);
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const me: Waiting = {
      enter: () => {
        clearTimeout(timer);
        resolve(undefined);
      },
    };
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(me), 1);
      reject(new Crowded(`a command waited ${String(this.limits.waitMs)} ms for its turn`));
    }, this.limits.waitMs);
    waiting.push(me);
    await promise;
  }
}
