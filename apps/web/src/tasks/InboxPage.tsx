/** What is asked of somebody and of their roles: the most urgent first, and taken with one click. */
import { Group, Stack, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLongList } from '../api/use-long-list.js';
import { Kinds } from '../parts/Kinds.js';
import { ListTable } from '../parts/ListTable.js';
import { useRowKeys } from '../parts/rows.js';
import { Empty, Incomplete, Loading, Trouble } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import { ClaimTrouble } from './ClaimTrouble.js';
import { TaskRow } from './TaskRow.js';
import { VIEWS, type View } from './viewed.js';

const EMPTY = {
  inbox: ['tasks.empty', 'tasks.emptyText'],
  pool: ['tasks.emptyPool', 'tasks.emptyPoolText'],
  today: ['tasks.emptyToday', 'tasks.emptyTodayText'],
  late: ['tasks.emptyLate', 'tasks.emptyLateText'],
} as const satisfies Readonly<Record<View, readonly [string, string]>>;

const COLUMNS = ['what', 'patient', 'priority', 'due', 'since', 'action'] as const;

const page = getRouteApi('/inbox');

export const InboxPage = () => {
  const { t } = useTranslation();
  const { view = 'inbox' } = page.useSearch();
  useTitle(t('tasks.title'));
  const navigate = page.useNavigate();
  const tasks = useLongList('listTasks', { view });
  const { counts, error } = tasks;
  // Of several that were tried one after the other each says what became of it.
  const [troubles, setTroubles] = useState<Readonly<Record<string, Error>>>({});
  const failed = (id: string, error: Error): void => setTroubles((now) => ({ ...now, [id]: error }));
  useRowKeys();
  const show = (to: View): void => void navigate({ search: to === 'inbox' ? {} : { view: to } });
  const [title, text] = EMPTY[view];
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>{t('tasks.title')}</Title>
        <Kinds
          label={t('tasks.view')}
          kinds={VIEWS}
          nameOf={(kind) => t(`tasks.views.${kind}`)}
          shown={view}
          show={show}
          counts={counts}
        />
      </Group>
      <Incomplete streams={tasks.lacking} />
      {Object.entries(troubles).map(([id, trouble]) => (
        <ClaimTrouble key={id} error={trouble} />
      ))}
      {error !== null && <Trouble error={error} again={tasks.again} />}
      {!tasks.isThere && error === null && <Loading />}
      {tasks.isThere && tasks.isEmpty && <Empty title={t(title)} text={t(text)} />}
      {!tasks.isEmpty && (
        <ListTable
          items={tasks}
          name={`tasks ${view}`}
          label={t('tasks.title')}
          total={counts?.[view]}
          columns={COLUMNS.map((column) => t(`tasks.columns.${column}`))}
          row={(task, place) => <TaskRow key={task.id} task={task} place={place} failed={failed} />}
        />
      )}
    </Stack>
  );
};
