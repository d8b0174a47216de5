import { sameInAnyOrder, sameJson } from './same.js';

describe('what says the same', () => {
  it.each<[string, unknown, unknown]>([
    ['names in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['items in another order', [{ side: 'left' }, { side: 'right' }], [{ side: 'right' }, { side: 'left' }]],
    ['an order that lies deep', [{ tissues: ['tendon', 'fascia'] }], [{ tissues: ['fascia', 'tendon'] }]],
    ['an item that is said twice', ['a', 'b'], ['b', 'a', 'b']],
    ['nothing at all', undefined, undefined],
  ])('is %s', (_what, a, b) => {
    expect(sameInAnyOrder(a, b)).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ['another value', { visits: 8 }, { visits: 9 }],
    ['an item less', ['a', 'b'], ['a']],
    ['another item', [{ region: 'knee', side: 'left' }], [{ region: 'knee', side: 'right' }]],
    ['a list and its only item', ['a'], 'a'],
    ['nothing and a list of nothing', undefined, []],
  ])('is not %s', (_what, a, b) => {
    expect(sameInAnyOrder(a, b)).toBe(false);
  });

  it('is for most things in the order in which it is said', () => {
    expect(sameJson(['a', 'b'], ['b', 'a'])).toBe(false);
  });
});
