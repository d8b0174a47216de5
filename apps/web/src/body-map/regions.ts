/** The drawing with names: which shape is which region on which side, in each view. */
import { siteKey, type BodySite } from '@fascia/clinical';
import { DRAWING, type Point, type Shape } from './shapes.js';

/** The soles are seen from the foot end of somebody who lies on the back. */
export const VIEWS = ['front', 'back', 'soles'] as const;
export type View = (typeof VIEWS)[number];

export interface DrawnRegion {
  readonly site: BodySite;
  /** Of its site: the same place may be drawn in several views, in each once. */
  readonly key: string;
  readonly d: string;
  readonly centre: Point;
  /** Where a finger may miss the shape and still mean it. */
  readonly hit: Point;
}

/** Half of 44 px in units of the drawing, on a figure of 288 px: the narrowest there is (body-map.module.css). */
export const REACH = 14.6;

/** Who faces us has the left where our right is. */
const RIGHT_HALF_IS = { front: 'left', back: 'right', soles: 'left' } as const;
const OTHER = { left: 'right', right: 'left' } as const;

/** Of the halves as they are seen, the left one first. */
export const sidesSeen = (view: View): readonly ['left' | 'right', 'left' | 'right'] => [
  OTHER[RIGHT_HALF_IS[view]],
  RIGHT_HALF_IS[view],
];

export const mirrored = (d: string): string =>
  d.replaceAll(/(-?[\d.]+),(-?[\d.]+)/g, (_, x: string, y: string) => `${-Number(x)},${y}`);

const drawn = (site: BodySite, { d, centre }: Shape, hit: Point = centre): DrawnRegion => ({
  site,
  key: siteKey(site),
  d,
  centre,
  hit,
});

/** Both halves; a hit area does not reach over the midline into the other's. */
const pair = (view: View, shape: Shape): readonly DrawnRegion[] => {
  const { region, centre, d } = shape;
  const [x, y] = centre;
  const [other, side] = sidesSeen(view);
  const away = Math.max(x, REACH);
  return [
    drawn({ region, side: other }, { region, centre: [-x, y], d: mirrored(d) }, [-away, y]),
    drawn({ region, side }, shape, [away, y]),
  ];
};

const regionsOf = (view: View): readonly DrawnRegion[] => [
  ...DRAWING[view].halves.flatMap((shape) => pair(view, shape)),
  // Last, so that narrow strips between two halves win where hit areas meet.
  ...DRAWING[view].midline.map((shape) => drawn({ region: shape.region, side: 'midline' }, shape)),
];

export const DRAWN: Readonly<Record<View, readonly DrawnRegion[]>> = {
  front: regionsOf('front'),
  back: regionsOf('back'),
  soles: regionsOf('soles'),
};
