/** How many visits there are under an order, and how many were agreed, and when. */
import { daysAfter } from '@fascia/clinical/calendar';
import type { FactTools } from '@fascia/write-door';
import type { CourseFact } from '../domain/facts.js';
import { visitsUnder } from '../read/lookups.js';
import { inForceNow } from './plan-fact.js';

interface Course {
  readonly referralId: string;
  /** The visit that is asked about. */
  readonly but: string;
  readonly clinic: string | undefined;
  /** By the order. */
  readonly agreed: number | undefined;
}

export const courseOf = async (
  { referralId, but, clinic, agreed }: Course,
  tools: FactTools,
): Promise<CourseFact> => {
  const visits = await tools.lookup(visitsUnder(referralId, but));
  const found = await inForceNow(referralId, tools);
  if (found === undefined || found.plan.organizationId !== clinic) return { visits, agreed };
  const { startDate, durationDays, plannedVisits } = found.plan.content;
  return {
    visits,
    agreed: plannedVisits,
    period: { from: startDate, to: daysAfter(startDate, durationDays) },
  };
};
