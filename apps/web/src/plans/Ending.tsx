/** A plan ends because treatment is done, or early with the reason. */
import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-service.js';
import { Trouble } from '../parts/states.js';
import type { Plan } from './changes.js';

const LONGEST = 4000;

export const Ending = ({ plan: { id, allowedActions } }: { readonly plan: Plan }) => {
  const { t } = useTranslation();
  const act = useAct<'plans', 'CompletePlan' | 'DiscontinuePlan'>('plans');
  const [ending, setEnding] = useState(false);
  const [typed, type] = useState({ reason: '' });
  const [key] = useState(() => crypto.randomUUID());
  const reason = typed.reason.trim();
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
      {act.error !== null && !ending && <Trouble error={act.error} />}
      <Modal
        opened={ending}
        onClose={() => setEnding(false)}
        title={t('planning.discontinue')}
        closeButtonProps={{ 'aria-label': t('act.cancel') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (reason !== '')
              act.mutate(
                { id, command: 'DiscontinuePlan', body: { reason }, key },
                { onSuccess: () => setEnding(false) },
              );
          }}
        >
          <Stack>
            <Textarea
              autosize
              minRows={2}
              maxLength={LONGEST}
              dir="auto"
              required
              data-autofocus
              label={t('planning.reason')}
              value={typed.reason}
              onChange={({ currentTarget }) => type({ reason: currentTarget.value })}
            />
            {act.error !== null && <Trouble error={act.error} />}
            <Button type="submit" color="red" loading={act.isPending}>
              {t('planning.discontinue')}
            </Button>
          </Stack>
        </form>
      </Modal>
    </Group>
  );
};
