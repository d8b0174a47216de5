/** Soft-tissue work is one part of a plan: what others do, or the patient. */
import { CO_INTERVENTION_KINDS } from '@fascia/plan/contract';
import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Other } from './proposal.js';
import { LONGEST, RowCard, textOf, withPart, type PartProps } from './rows.js';

export const OtherRows = ({ content: { coInterventions = [] }, change }: PartProps) => {
  const { t } = useTranslation();
  const put = (n: number, one: Other): void => change({ coInterventions: coInterventions.with(n, one) });
  return (
    <Stack>
      {coInterventions.map((one, n) => (
        <RowCard
          key={n}
          title={t(`names.coIntervention.${one.kind}`)}
          removal={t('planning.removeOther', { kind: t(`names.coIntervention.${one.kind}`) })}
          remove={() => change({ coInterventions: coInterventions.toSpliced(n, 1) })}
        >
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <Select
              label={t('planning.kind')}
              allowDeselect={false}
              data={CO_INTERVENTION_KINDS.map((value) => ({
                value,
                label: t(`names.coIntervention.${value}`),
              }))}
              value={one.kind}
              onChange={(kind) => put(n, { ...one, kind: kind ?? one.kind })}
            />
            <TextInput
              label={t('planning.by')}
              required
              maxLength={200}
              dir="auto"
              value={one.by}
              onChange={({ currentTarget }) => put(n, { ...one, by: currentTarget.value })}
            />
            <TextInput
              label={t('planning.note')}
              maxLength={LONGEST}
              dir="auto"
              value={one.note ?? ''}
              onChange={({ currentTarget }) => put(n, withPart(one, 'note', textOf(currentTarget.value)))}
            />
          </SimpleGrid>
        </RowCard>
      ))}
      <Group>
        <Button
          variant="default"
          onClick={() => change({ coInterventions: [...coInterventions, { kind: 'exercise', by: '' }] })}
        >
          {t('planning.addOther')}
        </Button>
      </Group>
    </Stack>
  );
};
