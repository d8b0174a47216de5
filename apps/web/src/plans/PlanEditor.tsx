/** A plan while it is written: kept on the server, signed once nothing stands in the way. */
import {
  Alert,
  Button,
  Card,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BodyOf } from '../api/commands.js';
import type { Answer } from '../api/questions.js';
import { useAct } from '../api/use-service.js';
import { Findings } from '../order/Findings.js';
import { Precautions } from '../order/Precautions.js';
import { Kept } from '../kept/Kept.js';
import { useDraft } from '../kept/use-draft.js';
import { useSigning } from '../kept/use-signing.js';
import { WaitingParts } from '../kept/WaitingParts.js';
import { NumberTyped } from '../parts/NumberTyped.js';
import { Trouble } from '../parts/states.js';
import { names } from '../words/names.js';
import { changedIn, type Plan } from './changes.js';
import { GoalRows } from './GoalRows.js';
import { InterventionRows } from './InterventionRows.js';
import { OtherRows } from './OtherRows.js';
import { LackingParts } from './LackingParts.js';
import type { Content } from './proposal.js';
import { lines, textOf, withPart, type PartProps } from './rows.js';

const DiagnosesPart = ({ referral, content, change }: PartProps) => (
  <Findings
    patientId={referral.patient.id}
    content={{ diagnosisIds: content.diagnosisIds }}
    change={(part) => {
      const { diagnosisIds = [] } =
        typeof part === 'function' ? part({ diagnosisIds: content.diagnosisIds }) : part;
      change({ diagnosisIds });
    }}
  />
);

const DosePart = ({ content, change }: PartProps) => {
  const { t } = useTranslation();
  const { frequency } = content;
  // One that is emptied to be typed anew takes with it for how long it holds, and brings that back.
  const [last, remember] = useState(frequency);
  const whole = { min: 1, allowDecimal: false } as const;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} spacing="sm">
      <TextInput
        type="date"
        label={t('planning.startDate')}
        value={content.startDate ?? ''}
        onChange={({ currentTarget }) => change({ startDate: textOf(currentTarget.value) })}
      />
      <NumberTyped
        {...whole}
        max={366}
        label={t('planning.durationDays')}
        value={content.durationDays}
        change={(durationDays) => change({ durationDays })}
      />
      <NumberTyped
        min={0.5}
        max={7}
        step={0.5}
        label={t('planning.timesPerWeek')}
        value={frequency?.timesPerWeek}
        change={(timesPerWeek) => {
          if (frequency !== undefined) remember(frequency);
          const said = timesPerWeek === undefined ? undefined : { ...last, ...frequency, timesPerWeek };
          change({ frequency: said });
        }}
      />
      <NumberTyped
        {...whole}
        max={52}
        label={t('planning.weeks')}
        disabled={frequency === undefined}
        value={frequency?.weeks}
        change={(weeks) =>
          frequency !== undefined && change({ frequency: withPart(frequency, 'weeks', weeks) })
        }
      />
      <NumberTyped
        {...whole}
        max={200}
        label={t('planning.plannedVisits')}
        value={content.plannedVisits}
        change={(plannedVisits) => change({ plannedVisits })}
      />
    </SimpleGrid>
  );
};

const OthersPart = (props: PartProps) => {
  const { t } = useTranslation();
  const { content, change } = props;
  return (
    <Stack>
      <OtherRows {...props} />
      <Textarea
        {...lines}
        label={t('planning.homeProgram')}
        value={content.homeProgram ?? ''}
        onChange={({ currentTarget }) => change({ homeProgram: textOf(currentTarget.value) })}
      />
    </Stack>
  );
};

const PrecautionsPart = ({ content, change }: PartProps) => {
  const { t } = useTranslation();
  return (
    <Precautions
      label={t('planning.precautionsLabel')}
      help={t('planning.precautionsHelp')}
      none={t('planning.precautionsNone')}
      value={content.precautionsConsidered}
      change={(precautionsConsidered) => change({ precautionsConsidered })}
    />
  );
};

