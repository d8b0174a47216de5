/** Records that may be of one person, two by two: opened, and settled beside each other. */
import './own-words.js';
import { Anchor, Badge, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import list from '../parts/list.module.css';
import type { RowIndex } from '../parts/PagedTable.js';
import { ROW_LINK } from '../parts/rows.js';
import { dayText } from '../parts/times.js';
import type { Match, MatchRecord } from './compared.js';
import { RecordsTable } from './RecordsTable.js';

const COLUMNS = ['one', 'other', 'likeliness', 'rules'] as const;

const Born = ({ record: { birthDate } }: { readonly record: MatchRecord }) => {
  const { t } = useTranslation();
  return <Text size="sm">{t('referrals.born', { date: dayText(birthDate) })}</Text>;
};

const Row = ({ match, index }: { readonly match: Match; readonly index: RowIndex }) => {
  const { t } = useTranslation();
  const [one, other] = match.records;
  if (one === undefined || other === undefined) return undefined;
  return (
    <tr {...index}>
      <td data-label={t('records.columns.one')} className={list['words']}>
        <Stack gap={0}>
          <Anchor
            fw={600}
            aria-label={t('records.compare', { one: one.name, other: other.name })}
            renderRoot={(props) => (
              <Link
                to="/matches/$one/$other"
                params={{ one: one.id, other: other.id }}
                {...props}
                {...{ [ROW_LINK]: '' }}
              />
            )}
          >
            <bdi>{one.name}</bdi>
          </Anchor>
          <Born record={one} />
        </Stack>
      </td>
      <td data-label={t('records.columns.other')} className={list['words']}>
        <Stack gap={0}>
          <bdi>{other.name}</bdi>
          <Born record={other} />
        </Stack>
      </td>
      <td data-label={t('records.columns.likeliness')}>
        <Badge variant="outline" color="gray">
          {t(`records.likeliness.${match.likeliness}`)}
        </Badge>
      </td>
      <td data-label={t('records.columns.rules')} className={list['words']}>
        {match.rules.map((rule) => (
          <Text key={rule} size="sm">
            {t(`records.rules.${rule}`)}
          </Text>
        ))}
      </td>
    </tr>
  );
};

export const MatchesPage = () => {
  const { t } = useTranslation();
  return (
    <RecordsTable
      name="listMatches"
      title={t('nav.matches')}
      empty={[t('records.empty'), t('records.emptyText')]}
      columns={COLUMNS.map((column) => t(`records.columns.${column}`))}
      row={(match, index) => <Row key={match.id} match={match} index={index} />}
    />
  );
};
