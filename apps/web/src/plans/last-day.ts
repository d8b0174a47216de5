/** How long a plan can be worked by. */
import type { Answer } from '../api/questions.js';
import { daysLater } from '../parts/zone.js';

type Plan = Pick<Answer<'listPlans'>, 'inForce' | 'certification'>;

/** @returns the last day of what is in force, or of what is certified of it where that ends before; nothing where nothing is */
export const lastDayOf = (plan: Plan | undefined): string | undefined => {
  if (plan === undefined || plan.inForce === null) return undefined;
  const { startDate, durationDays } = plan.inForce;
  const until = daysLater(startDate, durationDays);
  const certified = plan.certification?.until;
  return certified !== undefined && certified < until ? certified : until;
};
