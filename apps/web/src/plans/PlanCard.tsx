/** The plan of care under a referral: its goals and all else that is certified, what changed since the version before, and the physician's answer to it. */
import { Badge, Button, Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-service.js';
import { headline } from '../body-map/words.js';
import { SayingForm } from '../kept/Saying.js';
import { useDiagnosed } from '../order/use-diagnosed.js';
import facts from '../parts/facts.module.css';
import { Incomplete, Trouble } from '../parts/states.js';
import { dayText } from '../parts/times.js';
import { ToldLines } from '../parts/ToldLines.js';
import { changedSinceSigned, versionBefore, type Plan } from './changes.js';
import { told, TOLD_PARTS } from './told.js';
import { useCurrentPlan } from './use-plans.js';

const Goals = ({ goals }: { readonly goals: NonNullable<Plan['content']['goals']> }) => {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer
      minWidth={480}
      // Where it is narrow there is something to scroll, and nothing in it that takes the keyboard.
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('plan.goal') } }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('plan.goal')}</Table.Th>
            <Table.Th>{t('plan.measure')}</Table.Th>
            <Table.Th>{t('plan.from')}</Table.Th>
            <Table.Th>{t('plan.target')}</Table.Th>
            <Table.Th>{t('plan.by')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {goals.map((goal) => (
            <Table.Tr key={goal.goalId}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Text fw={600}>{t(`names.goal.${goal.category}`)}</Text>
                <Text dir="auto">{goal.text}</Text>
              </Table.Td>
              <Table.Td>{goal.measure !== undefined && t(`names.instrument.${goal.measure}`)}</Table.Td>
              <Table.Td>{goal.baseline}</Table.Td>
              <Table.Td>{goal.target}</Table.Td>
              <Table.Td>{goal.dueDate !== undefined && dayText(goal.dueDate)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
};

/** All that it says, beside the version before. */
const Parts = ({ plan }: { readonly plan: Plan }) => {
  const { t } = useTranslation();
  const diagnosed = useDiagnosed(plan.patientId);
  const versions = { now: plan.content, before: versionBefore(plan) };
  const parts = TOLD_PARTS.map((part) => ({ part, lines: told(part, versions, t, diagnosed) }));
  return (
    <Table className={facts['facts'] ?? ''} withRowBorders={false} verticalSpacing="xs">
      <Table.Tbody>
        {parts
          .filter(({ lines }) => lines.length > 0)
          .map(({ part, lines }) => (
            <Table.Tr key={part}>
              <Table.Th scope="row">{headline(t(`names.planPart.${part}`))}</Table.Th>
              <Table.Td>
                <ToldLines lines={lines} />
              </Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  );
};

const Changes = ({ plan }: { readonly plan: Plan }) => {
  const { t } = useTranslation();
  const changed = changedSinceSigned(plan);
  if (changed.length === 0) return undefined;
  return (
    <Text>
      {t('plan.changed')}: {changed.map((part) => t(`names.planPart.${part}`)).join(', ')}
    </Text>
  );
};

/** Asking for a change takes no more than agreeing does. */
const Answering = ({ plan }: { readonly plan: Plan }) => {
  const { t } = useTranslation();
  const act = useAct('plans');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const { id, allowedActions } = plan;
  const done = { onSuccess: () => setKey(crypto.randomUUID()) };
  return (
    <Stack gap="sm">
      <Group gap="sm">
        {allowedActions.includes('CertifyPlan') && (
          <Button
            loading={act.isPending}
            onClick={() => act.mutate({ id, command: 'CertifyPlan', body: {}, key }, done)}
          >
            {t('plan.certify')}
          </Button>
        )}
        {allowedActions.includes('ReviewPlan') && (
          <Button
            variant="default"
            loading={act.isPending}
            onClick={() => act.mutate({ id, command: 'ReviewPlan', body: { agree: true }, key }, done)}
          >
            {t('plan.agree')}
          </Button>
        )}
      </Group>
      {act.error !== null && <Trouble error={act.error} />}
      {allowedActions.includes('ReviewPlan') && (
        <SayingForm
          collection="plans"
          id={id}
          command="ReviewPlan"
          bodyOf={(text) => ({ agree: false, text })}
          title={t('plan.askChange')}
          label={t('plan.whatChange')}
          beside
        />
      )}
    </Stack>
  );
};

export const PlanCard = ({ referralId }: { readonly referralId: string }) => {
  const { t } = useTranslation();
  const { plan, lacking, error } = useCurrentPlan(referralId);
  if (error !== null) return <Trouble error={error} />;
  const incomplete = <Incomplete streams={lacking} />;
  // It may be just what is lacking.
  if (plan === undefined) return incomplete;
  return (
    <Card component="section" aria-labelledby="plan" withBorder>
      <Stack gap="sm">
        {incomplete}
        <Group>
          <Title order={2} size="h4" id="plan">
            {t('plan.title')}
          </Title>
          <Badge variant="outline">{t(`names.planStage.${plan.state}`)}</Badge>
        </Group>
        <Changes plan={plan} />
        {plan.review !== null && !plan.review.agree && plan.review.text !== null && (
          <Text dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {t('plan.asked')}: {plan.review.text}
          </Text>
        )}
        {plan.content.goals !== undefined && plan.content.goals.length > 0 && (
          <Goals goals={plan.content.goals} />
        )}
        <Parts plan={plan} />
        <Answering plan={plan} />
      </Stack>
    </Card>
  );
};
