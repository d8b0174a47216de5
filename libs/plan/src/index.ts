export * from './contract.js';
export { planContext } from './context.js';
export { certificationWindow, type CertificationWindow } from './domain/certification.js';
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
export { planModel, type PlanReview, type PlanRow } from './read/plans/model.js';
export { planAggregate, type PlanAggregate, type PlanPorts } from './write/plan.aggregate.js';
