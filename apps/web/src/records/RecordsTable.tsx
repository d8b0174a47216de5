/** A list of pairs of records: its heading, what it says when there is none, its rows, and the way to more of them. */
import { Button, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { lackingIn, useList } from '../api/use-service.js';
import list from '../parts/list.module.css';
import { rowCount, rowIndex, useRowKeys } from '../parts/rows.js';
import { Empty, Incomplete, Loading, NotForYou, Trouble } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import { useMe } from '../session/me.js';
import { looksAfterRecords } from './who-looks-after.js';

type Name = 'listMatches' | 'listMerges';

/** What a row's `tr` is given beside its cells. */
export type RowIndex = ReturnType<typeof rowIndex>;

interface RecordsTableProps<N extends Name> {
  readonly name: N;
  readonly title: string;
  readonly empty: readonly [title: string, text: string];
  readonly columns: readonly string[];
  readonly row: (item: Answer<N>, index: RowIndex) => ReactNode;
}

const Rows = <N extends Name>({ name, title, empty, columns, row }: RecordsTableProps<N>) => {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useList<N>(
    name,
    {} as Parameters<typeof useList<N>>[1],
  );
  useRowKeys();
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const [emptyTitle, emptyText] = empty;
  return (
    <Stack>
      <Title order={1}>{title}</Title>
      <Incomplete streams={lackingIn(data)} />
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && items.length === 0 && <Empty title={emptyTitle} text={emptyText} />}
      {items.length > 0 && (
        <table
          className={list['list']}
          aria-label={title}
          {...rowCount(hasNextPage ? undefined : items.length)}
        >
          <thead>
            <tr {...rowIndex(-1)}>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{items.map((item, index) => row(item, rowIndex(index)))}</tbody>
        </table>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('state.more')}
        </Button>
      )}
    </Stack>
  );
};

export const RecordsTable = <N extends Name>(props: RecordsTableProps<N>) => {
  useTitle(props.title);
  const { role } = useMe().actingAs;
  return looksAfterRecords(role) ? <Rows {...props} /> : <NotForYou />;
};
