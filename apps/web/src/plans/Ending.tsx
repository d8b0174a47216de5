/** A plan ends because treatment is done, or early with the reason. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-service.js';
import { Saying } from '../kept/Saying.js';
import { Trouble } from '../parts/states.js';
import type { Plan } from './changes.js';

export const Ending = ({ plan: { id, allowedActions } }: { readonly plan: Plan }) => {
  const { t } = useTranslation();
  const act = useAct<'plans', 'CompletePlan'>('plans');
  const [ending, setEnding] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  return (
    <Group>
      {allowedActions.includes('CompletePlan') && (
        <Button
          variant="default"
          loading={act.isPending}
          onClick={() => act.mutate({ id, command: 'CompletePlan', body: {}, key })}
        >
          {t('planning.complete')}
        </Button>
      )}
      {allowedActions.includes('DiscontinuePlan') && (
        <Button variant="light" color="red" onClick={() => setEnding(true)}>
          {t('planning.discontinue')}
        </Button>
      )}
      {act.error !== null && <Trouble error={act.error} />}
      {ending && (
        <Saying
          collection="plans"
          id={id}
          command="DiscontinuePlan"
          bodyOf={(reason) => ({ reason })}
          title={t('planning.discontinue')}
          label={t('planning.reason')}
          ends
          close={() => setEnding(false)}
        />
      )}
    </Group>
  );
};
