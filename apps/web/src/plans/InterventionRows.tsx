/** What is done in a visit: by which technique, where, how long, and as what it is billed. */
import { TECHNIQUES, TISSUES } from '@fascia/clinical';
import { Button, Group, MultiSelect, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { placeOfValue, placesIn, valueOf } from '../order/place-list.js';
import { NumberKept } from '../parts/NumberKept.js';
import { newIntervention, withTechnique, type Intervention, type Site } from './proposal.js';
import { RowCard, type PartProps } from './rows.js';

const sitesOf = (values: readonly string[]): Site[] =>
  values.flatMap((value) => (placeOfValue(value) ?? []) as Site | []);

const InterventionFields = ({
  one,
  put,
}: {
  readonly one: Intervention;
  readonly put: (one: Intervention) => void;
}) => {
  const { t } = useTranslation();
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Select
          label={t('planning.technique')}
          required
          searchable
          data={TECHNIQUES.map(({ code, name }) => ({ value: code, label: `${code}: ${name}` }))}
          value={one.technique === '' ? null : one.technique}
          onChange={(technique) => put(withTechnique(one, technique ?? ''))}
        />
        <MultiSelect
          label={t('planning.places')}
          required
          searchable
          data={placesIn(t)}
          value={one.sites.map(valueOf)}
          onChange={(values) => put({ ...one, sites: sitesOf(values) })}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <MultiSelect
          label={t('planning.tissues')}
          data={TISSUES.map((value) => ({ value, label: t(`names.tissue.${value}`) }))}
          value={[...one.tissues]}
          onChange={(tissues) => put({ ...one, tissues: tissues })}
        />
        <NumberKept
          label={t('planning.minutes')}
          required
          min={1}
          max={480}
          value={one.minutesPerVisit}
          change={(minutesPerVisit) => put({ ...one, minutesPerVisit })}
        />
        <TextInput
          label={t('planning.cpt')}
          required
          maxLength={10}
          value={one.cpt}
          onChange={({ currentTarget }) => put({ ...one, cpt: currentTarget.value.trim() })}
        />
      </SimpleGrid>
    </>
  );
};

export const InterventionRows = ({ referral, content: { interventions = [] }, change }: PartProps) => {
  const { t } = useTranslation();
  return (
    <Stack>
      {interventions.map((one, n) => (
        <RowCard
          key={n}
          title={t('planning.intervention', { n: n + 1 })}
          removal={t('planning.removeIntervention', { n: n + 1 })}
          remove={() => change({ interventions: interventions.toSpliced(n, 1) })}
        >
          <InterventionFields
            one={one}
            put={(other) => change({ interventions: interventions.with(n, other) })}
          />
        </RowCard>
      ))}
      <Group>
        <Button
          variant="default"
          onClick={() => change({ interventions: [...interventions, newIntervention(referral)] })}
        >
          {t('planning.addIntervention')}
        </Button>
      </Group>
    </Stack>
  );
};
