/** Which diagnoses an order or a plan is about. */
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-service.js';
import { Loading, Trouble } from '../parts/states.js';
import { RecordFinding } from './RecordFinding.js';

const MOST = 200;

/** Those on the patient's record that an order or a plan may name; another is recorded here. */
interface Named {
  readonly diagnosisIds?: string[] | undefined;
}

interface FindingsProps {
  readonly patientId: string;
  readonly content: Named;
  readonly change: (part: Named | ((now: Named) => Named)) => void;
}

export const Findings = ({ patientId, content, change }: FindingsProps) => {
  const { t } = useTranslation();
  const { data, error } = useList('listDiagnoses', { patientId, limit: MOST });
  const [more, setMore] = useState(false);
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined) return <Loading />;
  const usable = data.pages[0]?.items.filter(({ clinicalStatus }) => clinicalStatus === 'active') ?? [];
  const named = content.diagnosisIds ?? [];
  return (
    <Stack>
      {usable.length === 0 && <Text>{t('order.noFindings')}</Text>}
      <Checkbox.Group
        role="group"
        aria-label={t('order.part.findings')}
        value={[...named]}
        onChange={(diagnosisIds) => change({ diagnosisIds })}
      >
        <Stack gap="xs">
          {usable.map(({ id, code, text }) => (
            <Checkbox key={id} value={id} label={[code, text].filter(Boolean).join(' ')} />
          ))}
        </Stack>
      </Checkbox.Group>
      {more || usable.length === 0 ? (
        <RecordFinding
          patientId={patientId}
          recorded={(id) => {
            setMore(false);
            change((now) => ({ diagnosisIds: [...(now.diagnosisIds ?? []), id] }));
          }}
        />
      ) : (
        <Group>
          <Button variant="subtle" onClick={() => setMore(true)}>
            {t('order.anotherFinding')}
          </Button>
        </Group>
      )}
    </Stack>
  );
};
