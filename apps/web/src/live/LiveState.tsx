/** Brings the lists that changed up to date, and shows whether it can. */
import { Badge, Tooltip } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useService } from '../api/use-service.js';
import { useMe } from '../session/me.js';
import { Live, type LiveState as State } from './live.js';

const COLOURS = { live: 'teal', catching: 'yellow', offline: 'red' } as const satisfies Readonly<
  Record<State, string>
>;

export const LiveState = () => {
  const { t } = useTranslation();
  const service = useService();
  const queries = useQueryClient();
  const { sub, actingAs } = useMe();
  const [state, setState] = useState<State>('catching');
  const { name } = actingAs;
  useEffect(() => {
    const live = new Live(service, `${sub} ${name}`, {
      state: setState,
      changed: (lists, before = Number.POSITIVE_INFINITY) =>
        void queries.invalidateQueries({
          predicate: ({ queryKey: [list], state: { dataUpdatedAt } }) =>
            (lists === 'all' || lists.includes(String(list))) && dataUpdatedAt < before,
        }),
    });
    return () => live.stop();
  }, [service, queries, sub, name]);
  return (
    <Tooltip
      label={t(`live.${state}Text`)}
      multiline
      maw={260}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Badge color={COLOURS[state]} variant="dot" role="status" tabIndex={0}>
        {t(`live.${state}`)}
      </Badge>
    </Tooltip>
  );
};
