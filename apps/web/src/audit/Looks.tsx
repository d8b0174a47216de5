/** Records of who looked, and of who was told no: latest first. */
import { Anchor, Button, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer, Asked } from '../api/questions.js';
import { lackingIn, useList } from '../api/use-service.js';
import list from '../parts/list.module.css';
import { Exact } from './Exact.js';
import { Empty, Incomplete, Loading, Trouble } from '../parts/states.js';
import { Who } from '../parts/Who.js';
import { spelled } from './moments.js';

type Look = Answer<'listAccess'>;

const COLUMNS = ['when', 'who', 'patient', 'what', 'outcome', 'basis'] as const;

const LookRow = ({ look }: { readonly look: Look }) => {
  const { t } = useTranslation();
  const { at, who, patientId, patientName, what, route, outcome, basis, code } = look;
  const { practitionerId } = who;
  const called = <Who byName={who.name} role={who.role} />;
  return (
    <tr>
      <td data-label={t('auditing.looked.when')}>
        <Exact at={at} />
      </td>
      <td data-label={t('auditing.looked.who')} className={list['words']}>
        {practitionerId === null ? (
          called
        ) : (
          <Anchor renderRoot={(props) => <Link to="/access" search={{ by: practitionerId }} {...props} />}>
            {called}
          </Anchor>
        )}
      </td>
      <td data-label={t('auditing.looked.patient')} className={list['words']}>
        {patientId !== null && (
          <Anchor renderRoot={(props) => <Link to="/access" search={{ of: patientId }} {...props} />}>
            <bdi>{patientName ?? t('state.unnamed')}</bdi>
          </Anchor>
        )}
      </td>
      <td data-label={t('auditing.looked.what')} className={list['words']}>
        {what === null ? route : spelled(what)}
      </td>
      <td data-label={t('auditing.looked.outcome')}>
        <Text fw={outcome === 'shown' || outcome === 'nothing-shown' ? 400 : 700}>
          {t(`auditing.outcomes.${outcome}`)}
        </Text>
      </td>
      <td data-label={t('auditing.looked.basis')} className={list['words']}>
        {basis ?? code}
      </td>
    </tr>
  );
};

export const Looks = ({ asked, label }: { readonly asked: Asked<'listAccess'>; readonly label: string }) => {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useList(
    'listAccess',
    asked,
  );
  const looks = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      <Incomplete streams={lackingIn(data)} />
      {data !== undefined && looks.length === 0 && (
        <Empty title={t('auditing.looksEmpty')} text={t('auditing.looksEmptyText')} />
      )}
      {looks.length > 0 && (
        <table className={list['list']} aria-label={label}>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`auditing.looked.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {looks.map((look) => (
              <LookRow key={look.id} look={look} />
            ))}
          </tbody>
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
