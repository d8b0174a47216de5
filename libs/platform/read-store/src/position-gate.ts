/** Lets readers wait until the tables have reached a position. */
import type { Position } from '@fascia/kernel';

interface Waiter {
  readonly position: Position;
  done(reached: boolean): void;
}

export class PositionGate {
  #reached: Position = 0n;
  readonly #waiters = new Set<Waiter>();

  reached(position: Position): void {
    this.#reached = position;
    for (const waiter of this.#waiters) if (waiter.position <= position) waiter.done(true);
  }

  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (position <= this.#reached) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiter.done(false);
      }, timeoutMs);
      const waiter: Waiter = {
        position,
        done: (reached) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(reached);
        },
      };
      this.#waiters.add(waiter);
    });
  }

  close(): void {
    for (const waiter of this.#waiters) waiter.done(false);
  }
}
