/** When a clinic's part in a referral is over: the order went elsewhere, was ended, or its outcome is told. */
import type { EventNamed } from '../process.js';

/** The loop is over: nothing more is expected of anybody. */
export const LOOP_ENDS = [
  'ReferralClosed',
  'ReferralWithdrawn',
  'ReferralCancelled',
  'ReferralExpired',
  'ReferralVoided',
  'ReferralSuperseded',
] as const;

export const LEG_ENDS = [
  'ReferralRedirected',
  'ReferralDeclined',
  'ReferralOutcomeReported',
  ...LOOP_ENDS,
] as const;

export type LegEnd = EventNamed<(typeof LEG_ENDS)[number]>;

/** Whether a type is one of those: for tables of names that are narrower than what they are asked about. */
export const isAmong = <T extends string>(types: readonly T[], type: string): type is T =>
  types.some((one) => one === type);
