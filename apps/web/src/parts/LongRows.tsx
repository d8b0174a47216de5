/**
 * Rows of a long list: those in sight stand on the page, and what is above and below is room of the same height. Pages are asked for as
 * one comes near the end of those that are held.
 */
import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import { Fragment, useCallback, useEffect, useLayoutEffect, useRef, useState, type FocusEvent } from 'react';
import { flushSync } from 'react-dom';
import list from './list.module.css';
import type { RowPlace, RowsProps } from './row-place.js';
import { linkAt, rowIndex, useReach } from './rows.js';

/** Rows beyond those in sight, and how near to an end of the held ones more are asked for. */
const BEYOND = 10;
const NEAR = 30;
/** Of the bar at the top, which covers what is behind it. */
const BAR = 72;

/** As in list.module.css: there a row is a card. */
const CARDS = '(max-width: 56em)';
const CARD_HEIGHT = 280;
const ROW_HEIGHT = 72;

/** How high rows were, by list and width of the window: whoever comes back finds everything where it was. */
const heights = new Map<string, Map<number, number>>();

const heightsOf = (name: string): Map<number, number> => {
  const key = `${name} ${String(window.innerWidth)}`;
  const known = heights.get(key) ?? new Map<number, number>();
  heights.set(key, known);
  return known;
};

/** With what stands between one card and the next. */
const heightOf = (row: Element): number =>
  row.getBoundingClientRect().height + (Number.parseFloat(getComputedStyle(row).marginBlockEnd) || 0);

/** On paper stands every row that is held. */
const usePrinting = (): boolean => {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const end = new AbortController();
    const told = (is: boolean) => () => flushSync(() => setPrinting(is));
    addEventListener('beforeprint', told(true), { signal: end.signal });
    addEventListener('afterprint', told(false), { signal: end.signal });
    return () => end.abort();
  }, []);
  return printing;
};

const Room = ({ height, columns }: { readonly height: number; readonly columns: number }) => (
  <tr aria-hidden className={list['room']} style={{ height }}>
    <td colSpan={columns} style={{ height }} />
  </tr>
);

interface Extent {
  /** Of those that are held: where they begin and end. */
  readonly first: number;
  readonly end: number;
  /** The row that has the focus stays on the page: whoever scrolled away goes on from it. */
  readonly focused: number | undefined;
  readonly printing: boolean;
}

const shownIn = ({ first, end, focused, printing }: Extent, range: Range): number[] => {
  if (printing) return Array.from({ length: end - first }, (_, n) => first + n);
  const inSight = defaultRangeExtractor(range);
  return focused === undefined || focused >= range.count
    ? inSight
    : [...new Set([...inSight, focused])].toSorted((one, other) => one - other);
};

/** Where the list begins on the page. */
const useTop = () => {
  const top = useRef<HTMLTableRowElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const found = Math.round((top.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    setMargin((before) => (Math.abs(before - found) > 1 ? found : before));
  });
  return { top, margin };
};

const useVirtualRows = ({ items, name }: Pick<RowsProps<{ readonly id: string }>, 'items' | 'name'>) => {
  const { first, known, isOther } = items;
  const end = first + items.items.length;
  const printing = usePrinting();
  const [focused, setFocused] = useState<number>();
  const { top, margin } = useTop();
  const [sizes] = useState(() => heightsOf(name));
  const usual = matchMedia(CARDS).matches ? CARD_HEIGHT : ROW_HEIGHT;
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: known,
    estimateSize: (index) => sizes.get(index) ?? usual,
    measureElement: (row) => {
      const height = heightOf(row);
      if (!isOther) sizes.set(Number(row.dataset['index']), height);
      return height;
    },
    // A row that moved is as high as before.
    getItemKey: useCallback((index: number) => items.items[index - first]?.id ?? index, [items.items, first]),
    rangeExtractor: useCallback(
      (range: Range) => shownIn({ first, end, focused, printing }, range),
      [first, end, focused, printing],
    ),
    overscan: BEYOND,
    scrollMargin: margin,
    scrollPaddingStart: BAR,
  });
  return { virtualizer, top, margin, setFocused };
};

