/**
 * A safety question that was answered with "yes": raised as a red flag and settled in the same step, with the reason; or raised and left
 * open, which stops the order until it is cleared. Only for whoever may settle it, and only while it waits for that.
 */
import { redFlag, type RedFlagId } from '@fascia/clinical';
import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreate, type Rehearsal } from '../api/use-service.js';
import { Trouble } from '../parts/states.js';
import { useMe } from '../session/me.js';
import { LONG_TEXT } from './parts.js';

/** As the rule says it: what was answered with "yes", and nobody has raised yet. */
export const unsettledIn = (refusals: Rehearsal['refusals']): readonly string[] =>
  refusals.flatMap(({ code, about }) =>
    code === 'REFERRAL_SCREENING_POSITIVE' ? [about?.['items'] ?? []].flat().map(String) : [],
  );

interface SettleProps {
  readonly patientId: string;
  readonly flagId: RedFlagId;
  readonly reason: string;
  readonly say: (reason: string) => void;
}

export const Settle = ({ patientId, flagId, reason, say }: SettleProps) => {
  const { t } = useTranslation();
  const { role } = useMe().actingAs;
  const create = useCreate<'flags', 'RaiseFlag'>('flags');
  const [key] = useState(() => crypto.randomUUID());
  const [tried, setTried] = useState(false);
  if (role !== 'physician') return <Text mt="xs">{t('order.settle.byPhysician')}</Text>;
  const rationale = reason.trim();
  const raise = (settled: boolean): void => {
    setTried(settled);
    if (settled && rationale === '') return;
    create.mutate(
      {
        command: 'RaiseFlag',
        body: {
          patientId,
          catalogueId: flagId,
          source: 'referral-screening',
          ...(settled ? { settled: { rationale } } : {}),
        },
        key,
      },
      { onSuccess: () => say('') },
    );
  };
  const { urgency } = redFlag(flagId);
  return (
    <Alert color="red" variant="light" mt="xs" title={t(`names.redFlag.${flagId}`)}>
      <Stack gap="xs" align="stretch">
        <Text>{t('order.settle.consequence', { urgency: t(`names.urgency.${urgency}`) })}</Text>
        <Textarea
          {...LONG_TEXT}
          required
          label={t('order.settle.reason')}
          error={tried && rationale === '' && t('act.needed')}
          value={reason}
          onChange={({ currentTarget }) => say(currentTarget.value)}
        />
        {create.error !== null && <Trouble error={create.error} />}
        <Group>
          <Button loading={create.isPending} onClick={() => raise(true)}>
            {t('order.settle.settle')}
          </Button>
          <Button color="red" variant="outline" loading={create.isPending} onClick={() => raise(false)}>
            {t('order.settle.leaveOpen')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};
