/** Rows by keyboard: `j` and `k` go from row to row, Enter opens, `a` does what the row offers first. */
import { useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import { useShortcuts } from './shortcuts.js';

/** What takes the focus of a row, and its first button. */
export const ROW_LINK = 'data-row-link';
export const ROW_ACT = 'data-row-act';

/** The head of a table is its first row. */
const HEADS = 1;

/** What says of a row which one it is of the whole list. @param index from 0 */
export const rowIndex = (index: number): { readonly 'aria-rowindex': number } => ({
  'aria-rowindex': index + 1 + HEADS,
});

/** How many rows a table has that shows some of a list. @param total of the list, where it is known */
export const rowCount = (total: number | undefined): { readonly 'aria-rowcount': number } => ({
  'aria-rowcount': total === undefined ? -1 : total + HEADS,
});

const indexOf = (row: Element): number => Number(row.getAttribute('aria-rowindex')) - 1 - HEADS;

/** Of the row in which the focus is. */
export const indexOfFocus = (): number | undefined => {
  const row = document.activeElement?.closest('tr[aria-rowindex]');
  return row === null || row === undefined ? undefined : indexOf(row);
};

/** @returns nothing where the row is not on the page */
export const linkAt = (index: number): HTMLElement | null =>
  document.querySelector(`tr[aria-rowindex="${String(index + 1 + HEADS)}"] [${ROW_LINK}]`);

/** The first that is not hidden behind the bar at the top. */
const firstInSight = (): HTMLElement | undefined => {
  const links = [...document.querySelectorAll<HTMLElement>(`[${ROW_LINK}]`)];
  const top = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
  return links.find((link) => link.getBoundingClientRect().top >= top) ?? links.at(-1);
};

/** Brings a row onto the page, and the focus to it. */
type Reach = (index: number) => void;

/** Of the list that is shown. */
let reach: Reach | undefined;

/** For a list whose rows are not all on the page. */
export const useReach = (how: Reach): void => {
  useEffect(() => {
    reach = how;
    return () => {
      reach = undefined;
    };
  }, [how]);
};

const move = (by: 1 | -1): void => {
  const here = indexOfFocus();
  if (here === undefined) return firstInSight()?.focus();
  const index = here + by;
  const link = linkAt(index);
  if (link !== null) link.focus();
  else if (index >= 0) reach?.(index);
};

let byKey = false;

/** Asked while a row's button is pressed: whether that was done by `a`. */
export const isByKey = (): boolean => byKey;

const act = (): void => {
  byKey = true;
  document.activeElement?.closest('tr')?.querySelector<HTMLElement>(`[${ROW_ACT}]`)?.click();
  byKey = false;
};

export const useRowKeys = (): void => {
  const { on } = useShortcuts();
  useHotkeys(
    on
      ? [
          ['j', () => move(1)],
          ['k', () => move(-1)],
          ['a', act],
        ]
      : [],
  );
};
