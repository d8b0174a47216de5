/** A list that is asked for page by page, in a table: what it lacks, what it says when there is none, and the way to more of it. */
import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { lackingIn, type List, type useList } from '../api/use-service.js';
import { Columns } from './Columns.js';
import list from './list.module.css';
import { rowCount, rowIndex } from './rows.js';
import { Empty, Incomplete, Loading, Trouble } from './states.js';

/** What a row's `tr` is given beside its cells. */
export type RowIndex = ReturnType<typeof rowIndex>;

interface PagedTableProps<N extends List> {
  readonly asked: ReturnType<typeof useList<N>>;
  readonly label: string;
  readonly empty: readonly [title: string, text: string];
  readonly columns: readonly string[];
  readonly row: (item: Answer<N>, index: RowIndex) => ReactNode;
}

export const PagedTable = <N extends List>({ asked, label, empty, columns, row }: PagedTableProps<N>) => {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = asked;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const [title, text] = empty;
  return (
    <Stack>
      <Incomplete streams={lackingIn(data)} />
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && items.length === 0 && <Empty title={title} text={text} />}
      {items.length > 0 && (
        <table
          className={list['list']}
          aria-label={label}
          {...rowCount(hasNextPage ? undefined : items.length)}
        >
          <Columns columns={columns} numbered />
          <tbody>{items.map((item, index) => row(item, rowIndex(index)))}</tbody>
        </table>
      )}
      {hasNextPage && (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('state.more')}
        </Button>
      )}
    </Stack>
  );
};
