/** One thing at a time, in the order asked for; one that fails does not keep the next from its turn. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when nothing that was asked for is left to do. */
  get done(): Promise<unknown> {
    return this.#last;
  }
}
