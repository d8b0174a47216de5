/**
 * PM4, PM5, PM20: a clinic's plan ends with its leg. Once a referral has gone elsewhere or is over, the plan that is still
 * current is discontinued, so that the next clinic can make its own (one current plan per referral).
 */
import { idOf, type Envelope } from '@fascia/kernel';
import { LEG_ENDS } from './leg.js';
import type { Memory, ProcessManager, RequestedCommand } from './process.js';

const PLAN = 'plan/';

const discontinue = (planId: string, reason: string): RequestedCommand => ({
  category: 'plan',
  id: planId,
  command: { type: 'DiscontinuePlan', reason },
});

const currentPlans = (memory: Memory): readonly string[] =>
  Object.keys(memory).flatMap((key) =>
    key.startsWith(PLAN) && memory[key] === true ? [key.slice(PLAN.length)] : [],
  );

const endLeg = (
  event: Envelope,
  memory: Memory,
): { noted: Memory; commands: readonly RequestedCommand[] } => {
  const plans = currentPlans(memory);
  return {
    noted: { endedBy: event.type, ...Object.fromEntries(plans.map((id) => [PLAN + id, false])) },
    commands: plans.map((id) => discontinue(id, event.type)),
  };
};

export const endPlanWithLeg: ProcessManager = {
  name: 'end-plan-with-leg',
  takes: ['PlanDrafted', 'PlanCompleted', 'PlanDiscontinued', 'ReferralAccepted', ...LEG_ENDS],
  react: (event, { memory }) => {
    const plan = PLAN + idOf(event.stream);
    const { endedBy } = memory;
    switch (event.type) {
      case 'ReferralAccepted':
        return { noted: { endedBy: null } };
      case 'PlanDrafted':
        // Drafted while the leg was being ended by somebody else.
        return typeof endedBy === 'string'
          ? { commands: [discontinue(idOf(event.stream), endedBy)] }
          : { noted: { [plan]: true } };
      case 'PlanCompleted':
      case 'PlanDiscontinued':
        return { noted: { [plan]: false } };
      default:
        return endLeg(event, memory);
    }
  },
};
