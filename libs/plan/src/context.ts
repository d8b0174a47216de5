/** Plans of care as one value. */
import { permissionsOf } from '@fascia/kernel';
import { TRANSITIONS } from './contract/lifecycle.js';
import { PLAN_REFUSALS } from './contract/refusals.js';
import { getPlan, listPlans } from './read/plans/question.js';
import { planAggregate, type PlanPorts } from './write/plan.aggregate.js';

export const PLAN_QUESTIONS = [listPlans, getPlan] as const;

export const planContext = (ports: PlanPorts) => {
  const aggregate = planAggregate(ports);
  return {
    name: 'plan',
    aggregate,
    aggregates: [aggregate],
    questions: PLAN_QUESTIONS,
    permissions: permissionsOf('plan', TRANSITIONS, {
      physician: ['referrer'],
      therapist: ['recipient'],
      system: 'anything',
    }),
    refusals: PLAN_REFUSALS,
  };
};
