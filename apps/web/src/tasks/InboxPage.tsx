/** What is asked of somebody and of their roles: the most urgent first, and taken with one click. */
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useAct, useList } from '../api/use-service.js';
import { Priority } from '../parts/Badges.js';
import { Kinds } from '../parts/Kinds.js';
import list from '../parts/list.module.css';
import { Lasting, Moment } from '../parts/Moment.js';
import { ROW_ACT, ROW_LINK, useRowKeys } from '../parts/rows.js';
import { Empty, Incomplete, Loading, Trouble } from '../parts/states.js';
import { useNow } from '../parts/use-now.js';
import { useTitle } from '../parts/use-title.js';
import { languageName } from '../patients/languages.js';
import { PLANNERS } from '../plans/who-plans.js';
import { BOOKERS } from '../schedule/who-books.js';
import { useMe } from '../session/me.js';
import { ClaimTrouble } from './ClaimTrouble.js';
import { VIEWS, type View } from './viewed.js';

type Task = Answer<'listTasks'>;

const PAGE = 50;

const EMPTY = {
  inbox: ['tasks.empty', 'tasks.emptyText'],
  pool: ['tasks.emptyPool', 'tasks.emptyPoolText'],
  late: ['tasks.emptyLate', 'tasks.emptyLateText'],
} as const satisfies Readonly<Record<View, readonly [string, string]>>;

const Due = ({ at }: { readonly at: string | null }) => {
  const { t } = useTranslation();
  const now = useNow();
  if (at === null) return <Text c="dimmed">{t('tasks.noDue')}</Text>;
  const late = Date.parse(at) < now;
  return (
    <Text {...(late ? { c: 'var(--mantine-color-error)', fw: 600 } : {})}>
      <Moment at={at} />
      {late && ` (${t('tasks.late')})`}
    </Text>
  );
};

/** By whoever has to call them. */
const Reached = ({
  contact: { phone, language, interpreter },
}: {
  readonly contact: NonNullable<NonNullable<Task['patient']>['contact']>;
}) => {
  const { t } = useTranslation();
  const speaks = [
    ...(language === null ? [] : [t('contact.speaks', { language: languageName(language) })]),
    ...(interpreter ? [t('contact.interpreter')] : []),
  ];
  return (
    <>
      {phone !== null && (
        <Anchor size="sm" href={`tel:${phone}`} aria-label={t('tasks.call', { phone })}>
          <bdi>{phone}</bdi>
        </Anchor>
      )}
      {speaks.length > 0 && <Text size="sm">{speaks.join(', ')}</Text>}
    </>
  );
};

const Patient = ({ task: { patient } }: { readonly task: Task }) => {
  const { t } = useTranslation();
  if (patient === null) return <Text c="dimmed">{t('tasks.noPatient')}</Text>;
  const { name, contact } = patient;
  return (
    <Stack gap={0}>
      <bdi>{name ?? t('state.unnamed')}</bdi>
      {contact !== null && <Reached contact={contact} />}
    </Stack>
  );
};

const What = ({ task }: { readonly task: Task }) => {
  const { t } = useTranslation();
  const name = t(`names.task.${task.type}`);
  const { referralId, subject } = task;
  if (subject.category === 'session')
    return (
      <Anchor
        fw={600}
        renderRoot={(props) => (
          <Link to="/visits/$id" params={{ id: subject.id }} {...props} {...{ [ROW_LINK]: '' }} />
        )}
      >
        {name}
      </Anchor>
    );
  if (referralId === null)
    return (
      <Text fw={600} tabIndex={0} {...{ [ROW_LINK]: '' }}>
        {name}
      </Text>
    );
  return (
    <Anchor
      fw={600}
      renderRoot={(props) => (
        <Link to="/referrals/$id" params={{ id: referralId }} {...props} {...{ [ROW_LINK]: '' }} />
      )}
    >
      {name}
    </Anchor>
  );
};

