import { nprsFault } from './nprs.js';
import { psfsFault, psfsMean } from './psfs.js';

describe('a pain rating', () => {
  it.each([0, 5, 10])('of %d is taken', (value) => {
    expect(nprsFault(value)).toBeUndefined();
  });

  it.each([
    [-1, 'MEASURE_RANGE'],
    [11, 'MEASURE_RANGE'],
    [10.5, 'MEASURE_RANGE'],
    [Number.NaN, 'MEASURE_RANGE'],
    [4.5, 'MEASURE_INTEGER'],
  ])('of %d is refused: %s', (value, code) => {
    expect(nprsFault(value)?.code).toBe(code);
  });
});

describe('ratings of own activities', () => {
  it.each([
    [[1, 2], 'MEASURE_INCOMPLETE', '/items'],
    [[1, 2, 3, 4, 5, 6], 'MEASURE_INCOMPLETE', '/items'],
    [[1, 2, 11], 'MEASURE_RANGE', '/items/2'],
    [[1, -1, 3], 'MEASURE_RANGE', '/items/1'],
    [[1.5, 2, 3], 'MEASURE_INTEGER', '/items/0'],
  ])('%j are refused: %s at %s', (scores, code, pointer) => {
    expect(psfsFault(scores)).toMatchObject({ code, pointer });
  });

  it('are summed up as their mean', () => {
    expect(psfsFault([3, 4, 4])).toBeUndefined();
    expect(psfsMean([3, 4, 4])).toBe(3.67);
    expect(psfsMean([0, 0, 0, 10, 10])).toBe(4);
  });
});
