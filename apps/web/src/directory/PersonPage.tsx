/** Somebody who works in the network: whether they can sign in, their roles, and their licences. */
import './own-words.js';
import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOne } from '../api/use-service.js';
import { placesFor } from '../app/places.js';
import { useRowKeys } from '../parts/rows.js';
import { Incomplete, Loading, NotForYou, Outdated, Trouble } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import { useMe } from '../session/me.js';
import { Licences } from './Licences.js';
import { PersonState } from './PersonState.js';
import { RolesHeld } from './RolesHeld.js';
import type { Person } from './standing.js';
import type { Suspension } from './Suspending.js';
import { usePlaces } from './use-places.js';

const Suspending = lazy(async () => ({ default: (await import('./Suspending.js')).Suspending }));

const page = getRouteApi('/people/$id');

const Back = () => {
  const { t } = useTranslation();
  return (
    <Anchor w="fit-content" renderRoot={(props) => <Link to="/people" {...props} />}>
      {t('directory.back')}
    </Anchor>
  );
};

const Suspend = ({ person: { id, suspended } }: { readonly person: Person }) => {
  const { t } = useTranslation();
  // What was begun goes on as that, whatever becomes of them meanwhile.
  const [begun, begin] = useState<Suspension>();
  const offered: Suspension = suspended ? 'ReinstatePractitioner' : 'SuspendPractitioner';
  return (
    <>
      <Button
        w="fit-content"
        mih={44}
        {...(suspended ? { variant: 'default' } : { variant: 'outline', color: 'red' })}
        onClick={() => begin(offered)}
      >
        {t(`directory.suspension.title.${offered}`)}
      </Button>
      {begun !== undefined && (
        <Suspense fallback={undefined}>
          <Suspending id={id} command={begun} close={() => begin(undefined)} />
        </Suspense>
      )}
    </>
  );
};

const Head = ({ person }: { readonly person: Person }) => {
  const { t } = useTranslation();
  const { name, hasNpi, taxonomies } = person;
  return (
    <Stack gap="xs">
      <Title order={1} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{name}</bdi>
      </Title>
      <PersonState person={person} />
      <Text>{t(hasNpi ? 'directory.npi' : 'directory.noNpi')}</Text>
      {taxonomies.length > 0 && (
        <Text style={{ overflowWrap: 'anywhere' }}>
          <bdi>{t('directory.taxonomies', { codes: taxonomies.join(', ') })}</bdi>
        </Text>
      )}
      <Suspend person={person} />
    </Stack>
  );
};

const Opened = ({ id }: { readonly id: string }) => {
  const { data, error, refetch } = useOne('getPractitioner', id);
  const places = usePlaces();
  const again = (): void => void refetch();
  if (data === undefined) return error === null ? <Loading /> : <Trouble error={error} again={again} />;
  const { body: person, lacking } = data;
  return (
    <>
      <Head person={person} />
      <Outdated error={error} again={again} />
      <Incomplete streams={Math.max(lacking, places.lacking)} />
      {places.error !== null && <Trouble error={places.error} again={places.again} />}
      <RolesHeld person={person} placeOf={places.placeOf} />
      <Licences person={person} />
    </>
  );
};

const PersonById = () => {
  const { id } = page.useParams();
  useRowKeys();
  return (
    <Stack>
      <Back />
      <Opened key={id} id={id} />
    </Stack>
  );
};

export const PersonPage = () => {
  const { t } = useTranslation();
  useTitle(t('directory.person'));
  const { role } = useMe().actingAs;
  return placesFor(role).includes('/people') ? <PersonById /> : <NotForYou />;
};
