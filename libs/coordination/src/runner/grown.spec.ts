import fc from 'fast-check';
import { Grown } from './grown.js';

describe('values that only grow', () => {
  it('are each there once, in the order in which they came, for whoever holds them as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (values) => {
        const held = values.reduce(
          (all, value) => [...all, (all.at(-1) ?? new Grown<number>()).with(value)],
          [new Grown<number>()],
        );
        held.forEach((grown, count) => {
          const there = [...new Set(values.slice(0, count))];
          expect([...grown]).toEqual(there);
          expect(grown.size).toBe(there.length);
          for (let value = 0; value <= 20; value += 1) expect(grown.has(value)).toBe(there.includes(value));
        });
      }),
    );
  });

  it('are apart for two who go on from the same', () => {
    const before = new Grown(['a']);
    const [mine, theirs] = [before.with('b'), before.with('c')];
    expect([[...before], [...mine], [...theirs]]).toEqual([['a'], ['a', 'b'], ['a', 'c']]);
  });
});
