/** Where an arrow key leads. */
import type { Point } from './shapes.js';

const HEADINGS: ReadonlyMap<string, Point> = new Map([
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
]);

/** What lies straight ahead is preferred to what is nearer but aside. */
const ASIDE = 2;

/**
 * Which of the points a key leads to from one of them: the first and last for Home and End, else the nearest in that direction.
 * @returns its index; the same one where nothing lies that way, and undefined for a key that leads nowhere
 */
export const nextAt = (points: readonly Point[], from: number, key: string): number | undefined => {
  if (key === 'Home') return 0;
  if (key === 'End') return points.length - 1;
  const heading = HEADINGS.get(key);
  const here = points[from];
  if (heading === undefined || here === undefined) return undefined;
  let best = { index: from, cost: Infinity };
  points.forEach(([x, y], index) => {
    const [dx, dy] = [x - here[0], y - here[1]];
    const ahead = dx * heading[0] + dy * heading[1];
    const aside = Math.abs(dx * heading[1] - dy * heading[0]);
    const cost = ahead + ASIDE * aside;
    if (ahead > 0 && cost < best.cost) best = { index, cost };
  });
  return best.index;
};
