/** What is stored about referrals and may be asked of them: safe for a browser. */
export * from './contract/commands.js';
export * from './contract/events.js';
export * from './contract/lifecycle.js';
export * from './contract/order.js';
export { REFERRAL_REFUSALS } from './contract/refusals.js';
