/** The plan of care under a referral: its goals and dose, what changed since the version before, and the physician's answer to it. */
import { Badge, Button, Card, Group, Stack, Table, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useList } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { Modal } from '../parts/Modal.js';
import { Trouble } from '../parts/states.js';
import { dayText } from '../parts/times.js';
import { changedSinceSigned, type Plan } from './changes.js';

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
              <Table.Td>{goal.measure}</Table.Td>
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

const Dose = ({ content: { frequency, plannedVisits, durationDays } }: Pick<Plan, 'content'>) => {
  const { t } = useTranslation();
  const said = [
    frequency !== undefined && t('plan.perWeek', { count: frequency.timesPerWeek }),
    plannedVisits !== undefined && t('plan.visits', { count: plannedVisits }),
    durationDays !== undefined && t('plan.days', { count: durationDays }),
  ].filter((one) => one !== false);
  return said.length === 0 ? undefined : <Text>{said.join(', ')}</Text>;
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

const NOTHING_ASKED = { text: '' };

const AskForChange = ({ id, close }: { readonly id: string; readonly close: () => void }) => {
  const { t } = useTranslation();
  const act = useAct('plans');
  const { typed, type, key, found, forget } = useKept(`ReviewPlan.${id}`, NOTHING_ASKED);
  const text = typed.text.trim();
  const done = (): void => {
    forget();
    close();
  };
  return (
    <Modal onClose={close} title={t('plan.askChange')} closeButtonProps={{ 'aria-label': t('act.cancel') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text !== '')
            act.mutate({ id, command: 'ReviewPlan', body: { agree: false, text }, key }, { onSuccess: done });
        }}
      >
        <Stack>
          {found && <Found anew={forget} />}
          <Textarea
            autosize
            minRows={3}
            maxLength={4000}
            dir="auto"
            required
            data-autofocus
            label={t('plan.whatChange')}
            value={typed.text}
            onChange={({ currentTarget }) => type({ text: currentTarget.value })}
          />
          {act.error !== null && <Trouble error={act.error} />}
          <Button type="submit" loading={act.isPending}>
            {t('plan.askChange')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
};

/** Asking for a change takes no more than agreeing does. */
const Answering = ({ plan }: { readonly plan: Plan }) => {
  const { t } = useTranslation();
  const act = useAct('plans');
  const [asking, setAsking] = useState(false);
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
          <>
            <Button
              variant="default"
              loading={act.isPending}
              onClick={() => act.mutate({ id, command: 'ReviewPlan', body: { agree: true }, key }, done)}
            >
              {t('plan.agree')}
            </Button>
            <Button variant="default" onClick={() => setAsking(true)}>
              {t('plan.askChange')}
            </Button>
          </>
        )}
      </Group>
      {act.error !== null && <Trouble error={act.error} />}
      {asking && <AskForChange id={id} close={() => setAsking(false)} />}
    </Stack>
  );
};

export const PlanCard = ({ referralId }: { readonly referralId: string }) => {
  const { t } = useTranslation();
  const { data, error } = useList('listPlans', { referralId, limit: 5 });
  if (error !== null) return <Trouble error={error} />;
  const plan = data?.pages[0]?.items.find(({ current }) => current);
  if (plan === undefined) return undefined;
  return (
    <Card component="section" aria-labelledby="plan" withBorder>
      <Stack gap="sm">
        <Group>
          <Title order={2} size="h4" id="plan">
            {t('plan.title')}
          </Title>
          <Badge variant="outline">{t(`names.planStage.${plan.state}`)}</Badge>
        </Group>
        <Dose content={plan.content} />
        <Changes plan={plan} />
        {plan.review !== null && !plan.review.agree && plan.review.text !== null && (
          <Text dir="auto">
            {t('plan.asked')}: {plan.review.text}
          </Text>
        )}
        {plan.content.goals !== undefined && plan.content.goals.length > 0 && (
          <Goals goals={plan.content.goals} />
        )}
        <Answering plan={plan} />
      </Stack>
    </Card>
  );
};
