/** A consumer as a row of sessions with the broker: one ends with a fault, the next begins after a backoff. */
import { Backoff, errorName, pause } from '@fascia/retry';
import type { BrokerLog } from './ports.js';

export interface Session {
  /** Aborted by `close`: leave the group and return. */
  readonly ended: AbortSignal;
  /** To be called when the group was joined: the next fault begins with a short backoff again. */
  readonly joined: () => void;
}

export class Sessions {
  readonly #end = new AbortController();
  #running: Promise<void> | undefined;

  /** @param open rejects when the session breaks; resolves only after it was told to end */
  constructor(
    private readonly open: (session: Session) => Promise<void>,
    private readonly log: BrokerLog,
  ) {}

  /** Resolves when the group was joined or the first attempt failed. */
  async start(): Promise<void> {
    if (this.#running !== undefined) throw new TypeError('a consumer is started once');
    await new Promise<void>((resolve) => {
      this.#running = this.#run(resolve);
    });
  }

  async close(): Promise<void> {
    this.#end.abort();
    await this.#running;
  }

  async #run(begun: () => void): Promise<void> {
    const ended = this.#end.signal;
    const backoff = new Backoff();
    let failures = 0;
    const joined = (): void => {
      failures = 0;
      backoff.reset();
      begun();
    };
    while (!ended.aborted) {
      try {
        await this.open({ ended, joined });
      } catch (error) {
        failures += 1;
        this.log('a session with the broker ended and begins anew', {
          failures,
          error: errorName(error),
        });
      }
      begun();
      if (!ended.aborted) await pause(backoff.next(), ended);
    }
  }
}
