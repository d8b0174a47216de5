/** How often work is tried that may have failed by its own fault: what is down is waited for, the rest is given up. */
import { errorName } from '@fascia/retry';

/** Nobody knows of every error whether it passes by itself: some seconds are given to it. */
const TRIES = 6;

export class Tries {
  readonly #failures = new Map<string, number>();

  /**
   * @param passes whether an error says that something is down
   * @param lasts whether an error says that trying again comes to the same; then it is not tried
   */
  constructor(
    private readonly passes: (error: unknown) => boolean,
    private readonly lasts: (error: unknown) => boolean = () => false,
  ) {}

  /**
   * @returns the name of the error that no more trying will mend; nothing when it was done
   * @throws what may pass, so that all of it is tried again after a wait
   */
  async of(work: string, run: () => Promise<unknown>): Promise<string | undefined> {
    try {
      await run();
    } catch (error) {
      const failures = (this.#failures.get(work) ?? 0) + (this.passes(error) ? 0 : 1);
      this.#failures.set(work, failures);
      if (failures < TRIES && !this.lasts(error)) throw error;
      this.#failures.delete(work);
      return errorName(error);
    }
    this.#failures.delete(work);
    return undefined;
  }
}