/** Where what is asked for is done, if it is done on a page of its own. */
const Way = ({ task: { type, referralId } }: { readonly task: Task }) => {
  const { t } = useTranslation();
  const { role } = useMe().actingAs;
  if (referralId === null) return undefined;
  const look = { size: 'compact-md', mih: 36, variant: 'light' } as const;
  if (type === 'BOOK_FIRST_VISIT' && BOOKERS.includes(role))
    return (
      <Button
        {...look}
        renderRoot={(props) => <Link to="/schedule" search={{ book: referralId }} {...props} />}
      >
        {t('schedule.book')}
      </Button>
    );
  if (type === 'ESTABLISH_PLAN' && PLANNERS.includes(role))
    return (
      <Button
        {...look}
        renderRoot={(props) => <Link to="/referrals/$id/plan" params={{ id: referralId }} {...props} />}
      >
        {t('planning.write')}
      </Button>
    );
  return undefined;
};

const Step = ({ task, act }: { readonly task: Task; readonly act: ReturnType<typeof useAct<'tasks'>> }) => {
  const { t } = useTranslation();
  const { id, allowedActions } = task;
  const busy = act.isPending && act.variables.id === id;
  const key = crypto.randomUUID();
  if (allowedActions.includes('ClaimTask'))
    return (
      <Button
        size="compact-md"
        mih={36}
        loading={busy}
        onClick={() => act.mutate({ id, command: 'ClaimTask', body: {}, key })}
        {...{ [ROW_ACT]: '' }}
      >
        {t('tasks.claim')}
      </Button>
    );
  if (task.type === 'GENERAL' && allowedActions.includes('CompleteTask'))
    return (
      <Button
        size="compact-md"
        mih={36}
        variant="light"
        loading={busy}
        onClick={() => act.mutate({ id, command: 'CompleteTask', body: {}, key })}
        {...{ [ROW_ACT]: '' }}
      >
        {t('tasks.complete')}
      </Button>
    );
  return task.status === 'claimed' ? <Text>{t('tasks.mine')}</Text> : undefined;
};

const Row = ({ task, act }: { readonly task: Task; readonly act: ReturnType<typeof useAct<'tasks'>> }) => {
  const { t } = useTranslation();
  return (
    <tr>
      <td data-label={t('tasks.columns.what')} className={list['words']}>
        <Stack gap={0}>
          <What task={task} />
          {task.note !== null && (
            <Text size="sm" dir="auto">
              {task.note}
            </Text>
          )}
        </Stack>
      </td>
      <td data-label={t('tasks.columns.patient')} className={list['words']}>
        <Patient task={task} />
      </td>
      <td data-label={t('tasks.columns.priority')}>
        <Priority priority={task.priority} />
      </td>
      <td data-label={t('tasks.columns.due')}>
        <Due at={task.dueAt} />
      </td>
      <td data-label={t('tasks.columns.since')}>
        <Lasting since={task.createdAt} />
      </td>
      <td data-label={t('tasks.columns.action')}>
        <Group gap="xs">
          <Step task={task} act={act} />
          <Way task={task} />
        </Group>
      </td>
    </tr>
  );
};

const page = getRouteApi('/inbox');

export const InboxPage = () => {
  const { t } = useTranslation();
  const { view = 'inbox' } = page.useSearch();
  useTitle(t('tasks.title'));
  const navigate = page.useNavigate();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useList('listTasks', {
    view,
    counted: true,
    limit: PAGE,
  });
  const act = useAct('tasks');
  useRowKeys();
  const show = (to: View): void => void navigate({ search: to === 'inbox' ? {} : { view: to } });
  const items = data?.pages.flatMap(({ items: some }) => some) ?? [];
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
          counts={data?.pages[0]?.counts}
        />
      </Group>
      <Incomplete streams={data?.pages[0]?.incomplete?.streams ?? 0} />
      {act.error !== null && <ClaimTrouble error={act.error} />}
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && items.length === 0 && <Empty title={t(title)} text={t(text)} />}
      {items.length > 0 && (
        <table className={list['list']} aria-label={t('tasks.title')}>
          <thead>
            <tr>
              {(['what', 'patient', 'priority', 'due', 'since', 'action'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`tasks.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((task) => (
              <Row key={task.id} task={task} act={act} />
            ))}
          </tbody>
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
