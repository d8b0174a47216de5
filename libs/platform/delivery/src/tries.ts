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
      // Given up, it stays so until that is written: something else in its batch may fail first.
      if (this.lasts(error)) this.#failures.set(work, TRIES);
      else if (failures < TRIES) throw error;
      return errorName(error);
    }
    this.settled(work);
    return undefined;
  }

  /** It was done, or is parked: asked again, it is tried anew. */
  settled(work: string): void {
    this.#failures.delete(work);
  }
}
