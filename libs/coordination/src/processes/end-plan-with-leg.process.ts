/**
 * A clinic's plan ends with its leg (docs/domain/processes.md#plans). Once a referral has gone elsewhere or is over, the plan that is still
 * current is discontinued, so that the next clinic can make its own (one current plan per referral).
 */
import { idOf } from '@fascia/kernel';
import { LEG_ENDS, type LegEnd } from './leg.js';
import { referralOf, type EventNamed, type Process, type Requested } from '../process.js';

type Input = LegEnd | EventNamed<'PlanDrafted' | 'PlanCompleted' | 'PlanDiscontinued' | 'ReferralAccepted'>;
type Gives = Requested<'plan', 'DiscontinuePlan'>;

type State = {
  readonly currentPlans: readonly string[];
  /** What ended the leg; nothing while one is under care. */
  readonly endedBy: LegEnd['type'] | null;
};

const discontinue = (planId: string, reason: string): Gives => ({
  category: 'plan',
  id: planId,
  command: { type: 'DiscontinuePlan', reason },
});

export const endPlanWithLeg: Process<Input, State, Gives> = {
  name: 'end-plan-with-leg',
  takes: ['PlanDrafted', 'PlanCompleted', 'PlanDiscontinued', 'ReferralAccepted', ...LEG_ENDS],
  initial: { currentPlans: [], endedBy: null },
  instanceOf: referralOf,
  react: (event, { memory: { currentPlans, endedBy } }) => {
    const id = idOf(event.stream);
    switch (event.type) {
      case 'ReferralAccepted':
        return { noted: { endedBy: null } };
      case 'PlanDrafted':
        // Drafted while the leg was being ended by somebody else.
        return endedBy === null
          ? { noted: { currentPlans: [...currentPlans, id] } }
          : { gives: [discontinue(id, endedBy)] };
      case 'PlanCompleted':
      case 'PlanDiscontinued':
        return { noted: { currentPlans: currentPlans.filter((plan) => plan !== id) } };
      default:
        return {
          noted: { endedBy: event.type, currentPlans: [] },
          gives: currentPlans.map((plan) => discontinue(plan, event.type)),
        };
    }
  },
};
