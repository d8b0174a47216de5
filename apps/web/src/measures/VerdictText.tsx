/** What the score says, before it is sent: the label against its threshold, or why it cannot be recorded. */
import { Alert, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChangeLabel } from './ChangeLabel.js';
import { valueText } from './texts.js';
import type { Verdict } from './typed.js';

export const VerdictText = ({ verdict }: { readonly verdict: Verdict | undefined }) => {
  const { t } = useTranslation();
  const { refusal, measurement, change } = verdict ?? {};
  return (
    <div role="status" aria-label={t('measures.labelNow')}>
      {refusal !== undefined && (
        <Alert color="yellow" variant="light">
          {refusal.detail}
        </Alert>
      )}
      {measurement !== undefined && (
        <Stack gap={4}>
          <Group gap="xs">
            <Text size="sm">{t('measures.labelNow')}:</Text>
            <Text fw={600}>{valueText(measurement.value, measurement)}</Text>
          </Group>
          {change === undefined ? (
            <Text size="sm">{t('measures.first')}</Text>
          ) : (
            <ChangeLabel change={change} of={measurement} />
          )}
        </Stack>
      )}
    </div>
  );
};
