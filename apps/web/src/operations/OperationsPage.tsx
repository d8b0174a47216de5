/** Where an operator's day begins: whether everything goes on, what waits and why, and how far every list is. */
import { Alert, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { placesFor } from '../app/places.js';
import { useRowKeys } from '../parts/rows.js';
import { Loading, NotForYou, Outdated, Trouble } from '../parts/states.js';
import { lengthText } from '../parts/times.js';
import { useNow } from '../parts/use-now.js';
import { useTitle } from '../parts/use-title.js';
import { useMe } from '../session/me.js';
import type { Model, Status } from './answers.js';
import { Models, Processes, Readiness } from './Facts.js';
import { Parked } from './Parked.js';
import { signsOf } from './signs.js';
import { useModels, useStatus } from './use-standing.js';
import { waitingIn } from './waiting.js';
import './own-words.js';

const Verdict = ({ fine }: { readonly fine: boolean }) => {
  const { t } = useTranslation();
  return (
    <Group gap="xs" role="status">
      {fine ? <IconCircleCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
      <Text fw={600}>{t(fine ? 'operations.ready' : 'operations.needed')}</Text>
    </Group>
  );
};

const Standing = ({ models, status }: { readonly models: readonly Model[]; readonly status: Status }) => {
  const { t } = useTranslation();
  const signs = signsOf(t, status, useNow());
  const waiting = waitingIn(models, status.parked);
  const { readiness, relay, processes } = status;
  return (
    <>
      <Verdict fine={readiness.ready && signs.length === 0 && waiting.length === 0} />
      {signs.length > 0 && (
        <Stack component="section" gap="xs" aria-label={t('operations.signs')}>
          {signs.map(({ title, text }) => (
            <Alert
              key={title}
              color="yellow"
              variant="light"
              title={title}
              icon={<IconAlertTriangle aria-hidden />}
            >
              {text}
            </Alert>
          ))}
        </Stack>
      )}
      <Parked waiting={waiting} />
      <Models models={models} />
      {relay !== null && relay.ageSeconds > 0 && (
        <Text>{t('operations.relay', { length: lengthText(relay.ageSeconds) })}</Text>
      )}
      <Readiness checks={readiness.checks} />
      <Processes processes={processes} />
    </>
  );
};

const Asked = () => {
  const models = useModels();
  const status = useStatus();
  const error = models.error ?? status.error;
  const again = (): void => {
    void models.refetch();
    void status.refetch();
  };
  if (models.data === undefined || status.data === undefined)
    return error === null ? <Loading /> : <Trouble error={error} again={again} />;
  return (
    <>
      <Outdated error={error} again={again} />
      <Standing models={models.data.items} status={status.data} />
    </>
  );
};

export const OperationsPage = () => {
  const { t } = useTranslation();
  const { role } = useMe().actingAs;
  useTitle(t('operations.title'));
  useRowKeys();
  if (!placesFor(role).includes('/operations')) return <NotForYou />;
  return (
    <Stack>
      <Title order={1}>{t('operations.title')}</Title>
      <Asked />
    </Stack>
  );
};
