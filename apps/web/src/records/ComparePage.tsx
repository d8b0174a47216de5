/** Two records that may be of one person, side by side: what each says, what is the same and what is not, and why they are compared. */
import './own-words.js';
import { Anchor, Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleHalf2, IconCircleX } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { lackingIn, useList, useOne } from '../api/use-service.js';
import list from '../parts/list.module.css';
import { Empty, Incomplete, Loading, NotForYou, Trouble } from '../parts/states.js';
import { dayText } from '../parts/times.js';
import { useTitle } from '../parts/use-title.js';
import { useMe } from '../session/me.js';
import { agreementIn, type Agreement, type Match, type MatchRecord } from './compared.js';
import { SettleForm } from './SettleForm.js';
import { looksAfterRecords } from './who-looks-after.js';
import { Columns } from '../parts/Columns.js';

const page = getRouteApi('/matches/$one/$other');

const ICONS = { agrees: IconCircleCheck, partly: IconCircleHalf2, differs: IconCircleX } as const;

/** By a sign and a word; what differs is written strongly. */
const Compared = ({ agreement }: { readonly agreement: Agreement | undefined }) => {
  const { t } = useTranslation();
  if (agreement === undefined) return <Text c="dimmed">{t('records.notCompared')}</Text>;
  const Icon = ICONS[agreement];
  return (
    <Group gap={6} wrap="nowrap">
      <Icon size={18} aria-hidden />
      <Text {...(agreement === 'differs' ? { fw: 700 } : {})}>{t(`records.agreement.${agreement}`)}</Text>
    </Group>
  );
};

const Numbers = ({ of: { identifiers } }: { readonly of: MatchRecord }) => {
  const { t } = useTranslation();
  if (identifiers.length === 0) return <Text c="dimmed">{t('records.none')}</Text>;
  return identifiers.map(({ system, value, taken }) => (
    <div key={`${system} ${value}`}>
      <bdi>{value}</bdi>
      {taken && <Text fw={600}>{t('records.taken')}</Text>}
      <Text size="sm" c="dimmed">
        <bdi>{system}</bdi>
      </Text>
    </div>
  ));
};

/** As far as whoever looks may see it: a record says it, a list never does. */
const Contact = ({ of: { id } }: { readonly of: MatchRecord }) => {
  const { t } = useTranslation();
  const { data, error } = useOne('getPatient', id);
  const contact = data?.body.contact ?? null;
  if (data === undefined && error === null) return <Text c="dimmed">{t('state.loading')}</Text>;
  if (contact === null) return <Text c="dimmed">{t('records.noContact')}</Text>;
  if (contact.telecom.length === 0) return <Text c="dimmed">{t('records.none')}</Text>;
  return contact.telecom.map(({ system, value }) => (
    <div key={`${system} ${value}`}>
      <bdi>{value}</bdi>
    </div>
  ));
};

interface Part {
  readonly part: 'name' | 'birthDate' | 'sexAtBirth' | 'identifiers' | 'contact' | 'death';
  readonly shows: (record: MatchRecord) => ReactNode;
}

const SideBySide = ({ match }: { readonly match: Match }) => {
  const { t } = useTranslation();
  const parts: readonly Part[] = [
    { part: 'name', shows: ({ name }) => <bdi>{name}</bdi> },
    { part: 'birthDate', shows: ({ birthDate }) => dayText(birthDate) },
    { part: 'sexAtBirth', shows: ({ sexAtBirth }) => t(`names.sex.${sexAtBirth}`) },
    { part: 'identifiers', shows: (record) => <Numbers of={record} /> },
    { part: 'contact', shows: (record) => <Contact of={record} /> },
    { part: 'death', shows: ({ deceased }) => t(deceased ? 'records.dead' : 'records.alive') },
  ];
  return (
    <table className={list['list']} aria-label={t('records.sideBySide')}>
      <Columns
        columns={(['part', 'first', 'second', 'compared'] as const).map((column) => t(`records.${column}`))}
      />
      <tbody>
        {parts.map(({ part, shows }) => (
          <tr key={part}>
            <th scope="row">{t(`records.parts.${part}`)}</th>
            {match.records.map((record, n) => (
              <td
                key={record.id}
                className={list['words']}
                data-label={t(n === 0 ? 'records.first' : 'records.second')}
              >
                <div>{shows(record)}</div>
              </td>
            ))}
            <td data-label={t('records.compared')}>
              <Compared agreement={part === 'contact' ? undefined : agreementIn(match, part)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Pair = ({ match }: { readonly match: Match }) => {
  const { t } = useTranslation();
  return (
    <Stack>
      <Card withBorder component="section" aria-labelledby="why">
        <Title order={2} size="h4" id="why" mb="xs">
          {t('records.columns.rules')}
        </Title>
        <Group gap="sm">
          <Badge variant="outline" color="gray">
            {t(`records.likeliness.${match.likeliness}`)}
          </Badge>
          {match.rules.map((rule) => (
            <Text key={rule}>{t(`records.rules.${rule}`)}</Text>
          ))}
        </Group>
      </Card>
      <SideBySide match={match} />
      <SettleForm key={match.id} match={match} />
    </Stack>
  );
};

const Compare = () => {
  const { t } = useTranslation();
  const { one, other } = page.useParams();
  const { data, error, refetch } = useList('listMatches', { patientId: one, otherId: other });
  const match = data?.pages[0]?.items[0];
  return (
    <Stack>
      <Title order={1}>{t('nav.matches')}</Title>
      <Anchor renderRoot={(props) => <Link to="/matches" {...props} />}>{t('records.toList')}</Anchor>
      <Incomplete streams={lackingIn(data)} />
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && match === undefined && (
        <Empty title={t('records.settled')} text={t('records.settledText')} />
      )}
      {match !== undefined && <Pair match={match} />}
    </Stack>
  );
};

export const ComparePage = () => {
  const { t } = useTranslation();
  useTitle(t('nav.matches'));
  const { role } = useMe().actingAs;
  return looksAfterRecords(role) ? <Compare /> : <NotForYou />;
};
