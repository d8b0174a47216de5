/** Plans of care over HTTP. */
import { Code, commandDoor, Id, ListQuery, queryDoor } from '@fascia/http';
import { PLAN_QUESTIONS } from './context.js';
import { STAGES, type PlanStage } from './contract/lifecycle.js';
import type { PlanAggregate } from './write/plan.aggregate.js';

class PlansQuery extends ListQuery {
  @Id({ optional: true }) referralId?: string;
  @Id({ optional: true }) patientId?: string;
  @Code(STAGES, { optional: true }) state?: PlanStage;
}

export const planDoors = (aggregate: PlanAggregate) => ({
  commands: [commandDoor({ path: 'plans', tag: 'Plans of care', aggregate })],
  queries: [queryDoor('Plan', PLAN_QUESTIONS, { listPlans: PlansQuery })],
});
