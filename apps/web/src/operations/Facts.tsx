/** What is looked at and not acted on: lists and how far they are, what is ready, which processes are there. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FactTable } from '../parts/FactTable.js';
import list from '../parts/list.module.css';
import { Lasting } from '../parts/Moment.js';
import { lengthText } from '../parts/times.js';
import { readersLocale } from '../words/words.js';
import type { Model, Status } from './answers.js';

const TROUBLE = { c: 'var(--mantine-color-error)', fw: 600 } as const;

/** By word, and by colour where it is not as it should be. */
const State = ({ fine, children }: { readonly fine: boolean; readonly children: string }) => (
  <Text {...(fine ? {} : TROUBLE)}>{children}</Text>
);

const Behind = ({ behind, behindSeconds }: Pick<Model, 'behind' | 'behindSeconds'>) => {
  const { t } = useTranslation();
  if (behindSeconds === null) return <Text>{t('operations.models.level')}</Text>;
  const events = BigInt(behind).toLocaleString(readersLocale());
  const length = lengthText(behindSeconds);
  return <Text fw={600}>{t('operations.models.behind', { events, length })}</Text>;
};

export const Models = ({ models }: { readonly models: readonly Model[] }) => {
  const { t } = useTranslation();
  const columns = {
    name: t('operations.models.columns.name'),
    behind: t('operations.models.columns.behind'),
    parked: t('operations.models.columns.parked'),
    state: t('operations.models.columns.state'),
  };
  return (
    <FactTable size="h4" id="models" title={t('operations.models.title')} columns={Object.values(columns)}>
      {models.map(({ name, behind, behindSeconds, parked, building }) => (
        <tr key={name}>
          <td data-label={columns.name} className={list['words']}>
            <bdi>{name}</bdi>
          </td>
          <td data-label={columns.behind}>
            <Behind behind={behind} behindSeconds={behindSeconds} />
          </td>
          <td data-label={columns.parked}>{parked.length.toLocaleString(readersLocale())}</td>
          <td data-label={columns.state}>
            {building === null
              ? t('operations.models.serving')
              : t('operations.models.building', { ready: building.slicesReady, all: building.slices })}
          </td>
        </tr>
      ))}
    </FactTable>
  );
};

export const Readiness = ({ checks }: Pick<Status['readiness'], 'checks'>) => {
  const { t } = useTranslation();
  const columns = {
    name: t('operations.readiness.columns.name'),
    state: t('operations.readiness.columns.state'),
    detail: t('operations.readiness.columns.detail'),
  };
  return (
    <FactTable
      size="h4"
      id="readiness"
      title={t('operations.readiness.title')}
      columns={Object.values(columns)}
    >
      {checks.map(({ name, ok, detail }) => (
        <tr key={name}>
          <td data-label={columns.name} className={list['words']}>
            <bdi>{name}</bdi>
          </td>
          <td data-label={columns.state}>
            <State fine={ok}>{t(ok ? 'operations.readiness.ok' : 'operations.readiness.not')}</State>
          </td>
          <td data-label={columns.detail} className={list['words']} dir="auto">
            {detail}
          </td>
        </tr>
      ))}
    </FactTable>
  );
};

export const Processes = ({ processes }: Pick<Status, 'processes'>) => {
  const { t } = useTranslation();
  const columns = {
    name: t('operations.processes.columns.name'),
    host: t('operations.processes.columns.host'),
    state: t('operations.processes.columns.state'),
    since: t('operations.processes.columns.since'),
  };
  return (
    <FactTable
      size="h4"
      id="processes"
      title={t('operations.processes.title')}
      columns={Object.values(columns)}
    >
      {processes.map(({ id, name, host, present, startedAt }) => (
        <tr key={id}>
          <td data-label={columns.name} className={list['words']}>
            <bdi>{name}</bdi>
          </td>
          <td data-label={columns.host} className={list['words']}>
            <bdi>{host}</bdi>
          </td>
          <td data-label={columns.state}>
            <State fine={present}>
              {t(present ? 'operations.processes.here' : 'operations.processes.silent')}
            </State>
          </td>
          <td data-label={columns.since}>
            <Lasting since={startedAt} />
          </td>
        </tr>
      ))}
    </FactTable>
  );
};
