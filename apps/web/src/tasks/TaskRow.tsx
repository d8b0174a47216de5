/** What is asked of somebody, in a row: of whom, until when, and what can be done about it there. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useAct } from '../api/use-service.js';
import { Priority } from '../parts/Badges.js';
import list from '../parts/list.module.css';
import { Due } from '../parts/Due.js';
import { Lasting } from '../parts/Moment.js';
import type { RowPlace } from '../parts/row-place.js';
import { ROW_ACT, ROW_LINK } from '../parts/rows.js';
import { languageName } from '../patients/languages.js';
import { PLANNERS } from '../plans/who-plans.js';
import { BOOKERS } from '../schedule/who-books.js';
import { useMe } from '../session/me.js';

type Task = Answer<'listTasks'>;

const GivingBack = lazy(async () => ({ default: (await import('./GivingBack.js')).GivingBack }));

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

const BOOKED: readonly Task['type'][] = ['BOOK_FIRST_VISIT', 'BOOK_VISIT', 'DECIDE_DISCHARGE'];
/** No fact ends the asking, or it may not come: who was asked says that they know. */
const ENDED_BY_HAND: readonly Task['type'][] = [
  'GENERAL',
  'NOTE_MISSED_VISITS',
  'MISSED_DEADLINE',
  'RENEW_ORDER',
];

/** Where what is asked for is done, if it is done on a page of its own. */
const Way = ({ task: { type, referralId } }: { readonly task: Task }) => {
  const { t } = useTranslation();
  const { role } = useMe().actingAs;
  if (referralId === null) return undefined;
  const look = { size: 'compact-md', mih: 36, variant: 'light' } as const;
  if (BOOKED.includes(type) && BOOKERS.includes(role))
    return (
      <Button
        {...look}
        renderRoot={(props) => <Link to="/schedule" search={{ book: referralId }} {...props} />}
      >
        {t('schedule.book')}
      </Button>
    );
  if (type === 'SIGN_ORDER')
    return (
      <Button
        {...look}
        renderRoot={(props) => <Link to="/referrals/$id/draft" params={{ id: referralId }} {...props} />}
      >
        {t('referrals.draft')}
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

const Step = ({ task, failed }: Pick<TaskRowProps, 'task' | 'failed'>) => {
  const { t } = useTranslation();
  const { id, allowedActions } = task;
  const { mutateAsync, isPending } = useAct('tasks');
  const key = crypto.randomUUID();
  // A row whose task somebody else has goes away: what became of it is told above the rows.
  const take = (command: 'ClaimTask' | 'CompleteTask'): void =>
    void mutateAsync({ id, command, body: {}, key }).catch((error: unknown) => {
      if (error instanceof Error) failed(id, error);
    });
  if (allowedActions.includes('ClaimTask'))
    return (
      <Button
        size="compact-md"
        mih={36}
        loading={isPending}
        onClick={() => take('ClaimTask')}
        {...{ [ROW_ACT]: '' }}
      >
        {t('tasks.claim')}
      </Button>
    );
  if (ENDED_BY_HAND.includes(task.type) && allowedActions.includes('CompleteTask'))
    return (
      <Button
        size="compact-md"
        mih={36}
        variant="light"
        loading={isPending}
        onClick={() => take('CompleteTask')}
        {...{ [ROW_ACT]: '' }}
      >
        {t('tasks.complete')}
      </Button>
    );
  return task.status === 'claimed' ? <Text>{t('tasks.mine')}</Text> : undefined;
};

/** Who took it by mistake, or cannot do it. */
const GiveBack = ({ task: { id, allowedActions } }: { readonly task: Task }) => {
  const { t } = useTranslation();
  const [giving, setGiving] = useState(false);
  if (!allowedActions.includes('ReleaseTask')) return undefined;
  return (
    <>
      <Button size="compact-md" mih={36} variant="subtle" onClick={() => setGiving(true)}>
        {t('tasks.giveBack')}
      </Button>
      {giving && (
        <Suspense fallback={undefined}>
          <GivingBack id={id} close={() => setGiving(false)} />
        </Suspense>
      )}
    </>
  );
};

interface TaskRowProps {
  readonly task: Task;
  readonly place: RowPlace;
  /** It was not done, and why. */
  readonly failed: (id: string, error: Error) => void;
}

export const TaskRow = ({ task, place, failed }: TaskRowProps) => {
  const { t } = useTranslation();
  return (
    <tr {...place}>
      <td data-label={t('tasks.columns.what')} className={list['words']}>
        <Stack gap={0}>
          <What task={task} />
          {task.deadline !== null && <Text size="sm">{t(`names.deadline.${task.deadline}`)}</Text>}
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
        {task.dueAt === null ? <Text c="dimmed">{t('tasks.noDue')}</Text> : <Due at={task.dueAt} />}
      </td>
      <td data-label={t('tasks.columns.since')}>
        <Lasting since={task.createdAt} />
      </td>
      <td data-label={t('tasks.columns.action')}>
        <Group gap="xs">
          <Step task={task} failed={failed} />
          <Way task={task} />
          <GiveBack task={task} />
        </Group>
      </td>
    </tr>
  );
};
