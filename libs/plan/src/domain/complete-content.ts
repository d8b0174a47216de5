/** What a plan says once no part of it is missing. */
import type { CompleteContent, PlanContent } from '../contract/content.js';

/** @returns nothing while a part is missing. */
export const completed = (content: PlanContent): CompleteContent | undefined => {
  const {
    diagnosisIds,
    startDate,
    durationDays,
    frequency,
    plannedVisits,
    interventions,
    goals,
    precautionsConsidered,
  } = content;
  const { coInterventions = [] } = content;
  if (
    diagnosisIds === undefined ||
    startDate === undefined ||
    durationDays === undefined ||
    frequency === undefined ||
    plannedVisits === undefined ||
    interventions === undefined ||
    goals === undefined ||
    precautionsConsidered === undefined
  ) {
    return undefined;
  }
  return {
    ...content,
    diagnosisIds,
    startDate,
    durationDays,
    frequency,
    plannedVisits,
    interventions,
    goals,
    precautionsConsidered,
    coInterventions,
  };
};
