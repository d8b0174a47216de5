/** Who looked at whom: by a person, at a patient, in a period, whatever came of it. */
import { Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from '../api/questions.js';
import { useList } from '../api/use-service.js';
import { useTitle } from '../parts/use-title.js';
import { OUTCOMES, type Looked } from './addressed.js';
import { beginOf, endOf } from './days.js';
import { Looks } from './Looks.js';
import './own-words.js';

const page = getRouteApi('/access');

const TYPED_MS = 250;
const MOST = 20;

const asked = ({ by, of, outcome, from, to }: Looked): Asked<'listAccess'> => ({
  ...(by === undefined ? {} : { practitionerId: by }),
  ...(of === undefined ? {} : { patientId: of }),
  ...(outcome === undefined ? {} : { outcome }),
  ...(from === undefined ? {} : { from: beginOf(from) }),
  ...(to === undefined ? {} : { to: endOf(to) }),
});

/** Found by part of a name. */
const ByWhom = ({
  by,
  choose,
}: {
  readonly by: string | undefined;
  readonly choose: (by?: string) => void;
}) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [name] = useDebouncedValue(typed.trim(), TYPED_MS);
  const { data } = useList('listPractitioners', { limit: MOST, ...(name === '' ? {} : { name }) });
  const people = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Select
      label={t('auditing.by')}
      title={t('auditing.byHelp')}
      placeholder={t('auditing.anybody')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('auditing.anybody') }}
      // The service has looked for them already.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      data={people.map(({ id, name: label }) => ({ value: id, label }))}
      value={by ?? null}
      onChange={(id) => choose(id ?? undefined)}
    />
  );
};

export const AccessPage = () => {
  const { t } = useTranslation();
  useTitle(t('auditing.looksTitle'));
  const looked = page.useSearch();
  const navigate = page.useNavigate();
  const ask = (part: Partial<Record<keyof Looked, string | undefined>>): void =>
    void navigate({ search: (now) => ({ ...now, ...part }) as Looked, replace: true });
  return (
    <Stack>
      <Title order={1}>{t('auditing.looksTitle')}</Title>
      <Group align="flex-start" role="search" aria-label={t('auditing.looksTitle')}>
        <ByWhom by={looked.by} choose={(by) => ask({ by })} />
        <Select
          label={t('auditing.outcome')}
          placeholder={t('auditing.anyOutcome')}
          clearable
          clearButtonProps={{ 'aria-label': t('auditing.anyOutcome') }}
          data={OUTCOMES.map((value) => ({ value, label: t(`auditing.outcomes.${value}`) }))}
          value={looked.outcome ?? null}
          onChange={(outcome) => ask({ outcome: outcome ?? undefined })}
        />
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={t(`auditing.day.${end}`)}
            value={looked[end] ?? ''}
            onChange={({ currentTarget: { value } }) => ask({ [end]: value === '' ? undefined : value })}
          />
        ))}
      </Group>
      {looked.of !== undefined && (
        <Group>
          <Text>{t('auditing.of')}</Text>
          <Button variant="default" onClick={() => ask({ of: undefined })}>
            {t('auditing.ofAll')}
          </Button>
        </Group>
      )}
      <Looks asked={asked(looked)} label={t('auditing.looksTitle')} />
    </Stack>
  );
};
