/** Of a referral, for whoever treats: what to know first. */
import type { Answer } from '../api/questions.js';
import { useList } from '../api/use-service.js';
import { Trouble } from '../parts/states.js';
import { useCurrentPlan } from '../plans/use-plans.js';
import { Why } from '../visits/Why.js';

export const Packet = ({ referral }: { readonly referral: Answer<'getReferral'> }) => {
  const referralId = referral.id;
  const latest = { referralId, state: 'Signed', latestFirst: true, counted: true, limit: 1 } as const;
  const visits = useList('listSessions', latest);
  const { plan, isKnown, error: unread } = useCurrentPlan(referralId);
  const error = visits.error ?? unread;
  if (error !== null) return <Trouble error={error} />;
  const signed = visits.data?.pages[0];
  if (signed === undefined || !isKnown) return undefined;
  return <Why referral={referral} plan={plan} last={signed.items[0]} signed={signed.counts?.['signed']} />;
};
