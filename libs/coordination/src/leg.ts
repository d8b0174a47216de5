/** When a clinic's part in a referral is over: the order went elsewhere, was ended, or its outcome is told. */
import type { ReferralEvent } from '@fascia/referral';

/** The loop is over: nothing more is expected of anybody. */
export const LOOP_ENDS: readonly string[] = [
  'ReferralClosed',
  'ReferralWithdrawn',
  'ReferralCancelled',
  'ReferralExpired',
  'ReferralVoided',
  'ReferralSuperseded',
] satisfies readonly ReferralEvent['type'][];

export const LEG_ENDS: readonly string[] = [
  'ReferralRedirected',
  'ReferralDeclined',
  'ReferralOutcomeReported',
  ...LOOP_ENDS,
];
