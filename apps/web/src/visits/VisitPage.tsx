/** A visit from the booking to the signed note, on one page. */
import type { PayerProfileName } from '@fascia/clinical';
import { Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import '../api/no-eval.js';
import { useList, useOne } from '../api/use-service.js';
import { Incomplete, Loading, Trouble } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import { Warnings } from '../safety/Warnings.js';
import { useMe } from '../session/me.js';
import { Deeds } from './Deeds.js';
import { lastSigned, type Visit } from './rows.js';
import { Stages } from './Stages.js';
import { VisitHead, Why } from './VisitHead.js';
import css from './visit.module.css';

const MOST = 200;

/** What a visit stands on: its order, the plan in force, the visits before it, and who works here. */
const useAround = ({ id, start, referralId }: Visit) => {
  const { organizationId } = useMe().actingAs;
  const referral = useOne('getReferral', referralId);
  const plans = useList('listPlans', { referralId, limit: MOST });
  const visits = useList('listSessions', {
    referralId,
    state: 'Signed',
    to: start,
    latestFirst: true,
    limit: 1,
  });
  const people = useList('listPractitioners', {
    ...(organizationId === null ? {} : { organizationId }),
    limit: MOST,
  });
  const signed = visits.data?.pages.flatMap(({ items }) => items) ?? [];
  return {
    referral: referral.data?.body,
    plan: plans.data?.pages[0]?.items.find(({ current }) => current)?.inForce ?? undefined,
    last: lastSigned(signed, { id, start }),
    people: people.data?.pages[0]?.items,
    error: referral.error ?? plans.error ?? visits.error ?? people.error,
    waits: referral.data === undefined || plans.data === undefined || visits.data === undefined,
    lacking: Math.max(
      plans.data?.pages[0]?.incomplete?.streams ?? 0,
      visits.data?.pages[0]?.incomplete?.streams ?? 0,
    ),
  };
};

const Opened = ({ visit, lacking }: { readonly visit: Visit; readonly lacking: number }) => {
  const { referral, plan, last, people, error, waits, lacking: around } = useAround(visit);
  const [first] = useState(visit.state);
  const payer: PayerProfileName | null = referral?.payerProfile ?? null;
  return (
    <Stack className={css['visit'] ?? ''}>
      <VisitHead visit={visit} referral={referral} />
      <Incomplete streams={lacking + around} />
      {error !== null && <Trouble error={error} />}
      <Warnings patientId={visit.patientId} />
      <Why referral={referral} last={last} />
      {waits && error === null ? (
        <Loading />
      ) : (
        <Stages {...{ visit, plan, payer, last, people }} moved={visit.state !== first} />
      )}
      <Deeds visit={visit} />
    </Stack>
  );
};

const page = getRouteApi('/visits/$id');

export const VisitPage = () => {
  const { t } = useTranslation();
  const { id } = page.useParams();
  useTitle(t('visit.title'));
  const { data, error, refetch } = useOne('getSession', id);
  if (error !== null && data === undefined) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return <Opened key={id} visit={data.body} lacking={data.lacking} />;
};
