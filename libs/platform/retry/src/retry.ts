/** Trying again: waits that grow, cut short by a signal, and the one loop that everything which must never give up runs in. */
import { setTimeout as delay } from 'node:timers/promises';
import { ExponentialBackoff, halfJitterGenerator } from 'cockatiel';

const SHORTEST_MS = 50;
const LONGEST_MS = 5_000;

/** Each wait by chance between a half of it and the whole, so that those who lost the same thing do not knock together. */
const WAITS = new ExponentialBackoff({
  initialDelay: SHORTEST_MS,
  maxDelay: LONGEST_MS,
  generator: halfJitterGenerator,
});

/** How long to wait after each failure in a row: 50 ms, doubling up to 5 s. */
export class Backoff {
  #last: ReturnType<typeof WAITS.next> | undefined;

  /** In milliseconds. */
  next(): number {
    this.#last = (this.#last ?? WAITS).next(undefined);
    return this.#last.duration;
  }

  /** Something went well: the next wait is a short one again. */
  reset(): void {
    this.#last = undefined;
  }
}

/** Resolves after the time or when aborted, whichever comes first. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await delay(ms, undefined, { signal }).catch(() => undefined);
};

/**
 * Tries again what may pass by itself, as long as the waits between the attempts have not come to so many milliseconds.
 * @throws what was met last
 */
export const whilePassing = async <T>(
  attempt: () => Promise<T>,
  isPassing: (error: unknown) => boolean,
  waitMs: number,
): Promise<T> => {
  const backoff = new Backoff();
  for (let waited = 0; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error) || waited >= waitMs) throw error;
      const next = backoff.next();
      waited += next;
      await delay(next);
    }
  }
};

const SQLSTATE = /^[0-9A-Z]{5}$/;
/** `ECONNREFUSED`, `ERR_SOCKET_CLOSED`. */
const SYSTEM_CODE = /^E[A-Z_]+$/;
/** `UNKNOWN_TOPIC_OR_PARTITION`: what a broker calls what it refuses. */
const WORDS = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

/** What a database or the system says of an error beside its message; the message may hold people's data. */
interface Told {
  readonly code: string | undefined;
  readonly place: string | undefined;
}

const toldBy = (error: Error): Told => {
  const { code, type, constraint, column, table } = error as Error & Readonly<Record<string, unknown>>;
  const isCode = (one: unknown): one is string =>
    typeof one === 'string' && [SQLSTATE, SYSTEM_CODE, WORDS].some((form) => form.test(one));
  return {
    code: [code, type].find(isCode),
    place: [constraint, column, table].find((name) => typeof name === 'string'),
  };
};

/** The SQLSTATE of what PostgreSQL refused; nothing for any other error. */
export const sqlStateOf = (error: unknown): string | undefined => {
  const code = error instanceof Error ? toldBy(error).code : undefined;
  return code !== undefined && SQLSTATE.test(code) && !SYSTEM_CODE.test(code) ? code : undefined;
};

/** 40 rollback, 53 resources, 55 not in a state for it, cancelled, read-only: refused in full, and another time perhaps not. */
const REFUSED_FOR_NOW = /^(?:25006|40|53|55|57014)/;
/** 08 connection, 25P03 left alone in a transaction, 25P04 too long in one, 57P shutdown, 58 system, XX internal: the server is going or gone. */
const LOST = /^(?:08|25P0[34]|57P|58|XX)/;
const SYSTEM_LOST = /^E(?:AI_AGAIN|CONN[A-Z]+|HOSTUNREACH|NETUNREACH|NOTFOUND|PIPE|TIMEDOUT)$/;
/** What the driver of PostgreSQL says when a connection is away or silent has neither a class nor a code. */
const DRIVER_LOST =
  /^(?:Query read timeout|Connection terminated|timeout expired|timeout exceeded when trying to connect|Client (?:has encountered a connection error|was closed))/;

/**
 * Whether an error says that a database is away for a while.
 * @returns `refused` when what was asked for did not happen, `lost` when nobody knows; nothing for any other error
 */
export const awayBecause = (error: unknown): 'refused' | 'lost' | undefined => {
  if (!(error instanceof Error)) return undefined;
  const state = sqlStateOf(error);
  if (state !== undefined)
    return REFUSED_FOR_NOW.test(state) ? 'refused' : LOST.test(state) ? 'lost' : undefined;
  const { code } = toldBy(error);
  // A socket in a folder, whose server is not there.
  if (code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect' ? 'lost' : undefined;
  if (code === undefined)
    return error.name === 'Error' && DRIVER_LOST.test(error.message) ? 'lost' : undefined;
  return SYSTEM_LOST.test(code) ? 'lost' : undefined;
};

/** Said by a server that another one has taken over from, too: a new connection may lead there, the old one never does. */
export const saysItOnlyReads = (error: unknown): boolean => sqlStateOf(error) === '25006';

/**
 * An error as logs and tables tell it: its class, a code and a place where there are any (`DatabaseError 54000 patient_sort`),
 * without its message, which may hold what it choked on.
 */
export const errorName = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  const { code, place } = toldBy(error);
  if (code === undefined) return error.name;
  // The driver of PostgreSQL leaves its errors the name `error`.
  if (sqlStateOf(error) === undefined) return `${error.name} ${code}`;
  return ['DatabaseError', code, ...(place === undefined ? [] : [place])].join(' ');
};

/** Somebody else has gone on with the same thing: nothing is wrong, and there is nothing to wait for the first time. */
export class Moved extends Error {
  override readonly name: string = 'Moved';
}

/**
 * Tries until the signal aborts: at once after one {@link Moved}, after a longer and longer wait otherwise.
 * @param attempt says when something went well; that it ends by itself is no failure, and it is begun again
 */
export const untilAborted = async (
  signal: AbortSignal,
  attempt: (wentWell: () => void) => Promise<void>,
  failed: (error: unknown, waitMs: number) => void,
): Promise<void> => {
  const backoff = new Backoff();
  let moved = false;
  while (!signal.aborted) {
    try {
      await attempt(() => {
        moved = false;
        backoff.reset();
      });
    } catch (error) {
      if (signal.aborted) return;
      // Two that move each other again and again are not to do so as fast as they can.
      const waitMs = error instanceof Moved && !moved ? 0 : backoff.next();
      moved = error instanceof Moved;
      failed(error, waitMs);
      if (waitMs > 0) await pause(waitMs, signal);
    }
  }
};
