/** What was merged, proposed or undone, by whom and why; and its undoing. */
import './own-words.js';
import { Anchor, Badge, Button, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import list from '../parts/list.module.css';
import type { RowIndex } from '../parts/PagedTable.js';
import { Moment } from '../parts/Moment.js';
import { ROW_ACT, ROW_LINK } from '../parts/rows.js';
import { dayText } from '../parts/times.js';
import { Who } from '../parts/Who.js';
import { RecordsTable } from './RecordsTable.js';

type Merge = Answer<'listMerges'>;

const COLUMNS = ['away', 'into', 'state', 'said', 'action'] as const;

const Undoing = lazy(async () => ({ default: (await import('./Undoing.js')).Undoing }));

const Named = ({ of: { name, birthDate } }: { readonly of: Merge['record'] }) => {
  const { t } = useTranslation();
  return (
    <>
      <bdi>{name ?? t('state.unnamed')}</bdi>
      {birthDate !== null && <Text size="sm">{t('referrals.born', { date: dayText(birthDate) })}</Text>}
    </>
  );
};

/** Whoever confirms a proposal looks at both records first. */
const Away = ({ merge: { record, into, state } }: { readonly merge: Merge }) => {
  const [one = '', other = ''] = [record.id, into.id].toSorted();
  if (state !== 'proposed')
    return (
      <div tabIndex={0} {...{ [ROW_LINK]: '' }}>
        <Named of={record} />
      </div>
    );
  return (
    <Anchor
      renderRoot={(props) => (
        <Link to="/matches/$one/$other" params={{ one, other }} {...props} {...{ [ROW_LINK]: '' }} />
      )}
    >
      <Named of={record} />
    </Anchor>
  );
};

const Said = ({ said }: { readonly said: Merge['merged'] }) =>
  said && (
    <div>
      <Text size="sm">
        <Who byName={said.byName} role={said.role} />, <Moment at={said.at} />
      </Text>
      <Text dir="auto">{said.reason}</Text>
    </div>
  );

const Row = ({ merge, index }: { readonly merge: Merge; readonly index: RowIndex }) => {
  const { t } = useTranslation();
  const [undoing, setUndoing] = useState(false);
  const { proposed, merged, undone } = merge;
  return (
    <tr {...index}>
      <td data-label={t('records.columns.away')} className={list['words']}>
        <Away merge={merge} />
      </td>
      <td data-label={t('records.columns.into')} className={list['words']}>
        <div>
          <Named of={merge.into} />
        </div>
      </td>
      <td data-label={t('records.columns.state')}>
        <Badge variant="outline" color="gray">
          {t(`records.states.${merge.state}`)}
        </Badge>
      </td>
      <td data-label={t('records.columns.said')} className={list['words']}>
        <Stack gap="xs">
          {[proposed, merged, undone].map((said, n) => (
            <Said key={said?.at ?? n} said={said} />
          ))}
        </Stack>
      </td>
      <td data-label={t('records.columns.action')}>
        {merge.allowedActions.includes('UndoMerge') && (
          <Button
            size="compact-md"
            mih={36}
            variant="default"
            onClick={() => setUndoing(true)}
            {...{ [ROW_ACT]: '' }}
          >
            {t('records.undo')}
          </Button>
        )}
        {undoing && (
          <Suspense fallback={undefined}>
            <Undoing id={merge.id} close={() => setUndoing(false)} />
          </Suspense>
        )}
      </td>
    </tr>
  );
};

export const MergesPage = () => {
  const { t } = useTranslation();
  return (
    <RecordsTable
      name="listMerges"
      title={t('nav.merges')}
      empty={[t('records.emptyMerges'), t('records.emptyMergesText')]}
      columns={COLUMNS.map((column) => t(`records.columns.${column}`))}
      row={(merge, index) => <Row key={merge.id} merge={merge} index={index} />}
    />
  );
};
