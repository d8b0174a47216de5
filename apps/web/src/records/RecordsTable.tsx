/** A list of pairs of records, for whoever looks after them. */
import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Answer } from '../api/questions.js';
import { useList } from '../api/use-service.js';
import { PagedTable, type RowIndex } from '../parts/PagedTable.js';
import { useRowKeys } from '../parts/rows.js';
import { NotForYou } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import { useMe } from '../session/me.js';
import { looksAfterRecords } from './who-looks-after.js';

type Name = 'listMatches' | 'listMerges';

interface RecordsTableProps<N extends Name> {
  readonly name: N;
  readonly title: string;
  readonly empty: readonly [title: string, text: string];
  readonly columns: readonly string[];
  readonly row: (item: Answer<N>, index: RowIndex) => ReactNode;
}

const Rows = <N extends Name>({ name, title, ...shown }: RecordsTableProps<N>) => {
  const asked = useList<N>(name, {} as Parameters<typeof useList<N>>[1]);
  useRowKeys();
  return (
    <Stack>
      <Title order={1}>{title}</Title>
      <PagedTable<N> asked={asked} label={title} {...shown} />
    </Stack>
  );
};

export const RecordsTable = <N extends Name>(props: RecordsTableProps<N>) => {
  useTitle(props.title);
  const { role } = useMe().actingAs;
  return looksAfterRecords(role) ? <Rows {...props} /> : <NotForYou />;
};
