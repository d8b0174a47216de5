/** Minutes and units as they stand, and by which rule. */
import type { PayerProfileName } from '@fascia/clinical';
import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Intervention, Row } from './rows.js';
import { tallyOf } from './tally.js';

interface TallyProps {
  readonly recorded: readonly Intervention[];
  readonly pending: readonly Row[];
  readonly payer: PayerProfileName | null;
}

export const Tally = ({ recorded, pending, payer }: TallyProps) => {
  const { t } = useTranslation();
  const { timed, all, units } = tallyOf({ recorded, pending, payer });
  return (
    <Stack gap={4} role="status" aria-label={t('visit.tally')}>
      <Group gap="lg">
        <Text fw={600}>{t('visit.minutesInAll', { count: all })}</Text>
        <Text fw={600}>{t('visit.minutesTimed', { count: timed })}</Text>
        {units !== undefined && <Text fw={600}>{t('visit.units', { count: units.totalUnits })}</Text>}
        {units?.byCode.map(({ cpt, units: ofCode }) => (
          <Text key={cpt}>{t('visit.unitsOf', { cpt, count: ofCode })}</Text>
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        {t(units === undefined ? 'visit.rule.none' : `visit.rule.${units.method}`)}
        {pending.length > 0 && ` ${t('visit.tallyPending')}`}
      </Text>
    </Stack>
  );
};
