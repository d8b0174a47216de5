/** Under which master keys people's keys are wrapped, whose were taken away, and turning the master key over. */
import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { placesFor } from '../app/places.js';
import { Loading, NotForYou, Outdated, Trouble } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import { WRAPS } from '../parts/wraps.js';
import { useMe } from '../session/me.js';
import type { KeyStatus } from './answers.js';
import { MasterTable } from './MasterTable.js';
import { goesOn, mastersIn, type Master } from './masters.js';
import { NotTurned, Turned, Turning } from './Turning.js';
import { useKeys, useTurnOver } from './use-keys.js';
import './own-words.js';

const Turn = ({ masters }: { readonly masters: readonly Master[] }) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { mutate, data, error, isPending } = useTurnOver();
  const turn = (): void => mutate(undefined, { onSettled: () => setAsked(false) });
  return (
    <Stack gap="xs">
      <div role="status">{data !== undefined && <Turned turned={data} />}</div>
      {error !== null && <NotTurned error={error} />}
      <Button {...WRAPS} w="fit-content" loading={isPending} onClick={() => setAsked(true)}>
        {t('keys.turn')}
      </Button>
      {asked && (
        <Turning goesOn={goesOn(masters)} busy={isPending} turn={turn} close={() => setAsked(false)} />
      )}
    </Stack>
  );
};

const Erased = ({ erased }: Pick<KeyStatus, 'erased'>) => {
  const { t } = useTranslation();
  return (
    <Stack component="section" gap="xs" aria-labelledby="erased">
      <Title order={2} size="h4" id="erased">
        {t('keys.erasedTitle')}
      </Title>
      {erased === 0 ? (
        <Text>{t('keys.erasedNobody')}</Text>
      ) : (
        <>
          <Text fw={600}>{t('keys.erased', { count: erased })}</Text>
          <Text maw={720}>{t('keys.erasedText')}</Text>
        </>
      )}
    </Stack>
  );
};

const Standing = ({ status }: { readonly status: KeyStatus }) => {
  const { t } = useTranslation();
  const masters = mastersIn(status);
  return (
    <>
      <Text>
        {t('keys.current')}{' '}
        <Code>
          <bdi>{status.current}</bdi>
        </Code>
      </Text>
      <MasterTable masters={masters} />
      <Turn masters={masters} />
      <Erased erased={status.erased} />
    </>
  );
};

const Asked = () => {
  const { t } = useTranslation();
  const { data, error, refetch } = useKeys();
  const again = (): void => void refetch();
  return (
    <Stack>
      <Title order={1}>{t('keys.title')}</Title>
      <Text maw={720}>{t('keys.about')}</Text>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Trouble error={error} again={again} />}
      {data !== undefined && (
        <>
          <Outdated error={error} again={again} />
          <Standing status={data} />
        </>
      )}
    </Stack>
  );
};

export const KeysPage = () => {
  const { t } = useTranslation();
  useTitle(t('keys.title'));
  const { role } = useMe().actingAs;
  return placesFor(role).includes('/keys') ? <Asked /> : <NotForYou />;
};
