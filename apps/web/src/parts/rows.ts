/** Rows by keyboard: `j` and `k` go from row to row, Enter opens, `a` does what the row offers first. */
import { useHotkeys } from '@mantine/hooks';
import { useShortcuts } from './shortcuts.js';

/** What takes the focus of a row, and its first button. */
export const ROW_LINK = 'data-row-link';
export const ROW_ACT = 'data-row-act';

const links = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`[${ROW_LINK}]`)];

const here = (rows: readonly HTMLElement[]): number => {
  const row = document.activeElement?.closest('tr');
  return row === null || row === undefined ? -1 : rows.findIndex((one) => one.closest('tr') === row);
};

const move = (by: 1 | -1): void => {
  const rows = links();
  const next = here(rows) + by;
  rows[Math.min(rows.length - 1, Math.max(0, next))]?.focus();
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
