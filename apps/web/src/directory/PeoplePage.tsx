/** Whoever works in the network: found by part of their name, and enrolled. */
import './own-words.js';
import { Anchor, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lackingIn, useList } from '../api/use-service.js';
import { placesFor } from '../app/places.js';
import list from '../parts/list.module.css';
import { PagedTable, type RowIndex } from '../parts/PagedTable.js';
import { ROW_LINK, useRowKeys } from '../parts/rows.js';
import { Incomplete, NotForYou, Trouble } from '../parts/states.js';
import { dayOf, dayText } from '../parts/times.js';
import { useNow } from '../parts/use-now.js';
import { useTitle } from '../parts/use-title.js';
import { useMe } from '../session/me.js';
import { PersonState } from './PersonState.js';
import { lacksLicence, validityOn, type Person } from './standing.js';
import { usePlaces } from './use-places.js';

const Enrolling = lazy(async () => ({ default: (await import('./Enrolling.js')).Enrolling }));

const TYPED_MS = 250;
const LONGEST_NAME = 100;

const COLUMNS = ['name', 'roles', 'licences', 'state'] as const;

type PlaceOf = ReturnType<typeof usePlaces>['placeOf'];

const RolesOf = ({ person: { roles }, placeOf }: { readonly person: Person; readonly placeOf: PlaceOf }) => {
  const { t } = useTranslation();
  if (roles.length === 0) return <Text>{t('directory.roles.no')}</Text>;
  return (
    <Stack gap={0}>
      {roles.map((held) => (
        <div key={`${held.role} ${held.organizationId ?? ''}`}>
          {t(`names.role.${held.role}`)}, <bdi>{placeOf(held)}</bdi>
        </div>
      ))}
    </Stack>
  );
};

const LicencesOf = ({ person }: { readonly person: Person }) => {
  const { t } = useTranslation();
  const today = dayOf(useNow());
  const lacks = lacksLicence(person, today);
  if (!lacks && person.licences.length === 0) return undefined;
  return (
    <Stack gap={0}>
      {lacks && <Text fw={700}>{t('directory.licences.lacking')}</Text>}
      {person.licences.map(({ kind, state, from, to }, n) => {
        const validity = validityOn({ from, to }, today);
        const day = dayText(validity === 'ahead' ? from : to);
        return (
          <Text key={n} size="sm">
            <bdi>{kind}</bdi>, <bdi>{state}</bdi>, {t(`directory.licences.standing.${validity}`, { day })}
          </Text>
        );
      })}
    </Stack>
  );
};

interface RowProps {
  readonly person: Person;
  readonly index: RowIndex;
  readonly placeOf: PlaceOf;
}

const Row = ({ person, index, placeOf }: RowProps) => {
  const { t } = useTranslation();
  const { id, name } = person;
  return (
    <tr {...index}>
      <td data-label={t('directory.columns.name')} className={list['words']}>
        <Anchor
          fw={600}
          renderRoot={(props) => <Link to="/people/$id" params={{ id }} {...props} {...{ [ROW_LINK]: '' }} />}
        >
          <bdi>{name}</bdi>
        </Anchor>
      </td>
      <td data-label={t('directory.columns.roles')} className={list['words']}>
        <RolesOf person={person} placeOf={placeOf} />
      </td>
      <td data-label={t('directory.columns.licences')} className={list['words']}>
        <LicencesOf person={person} />
      </td>
      <td data-label={t('directory.columns.state')}>
        <PersonState person={person} />
      </td>
    </tr>
  );
};

const Enrolment = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [begun, begin] = useState(false);
  const enrolled = (id: string): void => {
    begin(false);
    void navigate({ to: '/people/$id', params: { id } });
  };
  return (
    <>
      <Button onClick={() => begin(true)}>{t('directory.enrol.title')}</Button>
      {begun && (
        <Suspense fallback={undefined}>
          <Enrolling enrolled={enrolled} close={() => begin(false)} />
        </Suspense>
      )}
    </>
  );
};

/** What is typed here stands in no address. */
const People = () => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [organizationId, setOrganizationId] = useState<string>();
  const [name] = useDebouncedValue(typed.trim(), TYPED_MS);
  const { organizations, lacking, error, again, placeOf } = usePlaces();
  const asked = useList('listPractitioners', {
    ...(name === '' ? {} : { name }),
    ...(organizationId === undefined ? {} : { organizationId }),
  });
  useRowKeys();
  const all = name === '' && organizationId === undefined;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>{t('nav.people')}</Title>
        <Enrolment />
      </Group>
      <Group align="flex-start" role="search" aria-label={t('directory.find')}>
        <TextInput
          dir="auto"
          autoComplete="off"
          maxLength={LONGEST_NAME}
          label={t('directory.name')}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Select
          label={t('directory.at')}
          placeholder={t('directory.anywhere')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('directory.anywhere') }}
          data={organizations.map(({ id, name: label }) => ({ value: id, label }))}
          value={organizationId ?? null}
          onChange={(id) => setOrganizationId(id ?? undefined)}
        />
      </Group>
      {error !== null && <Trouble error={error} again={again} />}
      {lackingIn(asked.data) === 0 && <Incomplete streams={lacking} />}
      <PagedTable<'listPractitioners'>
        asked={asked}
        label={t('nav.people')}
        empty={
          all
            ? [t('directory.empty'), t('directory.emptyText')]
            : [t('directory.noneFits'), t('directory.noneFitsText')]
        }
        columns={COLUMNS.map((column) => t(`directory.columns.${column}`))}
        row={(person, index) => <Row key={person.id} person={person} index={index} placeOf={placeOf} />}
      />
    </Stack>
  );
};

export const PeoplePage = () => {
  const { t } = useTranslation();
  useTitle(t('nav.people'));
  const { role } = useMe().actingAs;
  return placesFor(role).includes('/people') ? <People /> : <NotForYou />;
};
