/** Pages of a long list, some of which are held, and the way to them. */
import type { InfiniteData } from '@tanstack/react-query';
import type { Page } from './use-service.js';

/** Of one page, and how many of them are held. */
export const PAGE = 100;
export const HELD = 3;

interface Bound {
  readonly cursor: string;
  /** The row before it. */
  readonly after: string | undefined;
}

/** Where the pages up to one began, but for the first; the last is its own beginning. */
export type Way = readonly Bound[];

interface Identified {
  readonly id: string;
}

type Found<T> = Pick<Page<T>, 'items' | 'next'>;

/** @returns nothing where the list ends */
export const beyond = <T extends Identified>(way: Way, { next, items }: Found<T>): Way | undefined =>
  next === null ? undefined : [...way, { cursor: next, after: items.at(-1)?.id }];

/** @returns nothing at the beginning */
export const before = (way: Way): Way | undefined => (way.length === 0 ? undefined : way.slice(0, -1));

/** As far as somebody came: a list that ends is no longer than that. @param page that was found at the end of `way` */
export const furthest = <T extends Identified>(known: Way | undefined, way: Way, page: Found<T>): Way => {
  const next = beyond(way, page);
  if (next === undefined) return way;
  return known === undefined || known.length < next.length ? next : known;
};

/** Whether one page goes on where the one before it ends. */
export const isUnbroken = <T extends Identified>({
  pages: [page],
  pageParams: [, next],
}: InfiniteData<Found<T>, Way>): boolean =>
  page === undefined || next === undefined || page.items.at(-1)?.id === next.at(-1)?.after;

/** What changed between two questions is not shown twice. */
export const onceEach = <T extends Identified>(items: readonly T[]): readonly T[] => [
  ...new Map(items.map((item) => [item.id, item])).values(),
];

/** Where the pages begin that are to be held around a row. */
export const startsAround = (way: Way, index: number): readonly Way[] => {
  const first = Math.min(way.length, Math.max(0, Math.floor(index / PAGE) - 1));
  return Array.from({ length: HELD }, (_, n) => first + n)
    .filter((start) => start <= way.length)
    .map((start) => way.slice(0, start));
};
