/** Which diagnoses an order or a plan is about. */
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lackingIn, useAct, useList } from '../api/use-service.js';
import { Saying } from '../kept/Saying.js';
import { Incomplete, Loading, Trouble } from '../parts/states.js';
import type { Diagnosis } from './finding.js';
import { valueOf } from './place-list.js';
import { RecordFinding } from './RecordFinding.js';
import { ReviseFinding } from './ReviseFinding.js';

const MOST = 200;

/** Those on the patient's record that an order or a plan may name; another is recorded here. */
interface Named {
  readonly diagnosisIds?: string[] | undefined;
}

/** An order says where, too. */
interface Placed extends Named {
  readonly sites?: readonly { readonly region: string; readonly side?: string | undefined }[] | undefined;
}

interface FindingsProps {
  readonly patientId: string;
  readonly content: Placed;
  readonly change: (part: Named | ((now: Named) => Named)) => void;
}

interface JudgingProps {
  readonly diagnosis: Diagnosis;
  readonly revise: () => void;
}

/** What a physician says of a finding that somebody else wrote down, or that was wrong. */
const Judging = ({ diagnosis, revise }: JudgingProps) => {
  const { t } = useTranslation();
  const act = useAct<'diagnoses', 'ConfirmDiagnosis'>('diagnoses');
  const [key] = useState(() => crypto.randomUUID());
  const [refuting, setRefuting] = useState(false);
  const { id, code, allowedActions: allowed } = diagnosis;
  const name = code ?? '';
  const look = { size: 'compact-sm', mih: 44, variant: 'subtle' } as const;
  return (
    <>
      {allowed.includes('ConfirmDiagnosis') && (
        <Button
          {...look}
          loading={act.isPending}
          aria-label={`${t('order.confirm')}: ${name}`}
          onClick={() => act.mutate({ id, command: 'ConfirmDiagnosis', body: {}, key })}
        >
          {t('order.confirm')}
        </Button>
      )}
      {allowed.includes('ReviseDiagnosis') && (
        <Button {...look} aria-label={`${t('order.reviseFinding')}: ${name}`} onClick={revise}>
          {t('order.reviseFinding')}
        </Button>
      )}
      {allowed.includes('RefuteDiagnosis') && (
        <Button
          {...look}
          color="red"
          aria-label={`${t('order.refute')}: ${name}`}
          onClick={() => setRefuting(true)}
        >
          {t('order.refute')}
        </Button>
      )}
      {act.error !== null && <Trouble error={act.error} />}
      {refuting && (
        <Saying
          collection="diagnoses"
          id={id}
          command="RefuteDiagnosis"
          bodyOf={(reason) => ({ reason })}
          title={t('order.refute')}
          label={t('order.refuteWhy')}
          help={t('order.refuteHelp')}
          ends
          close={() => setRefuting(false)}
        />
      )}
    </>
  );
};

export const Findings = ({ patientId, content, change }: FindingsProps) => {
  const { t } = useTranslation();
  const { data, error } = useList('listDiagnoses', { patientId, limit: MOST });
  const [more, setMore] = useState(false);
  const [revising, setRevising] = useState<string>();
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined) return <Loading />;
  const { diagnosisIds: named = [], sites: [site, ...others] = [] } = content;
  const marked = site === undefined || others.length > 0 ? null : valueOf(site);
  // What was refuted meanwhile is shown where it is still named, so that it can be taken out.
  const usable =
    data.pages[0]?.items.filter(
      ({ id, clinicalStatus, verification }) =>
        clinicalStatus === 'active' && (verification !== 'refuted' || named.includes(id)),
    ) ?? [];
  const revised = usable.find(({ id }) => id === revising);
  const unsure = (one: Diagnosis): string | false =>
    one.verification !== 'confirmed' && `(${t(`names.verification.${one.verification}`)})`;
  return (
    <Stack>
      <Incomplete streams={lackingIn(data)} />
      {usable.length === 0 && <Text>{t('order.noFindings')}</Text>}
      <Checkbox.Group
        role="group"
        aria-label={t('order.part.findings')}
        value={[...named]}
        onChange={(diagnosisIds) => change({ diagnosisIds })}
      >
        <Stack gap="xs">
          {usable.map((one) => (
            <Group key={one.id} gap="xs">
              <Checkbox
                value={one.id}
                label={[one.code, one.text, unsure(one)].filter(Boolean).join(' ')}
                style={{ flex: '1 1 16rem' }}
              />
              <Judging diagnosis={one} revise={() => setRevising(one.id)} />
            </Group>
          ))}
        </Stack>
      </Checkbox.Group>
      {revised !== undefined && <ReviseFinding diagnosis={revised} close={() => setRevising(undefined)} />}
      {more || usable.length === 0 ? (
        <RecordFinding
          patientId={patientId}
          marked={marked}
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
