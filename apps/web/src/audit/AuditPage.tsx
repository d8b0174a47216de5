/** Cases are found by what is known of them: of whom, when. What is typed here stands in no address. */
import { Anchor, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Asked } from '../api/questions.js';
import { useSearch } from '../api/use-service.js';
import list from '../parts/list.module.css';
import { Moment } from '../parts/Moment.js';
import { ROW_LINK, rowIndex, useRowKeys } from '../parts/rows.js';
import { Empty, Incomplete, Loading, Trouble } from '../parts/states.js';
import { dayText } from '../parts/times.js';
import { useTitle } from '../parts/use-title.js';
import { beginOf, endOf } from './days.js';
import './own-words.js';
import { Columns } from '../parts/Columns.js';

type Case = Answer<'listCases'>;

const TYPED_MS = 250;
const MOST = 100;
const NOTHING = { name: '', birthDate: '', identifier: '', at: '', from: '', to: '' };

type Typed = typeof NOTHING;

const asked = ({ name, birthDate, identifier, from, to }: Typed): Asked<'listCases'> => ({
  ...(name.trim() === '' ? {} : { name: name.trim() }),
  ...(birthDate === '' ? {} : { birthDate }),
  ...(identifier.trim() === '' ? {} : { identifier: { value: identifier.trim() } }),
  ...(from === '' ? {} : { from: beginOf(from) }),
  ...(to === '' ? {} : { to: endOf(to) }),
});

interface CaseRowProps {
  readonly found: Case;
  readonly at: string;
  /** Which row it is, from 0. */
  readonly index: number;
}

const CaseRow = ({ found, at, index }: CaseRowProps) => {
  const { t } = useTranslation();
  const { id, patient, state, enteredStateAt, referrer, recipient } = found;
  return (
    <tr {...rowIndex(index)}>
      <td data-label={t('auditing.columns.patient')} className={list['words']}>
        <Anchor
          fw={600}
          renderRoot={(props) => (
            <Link
              to="/audit/cases/$id"
              params={{ id }}
              search={at === '' ? {} : { at: endOf(at) }}
              {...props}
              {...{ [ROW_LINK]: '' }}
            />
          )}
        >
          <bdi>{patient.name ?? t('state.unnamed')}</bdi>
        </Anchor>
        {patient.birthDate !== null && <div>{dayText(patient.birthDate)}</div>}
      </td>
      <td data-label={t('auditing.columns.state')}>{t(`names.stage.${state}`)}</td>
      <td data-label={t('auditing.columns.since')}>
        <Moment at={enteredStateAt} />
      </td>
      <td data-label={t('auditing.columns.referrer')} className={list['words']}>
        <bdi>{referrer.name ?? t('state.unnamed')}</bdi>
      </td>
      <td data-label={t('auditing.columns.recipient')} className={list['words']}>
        <bdi>{recipient === null ? t('auditing.nobody') : (recipient.name ?? t('state.unnamed'))}</bdi>
      </td>
    </tr>
  );
};

const COLUMNS = ['patient', 'state', 'since', 'referrer', 'recipient'] as const;

interface FoundProps {
  readonly cases: readonly Case[];
  /** More fit than are shown. */
  readonly more: boolean;
  readonly at: string;
}

const Found = ({ cases, more, at }: FoundProps) => {
  const { t } = useTranslation();
  if (cases.length === 0) return <Empty title={t('auditing.empty')} text={t('auditing.emptyText')} />;
  return (
    <>
      {more && <Text role="status">{t('auditing.more', { count: cases.length })}</Text>}
      <table className={list['list']} aria-label={t('auditing.title')}>
        <Columns columns={COLUMNS.map((column) => t(`auditing.columns.${column}`))} />
        <tbody>
          {cases.map((found, index) => (
            <CaseRow key={found.id} found={found} at={at} index={index} />
          ))}
        </tbody>
      </table>
    </>
  );
};

export const AuditPage = () => {
  const { t } = useTranslation();
  useTitle(t('auditing.title'));
  useRowKeys();
  const [typed, setTyped] = useState(NOTHING);
  const [settled] = useDebouncedValue(typed, TYPED_MS);
  const said = useMemo(() => asked(settled), [settled]);
  // Every case that is shown is a look at its patient, and on record as one: nobody's is shown before somebody is looked for.
  const isAsked = Object.keys(said).length > 0;
  const { data, error, refetch } = useSearch('listCases', { ...said, limit: MOST }, isAsked);
  const field = (name: keyof Typed) => ({
    value: typed[name],
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }): void =>
      setTyped((now) => ({ ...now, [name]: value })),
  });
  return (
    <Stack>
      <Title order={1}>{t('auditing.title')}</Title>
      <Group align="flex-start" role="search" aria-label={t('auditing.find')}>
        <TextInput label={t('auditing.name')} maxLength={100} dir="auto" data-autofocus {...field('name')} />
        <TextInput type="date" label={t('auditing.birthDate')} {...field('birthDate')} />
        <TextInput
          label={t('auditing.identifier')}
          maxLength={200}
          dir="auto"
          title={t('auditing.identifierHelp')}
          {...field('identifier')}
        />
        <TextInput type="date" label={t('auditing.at')} title={t('auditing.atHelp')} {...field('at')} />
        <TextInput type="date" label={t('auditing.from')} {...field('from')} />
        <TextInput type="date" label={t('auditing.to')} {...field('to')} />
      </Group>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {!isAsked && <Empty title={t('auditing.begin')} text={t('auditing.beginText')} />}
      {isAsked && data === undefined && error === null && <Loading />}
      <Incomplete streams={data?.incomplete?.streams ?? 0} />
      {isAsked && data !== undefined && <Found cases={data.items} more={data.next !== null} at={typed.at} />}
    </Stack>
  );
};
