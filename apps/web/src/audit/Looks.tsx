/** Records of who looked, and of who was told no: latest first. */
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer, Asked } from '../api/questions.js';
import { useList } from '../api/use-service.js';
import list from '../parts/list.module.css';
import { Exact } from './Exact.js';
import { PagedTable, type RowIndex } from '../parts/PagedTable.js';
import { Who } from '../parts/Who.js';
import { spelled } from './moments.js';

type Look = Answer<'listAccess'>;

const COLUMNS = ['when', 'who', 'patient', 'what', 'outcome', 'basis'] as const;

const LookRow = ({ look, index }: { readonly look: Look; readonly index: RowIndex }) => {
  const { t } = useTranslation();
  const { at, who, patientId, patientName, what, route, outcome, basis, code } = look;
  const { practitionerId } = who;
  const called = <Who byName={who.name} role={who.role} />;
  return (
    <tr {...index}>
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
  return (
    <PagedTable<'listAccess'>
      asked={useList('listAccess', asked)}
      label={label}
      empty={[t('auditing.looksEmpty'), t('auditing.looksEmptyText')]}
      columns={COLUMNS.map((column) => t(`auditing.looked.${column}`))}
      row={(look, index) => <LookRow key={look.id} look={look} index={index} />}
    />
  );
};
