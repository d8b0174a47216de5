import { REGIONS, siteKey } from '@fascia/clinical';
import { nextAt } from './nearest.js';
import { DRAWN, mirrored, VIEWS, type DrawnRegion } from './regions.js';
import { DRAWING, WIDTH, type Point } from './shapes.js';
import { placesOf } from './sites.js';

const EVERY_VIEW = VIEWS.map((view) => ({ view, regions: DRAWN[view] }));

const points = (d: string): readonly Point[] =>
  [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

/** Absolute points and nothing else: what mirroring can turn over. */
const MIRRORABLE = /^(?:M|L|C|Z|-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?| )+$/;

/** Where a path goes through, without the points that only bend it. */
const corners = (d: string): readonly Point[] =>
  d
    .split(/(?=[MLC])/)
    .map((piece) => points(piece).at(-1))
    .filter((point) => point !== undefined);

const contains = (d: string, [x, y]: Point): boolean => {
  const outline = corners(d.slice(0, d.indexOf('Z')));
  const crossings = outline.filter(([ax, ay], index) => {
    const [bx, by] = outline[(index + 1) % outline.length] as Point;
    return ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax);
  });
  return crossings.length % 2 === 1;
};

const distance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(ax - bx, ay - by);

/** 24 px in units of the drawing, on a figure of 288 px. */
const TARGET = (24 / 288) * WIDTH;

const closer = (regions: readonly DrawnRegion[], than: number): readonly string[] =>
  regions.flatMap((one, index) =>
    regions
      .slice(index + 1)
      .filter((other) => distance(one.hit, other.hit) < than)
      .map((other) => `${one.key} and ${other.key}`),
  );

describe('the drawing', () => {
  it('has every region of the table on each of its sides, and nothing else', () => {
    // Widespread is no place: the list has it alone.
    const wanted = REGIONS.filter((region) => region !== 'widespread').flatMap(placesOf);
    const drawn = new Set(VIEWS.flatMap((view) => DRAWN[view].map(({ key }) => key)));
    expect([...drawn].toSorted()).toEqual(wanted.map(siteKey).toSorted());
  });

  it("has the patient's left at our right from the front, and at our left from behind", () => {
    const leftKnee = (view: 'front' | 'back'): number =>
      DRAWN[view].find(({ key }) => key === 'knee/left')?.centre[0] ?? 0;
    expect(leftKnee('front')).toBeGreaterThan(0);
    expect(leftKnee('back')).toBeLessThan(0);
  });

  it('knows hit areas that are too close', () => {
    expect(closer(DRAWN.back, TARGET * 1.2)).toContain('cervical/left and cervical/midline');
  });

  it('knows when a path cannot be mirrored', () => {
    expect(['M0,0l5,5Z', 'M0,0H5Z', 'M0,0A1 1 0 0 1 5,5Z'].filter((d) => MIRRORABLE.test(d))).toEqual([]);
    expect(mirrored('M0,1L-2.5,3C4,5 6,-7 8,9Z')).toBe('M0,1L2.5,3C-4,5 -6,-7 -8,9Z');
  });
});

describe.each(EVERY_VIEW)('the view: $view', ({ view, regions }) => {
  it('has a place once', () => {
    expect(new Set(regions.map(({ key }) => key)).size).toBe(regions.length);
  });

  it('is drawn inside its frame, of paths that can be mirrored', () => {
    for (const { d } of regions) {
      expect(d).toMatch(MIRRORABLE);
      for (const [x, y] of points(d)) {
        expect(Math.abs(x)).toBeLessThan(WIDTH / 2);
        expect(y).toBeGreaterThan(0);
        expect(y).toBeLessThan(DRAWING[view].height);
      }
    }
  });

  it('has the middle of a region inside it, and inside no other', () => {
    for (const { key, centre } of regions) {
      expect(regions.filter(({ d }) => contains(d, centre)).map((one) => one.key)).toEqual([key]);
    }
  });

  it('keeps hit areas of 24 px apart on the narrowest figure (WCAG 2.2, 2.5.8)', () => {
    expect(closer(regions, TARGET)).toEqual([]);
  });

  it('is walked by arrow keys from everywhere to everywhere', () => {
    const centres = regions.map(({ centre }) => centre);
    const reachedFrom = (start: number): ReadonlySet<number> => {
      const reached = new Set([start]);
      for (const from of reached)
        for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'])
          reached.add(nextAt(centres, from, key) ?? from);
      return reached;
    };
    for (const start of regions.keys()) expect(reachedFrom(start).size).toBe(regions.length);
  });
});

describe('a key in a view', () => {
  const front = DRAWN.front;
  const from = (place: string, key: string): string | undefined => {
    const centres = front.map(({ centre }) => centre);
    const index = nextAt(
      centres,
      front.findIndex((one) => one.key === place),
      key,
    );
    return index === undefined ? undefined : front[index]?.key;
  };

  it.each([
    ['knee/left', 'ArrowDown', 'lower-leg/left'],
    ['knee/left', 'ArrowUp', 'thigh-anterior/left'],
    ['knee/left', 'ArrowLeft', 'knee/right'],
    ['head-tmj/right', 'ArrowRight', 'head-tmj/left'],
    ['elbow/left', 'ArrowUp', 'upper-arm/left'],
    ['hip/left', 'ArrowRight', 'wrist-hand/left'],
    ['knee/left', 'Home', 'head-tmj/right'],
    ['knee/left', 'End', 'abdomen/midline'],
  ])('at %s: %s leads to %s', (place, key, there) => {
    expect(from(place, key)).toBe(there);
  });

  it('stays where nothing lies that way', () => {
    expect(from('ankle-foot/left', 'ArrowDown')).toBe('ankle-foot/left');
  });

  it('leads nowhere when it is no arrow', () => {
    expect(from('knee/left', 'x')).toBeUndefined();
    expect(from('knee/left', 'constructor')).toBeUndefined();
  });
});
