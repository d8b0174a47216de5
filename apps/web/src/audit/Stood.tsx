/** How each part of a case stood: referral, plan, visits and tasks together. */
import { Stack, Title } from '@mantine/core';
import type { CaseHistory } from '@fascia/audit';
import { useTranslation } from 'react-i18next';
import list from '../parts/list.module.css';
import { Exact } from './Exact.js';
import { Who } from '../parts/Who.js';
import { categoryOf, spelled, standingAfter } from './moments.js';

const COLUMNS = ['part', 'stage', 'recorded', 'who'] as const;

export const Stood = ({ events }: Pick<CaseHistory, 'events'>) => {
  const { t } = useTranslation();
  return (
    <Stack component="section" gap="xs" aria-labelledby="stood">
      <Title order={2} id="stood">
        {t('auditing.stood')}
      </Title>
      <table className={list['list']} aria-labelledby="stood">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`auditing.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {standingAfter(events).map(({ stream, last }) => (
            <tr key={stream}>
              <td data-label={t('auditing.part')}>{spelled(categoryOf(stream))}</td>
              <td data-label={t('auditing.stage')}>{last.stage === null ? '' : spelled(last.stage)}</td>
              <td data-label={t('auditing.recorded')}>
                <Exact at={last.recordedAt} />
              </td>
              <td data-label={t('auditing.who')} className={list['words']}>
                <Who byName={last.byName} role={last.actor.role} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Stack>
  );
};
