/** What waits: what it is, why, what that means for people, since when; and another try. */
import { Alert, Button, Code, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import list from '../parts/list.module.css';
import { Lasting } from '../parts/Moment.js';
import { ROW_ACT, ROW_LINK, rowCount, rowIndex } from '../parts/rows.js';
import { Trouble } from '../parts/states.js';
import { useRetry, type Tried } from './use-standing.js';
import type { Waiting } from './waiting.js';
import { Columns } from '../parts/Columns.js';

/** More than that is one fault, and no list to be read. */
const MOST = 50;

const COLUMNS = ['what', 'why', 'effect', 'since', 'action'] as const;

const Outcome = ({ tried }: { readonly tried: Tried }) => {
  const { t } = useTranslation();
  if (tried.model === undefined)
    return (
      <Alert color="blue" variant="light">
        {t('operations.parked.asked', { count: tried.asked })}
      </Alert>
    );
  const { model, stillParked } = tried;
  return stillParked === 0 ? (
    <Alert color="teal" variant="light">
      {t('operations.parked.done', { model })}
    </Alert>
  ) : (
    <Alert color="yellow" variant="light">
      {t('operations.parked.still', { model, count: stillParked })}
    </Alert>
  );
};

interface RowProps {
  readonly waiting: Waiting;
  readonly index: number;
  readonly retry: Pick<ReturnType<typeof useRetry>, 'isPending' | 'variables' | 'mutate'>;
}

const Row = ({ waiting, index, retry }: RowProps) => {
  const { t } = useTranslation();
  const { what, where, error, cause, effect, since } = waiting;
  return (
    <tr {...rowIndex(index)}>
      <td data-label={t('operations.parked.columns.what')} className={list['words']}>
        <Stack gap={0}>
          <Text fw={600} tabIndex={0} {...{ [ROW_LINK]: '' }}>
            <bdi>{what}</bdi>
          </Text>
          <Text size="sm">
            <bdi>{t('operations.parked.in', { where })}</bdi>
          </Text>
        </Stack>
      </td>
      <td data-label={t('operations.parked.columns.why')} className={list['words']}>
        <Stack gap={4} align="flex-start">
          <Code>{error}</Code>
          <Text size="sm">{t(`operations.causes.${cause}`)}</Text>
        </Stack>
      </td>
      <td data-label={t('operations.parked.columns.effect')} className={list['words']}>
        <Text size="sm">{t(`operations.effects.${effect}`)}</Text>
      </td>
      <td data-label={t('operations.parked.columns.since')}>
        <Lasting since={since} />
      </td>
      <td data-label={t('operations.parked.columns.action')}>
        <Button
          mih={44}
          variant="light"
          aria-label={t('operations.parked.againOf', { what, where })}
          loading={retry.isPending && retry.variables?.id === waiting.id}
          disabled={retry.isPending}
          onClick={() => retry.mutate(waiting)}
          {...{ [ROW_ACT]: '' }}
        >
          {t('operations.parked.again')}
        </Button>
      </td>
    </tr>
  );
};

export const Parked = ({ waiting }: { readonly waiting: readonly Waiting[] }) => {
  const { t } = useTranslation();
  const retry = useRetry();
  return (
    <Stack component="section" gap="xs" aria-labelledby="parked">
      <Title order={2} size="h4" id="parked">
        {t('operations.parked.title')}
      </Title>
      <div role="status">{retry.data !== undefined && <Outcome tried={retry.data} />}</div>
      {retry.error !== null && <Trouble error={retry.error} />}
      {waiting.length === 0 ? (
        <Stack gap={0}>
          <Text fw={600}>{t('operations.parked.none')}</Text>
          <Text>{t('operations.parked.noneText')}</Text>
        </Stack>
      ) : (
        <table className={list['list']} aria-labelledby="parked" {...rowCount(waiting.length)}>
          <Columns columns={COLUMNS.map((column) => t(`operations.parked.columns.${column}`))} numbered />
          <tbody>
            {waiting.slice(0, MOST).map((one, index) => (
              <Row key={one.id} waiting={one} index={index} retry={retry} />
            ))}
          </tbody>
        </table>
      )}
      {waiting.length > MOST && <Text>{t('operations.parked.more', { count: waiting.length - MOST })}</Text>}
    </Stack>
  );
};
