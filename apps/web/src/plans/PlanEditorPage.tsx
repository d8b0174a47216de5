/** The plan of care under a referral: begun from the order, written, signed, sent. */
import { Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useCreate, useOne, useOneAnew } from '../api/use-service.js';
import { Empty, Incomplete, Loading, Trouble } from '../parts/states.js';
import { dayText } from '../parts/times.js';
import { useTitle } from '../parts/use-title.js';
import { dayIn } from '../parts/zone.js';
import { Warnings } from '../safety/Warnings.js';
import { useClinic } from '../schedule/use-clinic.js';
import { useMe } from '../session/me.js';
import type { Plan } from './changes.js';
import { Ending } from './Ending.js';
import { PlanCard } from './PlanCard.js';
import { PlanEditor, Submitting } from './PlanEditor.js';
import { proposalFrom } from './proposal.js';
import { useCurrentPlan } from './use-plans.js';
import { PLANNERS } from './who-plans.js';

type Referral = Answer<'getReferral'>;

const Begin = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const { role } = useMe().actingAs;
  const create = useCreate<'plans', 'DraftPlan'>('plans');
  const [key] = useState(() => crypto.randomUUID());
  const { clinic, error } = useClinic();
  const begin = (zone: string): void => {
    const today = dayIn(new Date().toISOString(), zone);
    const content = proposalFrom(referral, today, () => crypto.randomUUID());
    create.mutate({ command: 'DraftPlan', body: { referralId: referral.id, content }, key });
  };
  const failed = error ?? create.error;
  if (!PLANNERS.includes(role)) return <Empty title={t('planning.none')} text={t('planning.noneText')} />;
  return (
    <Empty title={t('planning.write')} text={t('planning.beginText')}>
      {failed !== null && <Trouble error={failed} />}
      {clinic !== undefined && (
        <Button loading={create.isPending} onClick={() => begin(clinic.zone)}>
          {t('planning.begin')}
        </Button>
      )}
    </Empty>
  );
};

const Written = ({ referral, id }: { readonly referral: Referral; readonly id: string }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, error, refetch } = useOneAnew('getPlan', id);
  if (error !== null && data === undefined) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const plan: Plan = data.body;
  const { allowedActions: allowed } = plan;
  const [edits, submits] = [allowed.includes('EditPlan'), allowed.includes('SubmitPlan')];
  const back = (): void => void navigate({ to: '/referrals/$id', params: { id: referral.id } });
  return (
    <Stack>
      <Incomplete streams={data.lacking} />
      {edits && (
        <Group>
          <Badge variant="outline">{t(`names.planStage.${plan.state}`)}</Badge>
        </Group>
      )}
      {/* A version that somebody else signed meanwhile is another text. */}
      {edits && <PlanEditor key={`${plan.id}/${plan.planVersion}`} referral={referral} plan={plan} />}
      {submits && <Submitting plan={plan} done={back} />}
      {!edits && <PlanCard referralId={referral.id} />}
      {!edits && !submits && <Text>{t('planning.notNowText')}</Text>}
      <Ending plan={plan} />
    </Stack>
  );
};

const page = getRouteApi('/referrals/$id/plan');

export const PlanEditorPage = () => {
  const { t } = useTranslation();
  useTitle(t('planning.title'));
  const { id } = page.useParams();
  const referral = useOne('getReferral', id);
  const { plan: current, isKnown, lacking, error: unread } = useCurrentPlan(id);
  const error = referral.error ?? unread;
  if (referral.data === undefined || !isKnown)
    return error === null ? <Loading /> : <Trouble error={error} again={() => void referral.refetch()} />;
  const { body } = referral.data;
  return (
    <Stack maw={960}>
      <Anchor renderRoot={(props) => <Link to="/referrals/$id" params={{ id }} {...props} />}>
        {t('planning.back')}
      </Anchor>
      <Title order={1}>
        {t('planning.title')}: <bdi>{body.patient.name ?? t('state.unnamed')}</bdi>
      </Title>
      {body.patient.birthDate !== null && (
        <Text>{t('referrals.born', { date: dayText(body.patient.birthDate) })}</Text>
      )}
      <Warnings patientId={body.patient.id} />
      <Incomplete streams={lacking} />
      {current !== undefined && <Written key={current.id} referral={body} id={current.id} />}
      {/* Where something is lacking it may be the plan: then nobody begins another one. */}
      {current === undefined && lacking === 0 && <Begin referral={body} />}
    </Stack>
  );
};
