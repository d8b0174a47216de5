export * from './contract.js';
export { planContext } from './context.js';
export { certificationWindow, type CertificationWindow } from './domain/certification.js';
export type { PlanFacts } from './domain/facts.js';
export { planInForce, type PlanInForce } from './domain/in-force.js';
export type { Certification, EstablishedPlan, PlanState, SignedPlan } from './domain/plan.js';
export { currentPlanOf } from './read/lookups.js';
export { planModel, type PlanReview, type PlanRow } from './read/plans/model.js';
export type { PlanAggregate } from './write/plan.aggregate.js';
