/** The plans of a referral, asked for in one way: a page that shows them in several places asks once. */
import { lackingIn, useList } from '../api/use-service.js';

/** More than a referral has. */
const MOST = 200;

export const usePlans = (referralId: string) => useList('listPlans', { referralId, limit: MOST });

/** The one that is worked by or written now. */
export const useCurrentPlan = (referralId: string) => {
  const { data, error } = usePlans(referralId);
  return {
    plan: data?.pages[0]?.items.find(({ current }) => current),
    isKnown: data !== undefined,
    lacking: lackingIn(data),
    error,
  };
};
