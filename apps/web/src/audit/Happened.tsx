/** What had happened, latest first: who, why, of what it followed, and everything that was recorded with it. */
import { Anchor, Code, Stack, Text } from '@mantine/core';
import type { CaseHistory } from '@fascia/audit';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FactTable } from '../parts/FactTable.js';
import list from '../parts/list.module.css';
import { Exact } from './Exact.js';
import { exactText } from '../parts/times.js';
import { Who } from '../parts/Who.js';
import { categoryOf, causeOf, isLate, spelled } from './moments.js';

type Event = CaseHistory['events'][number];

const COLUMNS = ['recorded', 'what', 'who', 'why'] as const;

const Why = ({ event, cause }: { readonly event: Event; readonly cause: Event | undefined }) => {
  const { t } = useTranslation();
  return (
    <Stack gap={0}>
      {event.reason !== null && <Text dir="auto">{event.reason}</Text>}
      {isLate(event) && (
        <Text>
          <strong>{t('auditing.late')}</strong>.{' '}
          {t('auditing.occurred', { when: exactText(event.occurredAt) })}
        </Text>
      )}
      {cause !== undefined && <Text size="sm">{t('auditing.because', { what: spelled(cause.type) })}</Text>}
      <details>
        <summary>{t('auditing.data')}</summary>
        <Code block dir="auto">
          {JSON.stringify(event.data, undefined, 2)}
        </Code>
      </details>
    </Stack>
  );
};

export const Happened = ({ id, events }: Pick<CaseHistory, 'id' | 'events'>) => {
  const { t } = useTranslation();
  return (
    <FactTable
      id="happened"
      title={t('auditing.happened')}
      columns={COLUMNS.map((column) => t(`auditing.${column}`))}
    >
      {events.toReversed().map((event) => (
        <tr key={event.id}>
          <td data-label={t('auditing.recorded')}>
            <Anchor
              title={t('auditing.show')}
              renderRoot={(props) => (
                <Link to="/audit/cases/$id" params={{ id }} search={{ at: event.recordedAt }} {...props} />
              )}
            >
              <Exact at={event.recordedAt} />
            </Anchor>
          </td>
          <td data-label={t('auditing.what')} className={list['words']}>
            <Text fw={600}>{spelled(event.type)}</Text>
            <Text size="sm">{spelled(categoryOf(event.stream))}</Text>
          </td>
          <td data-label={t('auditing.who')} className={list['words']}>
            <Who byName={event.byName} role={event.actor.role} />
          </td>
          <td data-label={t('auditing.why')} className={list['words']}>
            <Why event={event} cause={causeOf(events, event)} />
          </td>
        </tr>
      ))}
    </FactTable>
  );
};
