/** The licences that somebody has, whether one of them holds today, and the recording of another. */
import { Button, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import list from '../parts/list.module.css';
import { dayOf, dayText } from '../parts/times.js';
import { useNow } from '../parts/use-now.js';
import { Section } from './Section.js';
import { lacksLicence, validityOn, type Person } from './standing.js';

const RecordingLicence = lazy(async () => ({
  default: (await import('./RecordingLicence.js')).RecordingLicence,
}));

const COLUMNS = ['kind', 'state', 'from', 'to', 'today'] as const;

interface RowProps {
  readonly licence: Person['licences'][number];
  readonly today: string;
}

const Row = ({ licence, today }: RowProps) => {
  const { t } = useTranslation();
  const { kind, state, from, to } = licence;
  const validity = validityOn(licence, today);
  return (
    <tr>
      <td data-label={t('directory.licences.columns.kind')} className={list['words']}>
        <bdi>{kind}</bdi>
      </td>
      <td data-label={t('directory.licences.columns.state')} className={list['words']}>
        <bdi>{state}</bdi>
      </td>
      <td data-label={t('directory.licences.columns.from')}>{dayText(from)}</td>
      <td data-label={t('directory.licences.columns.to')}>{dayText(to)}</td>
      <td data-label={t('directory.licences.columns.today')}>
        <Text fw={validity === 'valid' ? 400 : 700}>{t(`directory.licences.today.${validity}`)}</Text>
      </td>
    </tr>
  );
};

export const Licences = ({ person }: { readonly person: Person }) => {
  const { t } = useTranslation();
  const [recording, setRecording] = useState(false);
  const today = dayOf(useNow());
  const { id, licences } = person;
  return (
    <Section
      id="licences"
      title={t('directory.licences.title')}
      columns={COLUMNS.map((column) => t(`directory.licences.columns.${column}`))}
      empty={t('directory.licences.none')}
      rows={licences.map((licence, n) => (
        <Row key={n} licence={licence} today={today} />
      ))}
      action={<Button onClick={() => setRecording(true)}>{t('directory.licences.record')}</Button>}
    >
      {lacksLicence(person, today) && <Text fw={700}>{t('directory.licences.lacking')}</Text>}
      {recording && (
        <Suspense fallback={undefined}>
          <RecordingLicence id={id} close={() => setRecording(false)} />
        </Suspense>
      )}
    </Section>
  );
};
