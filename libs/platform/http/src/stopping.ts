/** A supervisor's stop, Ctrl-C or a closed terminal ends everything that this process has started, last first, from the first moment on. */
import type { Logger } from '@fascia/observability';

export interface Part {
  stop(): Promise<void>;
  /** When there is no more time: what runs outside of this process is left in no state that a next start does not mend. */
  abandon?(): void;
}

const DEADLINE_MS = 20_000;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Whoever started this process and holds its channel is gone, however that ended. It is heard of once, and perhaps before
 * anybody listens: loading the code takes a second.
 */
export const whenStarterIsGone = (then: () => void): void => {
  if (process.send !== undefined && !process.connected) then();
  else process.once('disconnect', then);
};

export class Stopping {
  readonly #logger: Logger;
  readonly #parts: Part[] = [];
  #begun = false;

  /** From now on a signal does not end the process at once. */
  constructor(logger: Logger) {
    this.#logger = logger;
    for (const signal of SIGNALS) process.on(signal, () => void this.#stop(signal));
    whenStarterIsGone(() => void this.#stop('disconnect'));
  }

  /** Whether what fails now does so because everything is being stopped. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Before it is started: a part is told to stop while it is still starting as well. */
  add(part: Part): void {
    this.#parts.push(part);
  }

  async #stop(signal: string): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    this.#logger.info({ signal }, 'stopping');
    setTimeout(() => {
      for (const part of this.#parts) part.abandon?.();
      process.exit(1);
    }, DEADLINE_MS).unref();
    for (let part = this.#parts.at(-1); part !== undefined; part = this.#parts.at(-1)) {
      await part.stop().catch((error: unknown) => this.#logger.error({ err: error }, 'a part did not stop'));
      this.#parts.splice(this.#parts.indexOf(part), 1);
    }
    process.exit(0);
  }
}
