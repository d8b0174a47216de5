/** Refuses a second call while one is outstanding: overlapping sends are how a client loses the order. */
export class SingleFlight {
  #outstanding: Promise<void> | undefined;

  async run(work: () => Promise<void>): Promise<void> {
    if (this.#outstanding !== undefined)
      throw new TypeError('publish was called while another call is outstanding');
    this.#outstanding = work();
    try {
      await this.#outstanding;
    } finally {
      this.#outstanding = undefined;
    }
  }

  /** Resolves when nothing is outstanding, however that ended. */
  async idle(): Promise<void> {
    await this.#outstanding?.catch(() => undefined);
  }
}
