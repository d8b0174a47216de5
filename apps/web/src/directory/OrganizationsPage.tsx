/** The organisations of the network: the zone in which each counts its days, and the systems whose files it imports. */
import './own-words.js';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-service.js';
import { placesFor } from '../app/places.js';
import list from '../parts/list.module.css';
import { PagedTable, type RowIndex } from '../parts/PagedTable.js';
import { ROW_ACT, ROW_LINK, useRowKeys } from '../parts/rows.js';
import { NotForYou } from '../parts/states.js';
import { useNow } from '../parts/use-now.js';
import { useTitle } from '../parts/use-title.js';
import { WRAPS } from '../parts/wraps.js';
import { useMe } from '../session/me.js';
import { readersLocale } from '../words/words.js';
import { weekdayName } from './days-off.js';
import type { Organization } from './organization.js';
import { clockIn, isZoneUnsaid } from './zones.js';

const CorrectingZone = lazy(async () => ({ default: (await import('./CorrectingZone.js')).CorrectingZone }));
const NamingSource = lazy(async () => ({ default: (await import('./NamingSource.js')).NamingSource }));
const SettingDaysOff = lazy(async () => ({ default: (await import('./SettingDaysOff.js')).SettingDaysOff }));
const RegisteringOrganization = lazy(async () => ({
  default: (await import('./RegisteringOrganization.js')).RegisteringOrganization,
}));

const COLUMNS = ['name', 'kind', 'zone', 'sources', 'action'] as const;

interface OfOrganization {
  readonly organization: Organization;
}

const DaysOff = ({ organization: { daysOff } }: OfOrganization) => {
  const { t } = useTranslation();
  const names = daysOff.weekend.map(weekdayName);
  const others = daysOff.holidays.length;
  const all = [...names, ...(others === 0 ? [] : [t('directory.daysOff.others', { count: others })])];
  return (
    <Text size="sm">
      {all.length === 0 ? t('directory.daysOff.none') : t('directory.daysOff.off', { days: all.join(', ') })}
    </Text>
  );
};

const Zone = ({ organization }: OfOrganization) => {
  const { t } = useTranslation();
  const { timeZone } = organization;
  const time = clockIn(timeZone, useNow(), readersLocale());
  return (
    <Stack gap={0}>
      <bdi>{timeZone}</bdi>
      <Text size="sm">
        {time === undefined ? t('directory.zone.unknown') : t('directory.zone.now', { time })}
      </Text>
      <DaysOff organization={organization} />
      {isZoneUnsaid(organization) && (
        <Text size="sm" fw={700}>
          {t('directory.zone.unsaid')}
        </Text>
      )}
    </Stack>
  );
};

const Sources = ({ organization: { sources } }: OfOrganization) => {
  const { t } = useTranslation();
  if (sources.length === 0) return <Text>{t('directory.source.none')}</Text>;
  return (
    <Stack gap={0}>
      {sources.map(({ system, byDefault }) => (
        <div key={system}>
          <bdi>{system}</bdi>
          {byDefault && ` (${t('directory.source.byDefault')})`}
        </div>
      ))}
    </Stack>
  );
};

const Actions = ({ organization }: OfOrganization) => {
  const { t } = useTranslation();
  const [begun, begin] = useState<'zone' | 'days' | 'source'>();
  const { name } = organization;
  const of = { organization, close: (): void => begin(undefined) };
  return (
    <Group gap="xs">
      <Button
        {...WRAPS}
        variant="light"
        aria-label={t('directory.zone.correctOf', { name })}
        onClick={() => begin('zone')}
        {...{ [ROW_ACT]: '' }}
      >
        {t('directory.zone.correct')}
      </Button>
      <Button
        {...WRAPS}
        variant="default"
        aria-label={t('directory.daysOff.titleOf', { name })}
        onClick={() => begin('days')}
      >
        {t('directory.daysOff.title')}
      </Button>
      <Button
        {...WRAPS}
        variant="default"
        aria-label={t('directory.source.titleOf', { name })}
        onClick={() => begin('source')}
      >
        {t('directory.source.title')}
      </Button>
      <Suspense fallback={undefined}>
        {begun === 'zone' && <CorrectingZone {...of} />}
        {begun === 'days' && <SettingDaysOff {...of} />}
        {begun === 'source' && <NamingSource {...of} />}
      </Suspense>
    </Group>
  );
};

const Row = ({ organization, index }: OfOrganization & { readonly index: RowIndex }) => {
  const { t } = useTranslation();
  return (
    <tr {...index}>
      <td data-label={t('directory.organizations.columns.name')} className={list['words']}>
        <Text fw={600} tabIndex={0} {...{ [ROW_LINK]: '' }}>
          <bdi>{organization.name}</bdi>
        </Text>
      </td>
      <td data-label={t('directory.organizations.columns.kind')}>
        {t(`directory.kinds.${organization.kind}`)}
      </td>
      <td data-label={t('directory.organizations.columns.zone')} className={list['words']}>
        <Zone organization={organization} />
      </td>
      <td data-label={t('directory.organizations.columns.sources')} className={list['words']}>
        <Sources organization={organization} />
      </td>
      <td data-label={t('directory.organizations.columns.action')}>
        <Actions organization={organization} />
      </td>
    </tr>
  );
};

const Registration = () => {
  const { t } = useTranslation();
  const [begun, begin] = useState(false);
  return (
    <>
      <Button {...WRAPS} onClick={() => begin(true)}>
        {t('directory.organizations.register')}
      </Button>
      {begun && (
        <Suspense fallback={undefined}>
          <RegisteringOrganization close={() => begin(false)} />
        </Suspense>
      )}
    </>
  );
};

const Organizations = () => {
  const { t } = useTranslation();
  const asked = useList('listOrganizations', {});
  useRowKeys();
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>{t('nav.organizations')}</Title>
        <Registration />
      </Group>
      <PagedTable<'listOrganizations'>
        asked={asked}
        label={t('nav.organizations')}
        empty={[t('directory.organizations.empty'), t('directory.organizations.emptyText')]}
        columns={COLUMNS.map((column) => t(`directory.organizations.columns.${column}`))}
        row={(organization, index) => <Row key={organization.id} organization={organization} index={index} />}
      />
    </Stack>
  );
};

export const OrganizationsPage = () => {
  const { t } = useTranslation();
  useTitle(t('nav.organizations'));
  const { role } = useMe().actingAs;
  return placesFor(role).includes('/organizations') ? <Organizations /> : <NotForYou />;
};