type VirtualRows = ReturnType<typeof useVirtualRows>['virtualizer'];
type Items = RowsProps<unknown>['items'];

/** Whoever goes somewhere else is not brought back. */
const OWN_WAYS = ['wheel', 'touchmove', 'pointerdown'] as const;

/** The row that is asked for by keyboard: scrolled to, and asked for where it is not held. */
const useReaching = (virtualizer: VirtualRows, { known, hasMore, error }: Items): void => {
  const wanted = useRef<number>(undefined);
  const go = useCallback(() => {
    const index = wanted.current;
    if (index === undefined) return;
    const link = linkAt(index);
    if (link !== null) {
      wanted.current = undefined;
      link.focus();
    } else if (error !== null || (index >= known && !hasMore)) wanted.current = undefined;
    else virtualizer.scrollToIndex(Math.min(index, known - 1));
  }, [virtualizer, known, hasMore, error]);
  useReach(
    useCallback(
      (index: number) => {
        wanted.current = index;
        go();
      },
      [go],
    ),
  );
  useEffect(go);
  useEffect(() => {
    const end = new AbortController();
    const letGo = (): void => {
      wanted.current = undefined;
    };
    for (const what of OWN_WAYS) addEventListener(what, letGo, { signal: end.signal, passive: true });
    return () => end.abort();
  }, []);
};

/** Whoever comes back is at the top for a moment, before they are where they were. */
const SETTLED_MS = 100;

/** Once it stays so for a moment. */
const useSettled = (is: boolean, deed: () => void): void => {
  const [latest] = useState({ deed });
  useEffect(() => {
    latest.deed = deed;
  });
  useEffect(() => {
    if (!is) return undefined;
    const timer = setTimeout(() => latest.deed(), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [is, latest]);
};

const useFetching = (range: VirtualRows['range'], items: Items): void => {
  const { first, mayFetchMore, mayFetchEarlier, fetchMore, fetchEarlier, goTo } = items;
  const end = first + items.items.length;
  const { startIndex, endIndex } = range ?? { startIndex: first + NEAR, endIndex: 0 };
  const far = endIndex + NEAR < first || startIndex > end + NEAR;
  const forward = mayFetchMore && !far && endIndex >= end - NEAR;
  useEffect(() => {
    if (forward) void fetchMore();
  }, [forward, fetchMore]);
  useSettled(mayFetchEarlier && !far && startIndex < first + NEAR, () => void fetchEarlier());
  useSettled(items.mayGo && range !== null && far, () => goTo(startIndex));
};

export const LongRows = ({ items, row, columns, name }: RowsProps<{ readonly id: string }>) => {
  const { first } = items;
  const { virtualizer, top, margin, setFocused } = useVirtualRows({ items, name });
  useReaching(virtualizer, items);
  useFetching(virtualizer.range, items);
  const focus = ({ currentTarget }: FocusEvent<Element>): void =>
    setFocused(Number(currentTarget.getAttribute('data-index')));
  const shown = virtualizer.getVirtualItems().flatMap((place) => {
    const item = items.items[place.index - first];
    return item === undefined ? [] : [{ ...place, item }];
  });
  const ends = [margin, ...shown.map((one) => one.end)];
  const after = margin + virtualizer.getTotalSize() - (ends.at(-1) ?? margin);
  return (
    <>
      <tr ref={top} aria-hidden className={list['room']} />
      {shown.map(({ index, start, item }, n) => {
        const room = start - (ends[n] ?? start);
        const place: RowPlace = {
          ...rowIndex(index),
          'data-index': index,
          ref: virtualizer.measureElement,
          onFocus: focus,
        };
        return (
          <Fragment key={item.id}>
            {room > 1 && <Room height={room} columns={columns.length} />}
            {row(item, place)}
          </Fragment>
        );
      })}
      <Room height={after} columns={columns.length} />
    </>
  );
};
