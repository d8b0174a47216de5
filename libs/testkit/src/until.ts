/** Waits for what a test expects to become true, with a deadline and a sentence; never a fixed sleep. */
import { setTimeout as delay } from 'node:timers/promises';
import { awayBecause, errorName } from '@fascia/retry';

export interface UntilOptions {
  /** What was awaited, for whoever reads the failure; a function when that says what was there instead. */
  readonly message: string | (() => string);
  readonly deadlineMs?: number;
  readonly everyMs?: number;
}

/** Longer than anything takes, also where others use the same processors. */
const DEADLINE_MS = 90_000;

/** A database that is away while it is asked has not answered yet: no more is known than before. */
const unlessAway = async <T>(
  condition: () => T | Promise<T>,
): Promise<{ readonly answer?: T; readonly away?: string }> => {
  try {
    return { answer: await condition() };
  } catch (error) {
    if (awayBecause(error) === undefined) throw error;
    return { away: `, last: ${errorName(error)}` };
  }
};

/** @returns the first answer that is neither `undefined`, `null`, `false`, `0` nor an empty text. */
export const until = async <T>(condition: () => T | Promise<T>, options: UntilOptions): Promise<T> => {
  const { message, deadlineMs = DEADLINE_MS, everyMs = 5 } = options;
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const { answer, away = '' } = await unlessAway(condition);
    if (answer) return answer;
    if (performance.now() > deadline)
      throw new Error(
        `not within ${deadlineMs} ms: ${typeof message === 'string' ? message : message()}${away}`,
      );
    await delay(everyMs);
  }
};
