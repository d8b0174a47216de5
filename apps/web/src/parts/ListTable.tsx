/** The rows of a list in a table; of a long one those alone that are in sight, or nearly. */
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { PAGE } from '../api/long-pages.js';
import list from './list.module.css';
import type { LongRows } from './LongRows.js';
import type { RowsProps } from './row-place.js';
import { indexOfFocus, linkAt, rowCount, rowIndex } from './rows.js';
import { Columns } from './Columns.js';

interface ListTableProps<T> extends RowsProps<T> {
  readonly label: string;
  /** How many rows the list has, where that is known. */
  readonly total: number | undefined;
}

type Rows = typeof LongRows;

/** Once it was needed. */
let loaded: Rows | undefined;

/** Most people's lists are short, and need nothing more. Whoever is at a row already stays there. */
const useLongRows = (needed: boolean): Rows | undefined => {
  const [rows, show] = useState(() => loaded);
  useEffect(() => {
    if (!needed || rows !== undefined) return undefined;
    let over = false;
    const arrived = ({ LongRows: found }: { readonly LongRows: Rows }): void => {
      loaded = found;
      if (over) return;
      const index = indexOfFocus();
      flushSync(() => show(() => found));
      if (index !== undefined) linkAt(index)?.focus({ preventScroll: true });
    };
    // What could not be loaded is done without.
    void import('./LongRows.js').then(arrived, () => undefined);
    return () => {
      over = true;
    };
  }, [needed, rows]);
  return needed ? rows : undefined;
};

const AllRows = <T extends { readonly id: string }>({ items: { items, first }, row }: RowsProps<T>) =>
  items.map((item, n) => row(item, rowIndex(first + n)));

export const ListTable = <T extends { readonly id: string }>({
  label,
  total,
  ...rows
}: ListTableProps<T>) => {
  const { t } = useTranslation();
  const { items, columns, name } = rows;
  const Long = useLongRows(items.known > PAGE || items.hasMore);
  return (
    <>
      <table className={list['list']} aria-label={label} {...rowCount(total)}>
        <Columns columns={columns} numbered />
        <tbody>
          {Long === undefined ? (
            <AllRows {...rows} />
          ) : (
            <Long key={name} {...(rows as unknown as RowsProps<{ readonly id: string }>)} />
          )}
        </tbody>
      </table>
      {items.hasMore && (
        <Button
          className={list['more'] ?? ''}
          variant="default"
          loading={items.isFetchingMore}
          onClick={() => {
            if (items.mayFetchMore) void items.fetchMore();
          }}
        >
          {t('state.more')}
        </Button>
      )}
    </>
  );
};
