/** How each part of a case stood: referral, plan, visits and tasks together. */
import type { CaseHistory } from '@fascia/audit';
import { useTranslation } from 'react-i18next';
import { FactTable } from '../parts/FactTable.js';
import list from '../parts/list.module.css';
import { Exact } from './Exact.js';
import { Who } from '../parts/Who.js';
import { categoryOf, spelled, standingAfter } from './moments.js';

const COLUMNS = ['part', 'stage', 'recorded', 'who'] as const;

export const Stood = ({ events }: Pick<CaseHistory, 'events'>) => {
  const { t } = useTranslation();
  return (
    <FactTable
      id="stood"
      title={t('auditing.stood')}
      columns={COLUMNS.map((column) => t(`auditing.${column}`))}
    >
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
    </FactTable>
  );
};
