/** One order on one page: kept on the server while it is written, and sent once nothing stands in the way. */
import { Button, Group, Stack } from '@mantine/core';
import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useAct, useOneAnew } from '../api/use-service.js';
import { Kept } from '../kept/Kept.js';
import { useDraft } from '../kept/use-draft.js';
import { useSigning } from '../kept/use-signing.js';
import { WaitingParts } from '../kept/WaitingParts.js';
import { Incomplete, Loading, Trouble } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import type { Content } from './content.js';
import { Checklist, useChecklist } from './Checklist.js';
import { PART_LABELS } from './part-labels.js';
import { OrderHead, OrderParts, type PartName } from './OrderParts.js';
import { Reasons } from './Reasons.js';

type Referral = Answer<'getReferral'>;

// prettier-ignore
const PARTS: readonly PartName[] = ['findings', 'places', 'words', 'goals', 'dose', 'papers', 'clinic', 'questions'];

const Draft = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, patient } = referral;
  const act = useAct('referrals');
  const saved = { ...referral, content: referral.content as Content };
  const draft = useDraft('referrals', saved);
  const { content, change, waiting, flush, saving, error, unheld, forget } = draft;
  const { sign, isSaving, ...standing } = useSigning(draft);
  const maySend = referral.allowedActions.includes('SendReferral');
  const checked = useChecklist(referral, saving === 'saved');
  const { refusals = [] } = checked;
  const sent = (): void => {
    forget();
    void navigate({ to: '/referrals/$id', params: { id } });
  };
  const send = (ifVersion: number): void =>
    act.mutate(
      { id, command: 'SendReferral', body: {}, key: crypto.randomUUID(), ifVersion },
      { onSuccess: sent },
    );
  return (
    <Stack maw={860}>
      <OrderHead patient={patient} />
      <OrderParts
        parts={PARTS}
        patientId={patient.id}
        birthDate={patient.birthDate}
        {...{ content, refusals, change }}
      />
      {error !== undefined && <Trouble error={error} again={() => void flush()} />}
      {unheld !== undefined && <Trouble error={unheld} />}
      {act.error !== null && <Trouble error={act.error} />}
      <Reasons content={content} refusals={refusals} change={change} />
      <WaitingParts
        parts={waiting.map(({ part, why }) => ({ name: t(PART_LABELS[part]), why }))}
        {...standing}
      />
      <Checklist {...checked} isWhole={waiting.length === 0} />
      <Group>
        {maySend && (
          <Button loading={isSaving || act.isPending} onClick={() => void sign(send)}>
            {t('names.deed.SendReferral')}
          </Button>
        )}
        <Kept saving={saving} />
      </Group>
    </Stack>
  );
};

const page = getRouteApi('/referrals/$id/draft');

export const DraftPage = () => {
  const { t } = useTranslation();
  useTitle(t('order.title'));
  const { id } = page.useParams();
  const { data, error, refetch } = useOneAnew('getReferral', id);
  if (error !== null && data === undefined) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const { body: referral, lacking } = data;
  // Sent meanwhile, or thrown away: what became of it stands there.
  if (!referral.allowedActions.some((one) => one === 'EditDraft' || one === 'SendReferral'))
    return <Navigate to="/referrals/$id" params={{ id }} replace />;
  return (
    <>
      <Incomplete streams={lacking} />
      <Draft referral={referral} />
    </>
  );
};
