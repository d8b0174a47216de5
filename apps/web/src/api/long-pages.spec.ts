import { before, beyond, furthest, isUnbroken, onceEach, startsAround, type Way } from './long-pages.js';

const row = (id: string) => ({ id });
const page = (next: string | null, ...ids: readonly string[]) => ({ items: ids.map(row), next });

/** As far as its pages. */
const wayOf = (length: number): Way =>
  Array.from({ length }, (_, n) => ({ cursor: `c${String(n)}`, after: `r${String(n)}` }));

describe('the way through a list', () => {
  it('goes on where a page ends, and ends with the last', () => {
    const way = beyond([], page('c1', 'a', 'b'));
    expect(way).toEqual([{ cursor: 'c1', after: 'b' }]);
    expect(beyond(way ?? [], page(null, 'c'))).toBeUndefined();
  });

  it('goes back to the beginning', () => {
    expect(before(wayOf(2))).toEqual(wayOf(1));
    expect(before([])).toBeUndefined();
  });

  it('is remembered as far as somebody came', () => {
    expect(furthest(undefined, [], page('c0', 'r0'))).toEqual(wayOf(1));
    expect(furthest(wayOf(5), wayOf(2), page('other', 'x'))).toEqual(wayOf(5));
    expect(furthest(wayOf(1), wayOf(1), page('c1', 'r1'))).toEqual(wayOf(2));
  });

  it('is no longer than the list, once its end was found nearer', () => {
    expect(furthest(wayOf(5), wayOf(2), page(null, 'x'))).toEqual(wayOf(2));
  });
});

describe('pages that are held', () => {
  it('go on where the one before ends', () => {
    const pages = [page('c1', 'a', 'b'), page(null, 'c')];
    expect(isUnbroken({ pages, pageParams: [[], [{ cursor: 'c1', after: 'b' }]] })).toBe(true);
    expect(isUnbroken({ pages, pageParams: [[], [{ cursor: 'c1', after: 'a' }]] })).toBe(false);
    expect(isUnbroken({ pages: pages.slice(0, 1), pageParams: [[]] })).toBe(true);
  });

  it('show a row once that stands on two of them', () => {
    expect(onceEach([row('a'), row('b'), row('a')])).toEqual([row('a'), row('b')]);
  });

  it('are those around a row', () => {
    const starts = (length: number, index: number) =>
      startsAround(wayOf(length), index).map((way) => way.length);
    expect(starts(50, 0)).toEqual([0, 1, 2]);
    expect(starts(50, 2_345)).toEqual([22, 23, 24]);
    expect(starts(50, 5_010)).toEqual([49, 50]);
    expect(starts(0, 900)).toEqual([0]);
  });
});
