/** The master keys in a table: how much is wrapped under each, and what it is needed for. */
import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FactTable } from '../parts/FactTable.js';
import list from '../parts/list.module.css';
import { readersLocale } from '../words/words.js';
import type { Master } from './masters.js';

const AMISS = { c: 'var(--mantine-color-error)', fw: 600 } as const;

/** By word; what is amiss also by colour, and with what to do. */
const State = ({ master: { state, keys } }: { readonly master: Master }) => {
  const { t } = useTranslation();
  if (state === 'older') return <Text>{t('keys.states.older', { count: keys })}</Text>;
  if (state !== 'missing') return <Text>{t(`keys.states.${state}`)}</Text>;
  return (
    <div>
      <Text {...AMISS}>{t('keys.states.missing')}</Text>
      <Text size="sm">{t('keys.missingText')}</Text>
    </div>
  );
};

export const MasterTable = ({ masters }: { readonly masters: readonly Master[] }) => {
  const { t } = useTranslation();
  const columns = {
    id: t('keys.columns.id'),
    keys: t('keys.columns.keys'),
    state: t('keys.columns.state'),
  };
  return (
    <FactTable size="h4" id="masters" title={t('keys.masters')} columns={Object.values(columns)}>
      {masters.map((master) => (
        <tr key={master.id}>
          <td data-label={columns.id} className={list['words']}>
            <Code>
              <bdi>{master.id}</bdi>
            </Code>
          </td>
          <td data-label={columns.keys}>{master.keys.toLocaleString(readersLocale())}</td>
          <td data-label={columns.state} className={list['words']}>
            <State master={master} />
          </td>
        </tr>
      ))}
    </FactTable>
  );
};
