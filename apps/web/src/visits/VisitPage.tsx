/** A visit from the booking to the signed note, on one page. */
import './own-words.js';
import type { PayerProfileName } from '@fascia/clinical';
import { Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import '../api/no-eval.js';
import { lackingIn, useList, useOne } from '../api/use-service.js';
import { Incomplete, Loading, Outdated, Trouble } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import { useCurrentPlan } from '../plans/use-plans.js';
import { Warnings } from '../safety/Warnings.js';
import { useMe } from '../session/me.js';
import { Deeds } from './Deeds.js';
import { lastSigned, type Visit } from './rows.js';
import { Stages } from './Stages.js';
import { VisitHead } from './VisitHead.js';
import { Why } from './Why.js';
import css from './visit.module.css';

const MOST = 200;

/** What a visit stands on: its order, the plan in force, the visits before it, and who works here. */
const useAround = ({ id, start, referralId }: Visit) => {
  const { organizationId } = useMe().actingAs;
  const referral = useOne('getReferral', referralId);
  const planned = useCurrentPlan(referralId);
  const visits = useList('listSessions', {
    referralId,
    state: 'Signed',
    to: start,
    latestFirst: true,
    counted: true,
    limit: 1,
  });
  const people = useList('listPractitioners', {
    ...(organizationId === null ? {} : { organizationId }),
    limit: MOST,
  });
  const signed = visits.data?.pages.flatMap(({ items }) => items) ?? [];
  return {
    referral: referral.data?.body,
    plan: planned.plan,
    last: lastSigned(signed, { id, start }),
    signed: visits.data?.pages[0]?.counts?.['signed'],
    people: people.data?.pages[0]?.items,
    error: referral.error ?? planned.error ?? visits.error ?? people.error,
    waits: referral.data === undefined || !planned.isKnown || visits.data === undefined,
    lacking: Math.max(planned.lacking, lackingIn(visits.data)),
  };
};

const Opened = ({ visit, lacking }: { readonly visit: Visit; readonly lacking: number }) => {
  const { referral, plan: current, last, signed, people, error, waits, lacking: around } = useAround(visit);
  const plan = current?.inForce ?? undefined;
  const [first] = useState(visit.state);
  const payer: PayerProfileName | null = referral?.payerProfile ?? null;
  return (
    <Stack className={css['visit'] ?? ''}>
      <VisitHead visit={visit} referral={referral} />
      <Incomplete streams={lacking + around} />
      {error !== null && <Trouble error={error} />}
      <Warnings patientId={visit.patientId} />
      {referral !== undefined && !waits && <Why {...{ referral, plan: current, last, signed }} />}
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
  return (
    <>
      <Outdated error={error} again={() => void refetch()} />
      <Opened key={id} visit={data.body} lacking={data.lacking} />
    </>
  );
};
