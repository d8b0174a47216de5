/** How the visits of a column stand beside each other, and where there is room for another. */

/** Minutes of a day. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Placed<T extends Span> {
  readonly item: T;
  /** From 0, of so many that stand side by side. */
  readonly lane: number;
  readonly lanes: number;
}

const byStart = (a: Span, b: Span): number => a.from - b.from || a.to - b.to;

/** Those that overlap, directly or by another, share their width. */
const groupsOf = <T extends Span>(items: readonly T[]): readonly (readonly T[])[] => {
  const groups: T[][] = [];
  let end = -1;
  for (const item of items.toSorted(byStart)) {
    const group = groups.at(-1);
    if (group !== undefined && item.from < end) group.push(item);
    else groups.push([item]);
    end = Math.max(end, item.to);
  }
  return groups;
};

const placedIn = <T extends Span>(group: readonly T[]): readonly Placed<T>[] => {
  const ends: number[] = [];
  const lanes = group.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = to;
    return lane;
  });
  return group.map((item, n) => ({ item, lane: lanes[n] ?? 0, lanes: ends.length }));
};

export const placed = <T extends Span>(items: readonly T[]): readonly Placed<T>[] =>
  groupsOf(items).flatMap(placedIn);

/** @param within the hours that are shown; @param least what is shorter is no room */
export const gapsIn = (taken: readonly Span[], within: Span, least: number): readonly Span[] => {
  const gaps: Span[] = [];
  let from = within.from;
  for (const span of taken.toSorted(byStart)) {
    if (span.from > from) gaps.push({ from, to: Math.min(span.from, within.to) });
    from = Math.max(from, span.to);
  }
  gaps.push({ from, to: within.to });
  return gaps.filter(({ from: start, to }) => to - start >= least);
};

export const overlaps = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;

/** When somebody usually works; longer on days on which somebody does. */
const USUAL: Span = { from: 8 * 60, to: 18 * 60 };
const HOUR = 60;

export const hoursOf = (spans: readonly Span[]): Span => ({
  from: Math.floor(Math.min(USUAL.from, ...spans.map(({ from }) => from)) / HOUR) * HOUR,
  to: Math.ceil(Math.max(USUAL.to, ...spans.map(({ to }) => to)) / HOUR) * HOUR,
});

/** The first times that are free for so long, from one on. */
export const freeTimes = (
  taken: readonly Span[],
  minutes: number,
  { from, most, step }: { readonly from: number; readonly most: number; readonly step: number },
): readonly number[] => {
  const { to: end } = hoursOf(taken);
  const times: number[] = [];
  for (
    let start = Math.ceil(from / step) * step;
    start + minutes <= end && times.length < most;
    start += step
  ) {
    const span = { from: start, to: start + minutes };
    if (!taken.some((one) => overlaps(one, span))) times.push(start);
  }
  return times;
};
