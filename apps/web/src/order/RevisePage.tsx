/** An order that was sent, said otherwise: what changes stands beside what it said, and the clinic reads why. */
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { getRouteApi, Link, Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useOne } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { goToMissing } from '../parts/missing.js';
import { Incomplete, Loading, Trouble } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import { Changes } from './Changes.js';
import { Lacking } from './Lacking.js';
import { OrderHead, OrderParts, PartCard, type PartName } from './OrderParts.js';
import { LONG_TEXT } from './parts.js';
import { Reasons } from './Reasons.js';
import { isMaterial } from './revised.js';
import { useRevision } from './use-revision.js';

type Referral = Answer<'getReferral'>;

/** To whom it goes is no part of a revision: sending it elsewhere is another step. */
// prettier-ignore
const PARTS: readonly PartName[] = ['findings', 'places', 'words', 'goals', 'dose', 'papers', 'payer', 'questions'];

interface WhatChangesProps {
  readonly referral: Referral;
  readonly revision: ReturnType<typeof useRevision>;
}

const WhatChanges = ({ referral: { patient }, revision }: WhatChangesProps) => {
  const { t } = useTranslation();
  const { order, content, changed } = revision;
  if (changed.length === 0) return <Text role="status">{t('order.revise.nothing')}</Text>;
  return (
    <>
      <Changes patientId={patient.id} before={order} now={content} />
      <Text role="status" fw={600}>
        {t(isMaterial(changed) ? 'order.revise.material' : 'order.revise.notMaterial')}
      </Text>
    </>
  );
};

/** The last step: why, all that stands in the way, and off it goes. */
const Sending = ({ referral, revision }: WhatChangesProps) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [tried, setTried] = useState(false);
  const { changed, reason, explain, refusals, error, isPending, send } = revision;
  const to = { to: '/referrals/$id', params: { id: referral.id } } as const;
  const isSaid = reason.trim() !== '';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        goToMissing(event.currentTarget);
        setTried(true);
        if (isSaid && changed.length > 0) send(() => void navigate(to));
      }}
    >
      <Stack>
        <Textarea
          {...LONG_TEXT}
          required
          label={t('order.revise.why')}
          description={t('order.revise.whyHelp')}
          error={tried && !isSaid && t('act.needed')}
          value={reason}
          onChange={({ currentTarget }) => explain(currentTarget.value)}
        />
        {refusals !== undefined && <Lacking refusals={refusals} />}
        {error !== null && <Trouble error={error} />}
        <Group>
          <Button type="submit" disabled={changed.length === 0} loading={isPending}>
            {t('order.revise.send')}
          </Button>
          <Button variant="default" renderRoot={(props) => <Link {...to} {...props} />}>
            {t('act.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const Revision = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const revision = useRevision(referral);
  const { patient } = referral;
  const { content, change, refusals = [], found, forget } = revision;
  return (
    <Stack maw={860}>
      <OrderHead patient={patient} />
      <Text>{t('order.revise.stays')}</Text>
      {found && <Found anew={forget} />}
      <OrderParts
        parts={PARTS}
        patientId={patient.id}
        birthDate={patient.birthDate}
        {...{ content, refusals, change }}
      />
      <Reasons {...{ content, refusals, change }} />
      <PartCard name="changes" title={t('order.revise.what')}>
        <Stack>
          <WhatChanges {...{ referral, revision }} />
          <Sending {...{ referral, revision }} />
        </Stack>
      </PartCard>
    </Stack>
  );
};

const page = getRouteApi('/referrals/$id/revise');

export const RevisePage = () => {
  const { t } = useTranslation();
  useTitle(t('names.deed.ReviseReferral'));
  const { id } = page.useParams();
  const { data, error, refetch } = useOne('getReferral', id);
  if (error !== null && data === undefined) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const { body: referral, lacking } = data;
  // Over meanwhile, or not theirs to change: what became of it stands there.
  if (!referral.allowedActions.includes('ReviseReferral'))
    return <Navigate to="/referrals/$id" params={{ id }} replace />;
  return (
    <>
      <Incomplete streams={lacking} />
      <Revision key={id} referral={referral} />
    </>
  );
};