const PARTS = [
  ['findings', DiagnosesPart],
  ['goals', GoalRows],
  ['dose', DosePart],
  ['interventions', InterventionRows],
  ['others', OthersPart],
  ['precautions', PrecautionsPart],
] as const satisfies readonly (readonly [string, (props: PartProps) => ReactNode])[];

const Changes = ({ content, inForce }: { readonly content: Content; readonly inForce: Plan['inForce'] }) => {
  const { t } = useTranslation();
  const changed = changedIn({ content, inForce });
  if (changed.length === 0) return undefined;
  return (
    <Text role="status">
      {t('planning.changed')}: {changed.map((part) => t(`names.planPart.${part}`)).join(', ')}
    </Text>
  );
};

interface EditorProps {
  readonly referral: Answer<'getReferral'>;
  readonly plan: Plan;
}

export const PlanEditor = ({ referral, plan }: EditorProps) => {
  const { t } = useTranslation();
  const act = useAct<'plans', 'EstablishPlan'>('plans');
  const [key] = useState(() => crypto.randomUUID());
  const draft = useDraft('plans', plan);
  const { content, change, readable, waiting, flush, saving, error, unheld, forget } = draft;
  const { sign, isSaving, ...standing } = useSigning(draft);
  const establish = (ifVersion: number): void =>
    act.mutate({ id: plan.id, command: 'EstablishPlan', body: {}, key, ifVersion }, { onSuccess: forget });
  return (
    <Stack>
      {plan.review !== null && !plan.review.agree && plan.review.text !== null && (
        <Alert title={t('planning.asked')}>
          <Text dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {plan.review.text}
          </Text>
        </Alert>
      )}
      {PARTS.map(([name, Part]) => (
        <Card key={name} component="section" aria-labelledby={`part-${name}`} withBorder>
          <Title order={2} size="h4" id={`part-${name}`} mb="sm">
            {t(`planning.part.${name}`)}
          </Title>
          <Part {...{ referral, content, change }} />
        </Card>
      ))}
      <Changes content={readable} inForce={plan.inForce} />
      <WaitingParts
        parts={waiting.map(({ part, why }) => ({ name: t(`names.planPart.${part}`), why }))}
        {...standing}
      />
      {error !== undefined && <Trouble error={error} again={() => void flush()} />}
      {unheld !== undefined && <Trouble error={unheld} />}
      {act.error !== null && <Trouble error={act.error} />}
      <LackingParts error={act.error} />
      <Group>
        {plan.allowedActions.includes('EstablishPlan') && (
          <Button loading={isSaving || act.isPending} onClick={() => void sign(establish)}>
            {t('planning.establish')}
          </Button>
        )}
        <Kept saving={saving} />
      </Group>
    </Stack>
  );
};

const CHANNELS = Object.keys(names.submitChannel) as readonly BodyOf<'plans', 'SubmitPlan'>['channel'][];

/** Signed: it goes to the physician by whatever way. */
export const Submitting = ({ plan, done }: { readonly plan: Plan; readonly done: () => void }) => {
  const { t } = useTranslation();
  const act = useAct<'plans', 'SubmitPlan'>('plans');
  const [channel, setChannel] = useState(CHANNELS[0] ?? 'portal');
  const [key] = useState(() => crypto.randomUUID());
  return (
    <Stack maw={420}>
      <Select
        label={t('planning.channel')}
        allowDeselect={false}
        data={CHANNELS.map((value) => ({ value, label: t(`names.submitChannel.${value}`) }))}
        value={channel}
        onChange={(value) => setChannel(value ?? channel)}
      />
      {act.error !== null && <Trouble error={act.error} />}
      <Group>
        <Button
          loading={act.isPending}
          onClick={() =>
            act.mutate({ id: plan.id, command: 'SubmitPlan', body: { channel }, key }, { onSuccess: done })
          }
        >
          {t('planning.submit')}
        </Button>
      </Group>
    </Stack>
  );
};
