export type {
  CompleteContent,
  PlanContent,
  PlanGoal,
  PlanIntervention,
  PlanSite,
} from './contract/content.js';
export { PLAN_CONTRACT, type PlanEvent, type PlanEventOf } from './contract/events.js';
export {
  PLAN_STAGES,
  PLAN_TRANSITIONS,
  type PlanCommandType,
  type PlanStage,
  type PlanTransition,
} from './contract/plan-transitions.js';
export { certificationWindow, type CertificationWindow } from './domain/certification.js';
export type { PlanCommand, PlanCommandOf } from './domain/commands.js';
export type { PlanFacts } from './domain/facts.js';
export {
  planInForce,
  type Certification,
  type EstablishedPlan,
  type PlanState,
  type PlanUnderWay,
  type SignedPlan,
} from './domain/plan.js';
export { currentPlanOf } from './read/lookups.js';
export { planModel, type PlanReview, type PlanRow } from './read/plan.js';
export { planAggregate, type PlanAggregate, type PlanPorts } from './write/plan.aggregate.js';
export { planCommands, PlanQueries } from './http/plans.js';
