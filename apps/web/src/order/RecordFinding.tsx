/** A diagnosis that is not on the record yet. */
import type { VERIFICATIONS } from '@fascia/diagnosis/contract';
import { Button, Group, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCreate } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { Trouble } from '../parts/states.js';
import { names } from '../words/names.js';
import { NOTHING_FOUND, saidOf, type Finding } from './finding.js';
import { FindingForm } from './FindingForm.js';

type Verification = (typeof VERIFICATIONS)[number];

const SURENESS = Object.keys(names.verification).filter(
  (one) => one !== 'refuted',
) as readonly Verification[];

interface Typed extends Finding {
  readonly verification: Verification | null;
}

interface RecordFindingProps {
  readonly patientId: string;
  /** What is marked on the body already. */
  readonly marked: string | null;
  readonly recorded: (id: string) => void;
}

export const RecordFinding = ({ patientId, marked, recorded }: RecordFindingProps) => {
  const { t } = useTranslation();
  // Only what somebody said: until then the place is the one that is marked, whichever that is.
  const { typed, type, key, found, forget } = useKept<Partial<Typed>>(`RecordDiagnosis.${patientId}`, {});
  const finding: Typed = { ...NOTHING_FOUND, place: marked, verification: 'confirmed', ...typed };
  const { code, verification } = finding;
  const create = useCreate<'diagnoses', 'RecordDiagnosis'>('diagnoses');
  const said = saidOf(finding);
  const change = (part: Partial<Typed>): void => type((now) => ({ ...now, ...part }));
  const record = (): void => {
    if (said === undefined || verification === null) return;
    create.mutate(
      { command: 'RecordDiagnosis', body: { ...said, patientId, verification }, key },
      {
        onSuccess: ({ id }) => {
          forget();
          recorded(id);
        },
      },
    );
  };
  return (
    <Stack>
      {found && <Found anew={forget} />}
      <FindingForm finding={finding} change={change} error={create.error}>
        <Select
          label={t('order.verification')}
          data={SURENESS.map((value) => ({ value, label: t(`names.verification.${value}`) }))}
          value={verification}
          onChange={(value) => change({ verification: value })}
        />
      </FindingForm>
      {create.error !== null && <Trouble error={create.error} />}
      <Group>
        <Button
          variant="default"
          disabled={code === null || said === undefined || verification === null}
          loading={create.isPending}
          onClick={record}
        >
          {t('order.record')}
        </Button>
      </Group>
    </Stack>
  );
};
