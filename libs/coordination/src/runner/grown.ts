/**
 * Values in the order in which they came, each once. Adding one costs the same however many there are: who went on from the newest
 * shares what was there before; who holds an earlier one goes on seeing no more than there was then.
 */
export class Grown<T> implements Iterable<T> {
  readonly #all: Map<T, number>;
  readonly size: number;

  constructor(values: Iterable<T> | Map<T, number> = []) {
    this.#all = values instanceof Map ? values : new Map([...values].map((value, index) => [value, index]));
    this.size = this.#all.size;
  }

  has(value: T): boolean {
    return (this.#all.get(value) ?? this.size) < this.size;
  }

  with(value: T): Grown<T> {
    if (this.has(value)) return this;
    const mine = this.#all.size === this.size ? this.#all : new Grown(this).#all;
    return new Grown(mine.set(value, mine.size));
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const [value, index] of this.#all) {
      if (index >= this.size) return;
      yield value;
    }
  }
}
