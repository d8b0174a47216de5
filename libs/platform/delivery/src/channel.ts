/** Hands batches from whoever pushes to whoever pulls, one at a time; a batch is gone only once it was dealt with. */
export class Channel<T> {
  #waiting:
    { readonly value: T; readonly done: () => void; readonly failed: (error: Error) => void } | undefined;
  #wake: (() => void) | undefined;
  #closed = false;

  /** Resolves when the batch was dealt with; rejects when the channel was closed before. */
  push(value: T): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('nobody takes this partition any more'));
    return new Promise((done, failed) => {
      this.#waiting = { value, done, failed };
      this.#wake?.();
    });
  }

  /** What waits, without taking it away; nothing after the time, or when the signal aborts. */
  async peek(ms: number, signal: AbortSignal): Promise<T | undefined> {
    if (this.#waiting === undefined && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          this.#wake = undefined;
          resolve();
        };
        const timer = setTimeout(wake, ms);
        signal.addEventListener('abort', wake, { once: true });
        this.#wake = wake;
      });
    }
    return signal.aborted ? undefined : this.#waiting?.value;
  }

  /** The batch that was peeked at has been dealt with. */
  done(): void {
    const dealt = this.#waiting;
    this.#waiting = undefined;
    dealt?.done();
  }

  close(): void {
    this.#closed = true;
    const left = this.#waiting;
    this.#waiting = undefined;
    left?.failed(new Error('nobody takes this partition any more'));
    this.#wake?.();
  }
}
