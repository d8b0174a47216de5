/** Chance that a seed replays: what is drawn, not how the machine interleaves what follows from it. */
export class Dice {
  #state: number;

  constructor(readonly seed: number) {
    this.#state = seed >>> 0;
  }

  /** mulberry32. @returns from 0 up to, not including, 1 */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(end: number): number {
    return Math.floor(this.#next() * end);
  }

  happens(probability: number): boolean {
    return this.#next() < probability;
  }

  oneOf<T>(things: readonly T[]): T {
    const thing = things[this.below(things.length)];
    if (thing === undefined) throw new RangeError('nothing to choose from');
    return thing;
  }

  /** A stream of its own, so that what happens in one corner does not change the luck of another. */
  another(): Dice {
    return new Dice(this.below(2 ** 31));
  }
}
