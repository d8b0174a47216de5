export { REFERRAL_CONTRACT, type ReferralEvent, type ReferralEventOf } from './contract/events.js';
export type { OrderContent } from './contract/order.js';
export { TRANSITIONS, type Stage, type TransitionRow } from './contract/transition-table.js';
export type { ReferralCommand } from './domain/commands.js';
export { DEFAULT_PROFILE, NO_CARE, type CareFact } from './domain/facts.js';
export { currentLeg, stageOf, type ReferralState } from './domain/referral.js';
export { careTeamOf } from './read/lookups.js';
export { referralModel, type ReferralRow } from './read/referral.js';
export { referralAggregate, type ReferralAggregate } from './write/referral.aggregate.js';
