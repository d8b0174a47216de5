/** Lets readers sleep until something is appended, a time is over or they are told to stop. */
export class Wakeup {
  #count = 0;
  readonly #sleepers = new Set<() => void>();

  /** Grows with every {@link notify}: compare it around a read to miss nothing. */
  get count(): number {
    return this.#count;
  }

  notify(): void {
    this.#count += 1;
    for (const wake of [...this.#sleepers]) wake();
  }

  /** Returns at once when something was appended since `seen`. */
  async sleep(seen: number, ms: number | undefined, signal: AbortSignal): Promise<void> {
    if (this.#count !== seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => wake(), ms);
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#sleepers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
