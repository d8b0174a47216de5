/** How plans say no. */
import type { DIRECTORY_REFUSALS } from '@fascia/directory/contract';
import { refusals, refusing, type Refusal } from '@fascia/kernel/contract';
import type { REFERRAL_REFUSALS } from '@fascia/referral/contract';

export const PLAN_REFUSALS = refusals({
  403: {
    CERT_NOT_AUTHORISED_SIGNER: 'You may not certify this plan',
    PLAN_PERFORMER_NOT_ALLOWED: 'This profession may not treat under the plan',
  },
  409: {
    CERT_NOT_REQUIRED: 'No certification is needed',
    CERT_WINDOW_EXCEEDED: 'The certification is late',
    PLAN_EXISTS: 'This plan exists',
    PLAN_ILLEGAL_TRANSITION: 'Not possible at this stage',
    PLAN_NOT_BEFORE_TREATMENT: 'The plan has to come before treatment',
    PLAN_REFERRAL_NOT_ACTIVE: 'The referral is not active',
    PLAN_TECHNIQUE_CONTRAINDICATED: 'A technique is contraindicated',
  },
  422: {
    CERT_PERIOD_REVERSED: 'The certified period ends before it begins',
    CERT_PERIOD_TOO_LONG: 'The certified period is too long',
    PLAN_CHANGES_UNSTATED: 'The wanted changes are not stated',
    PLAN_CODE_UNKNOWN: 'A billing code is not known',
    PLAN_DURATION_TOO_LONG: 'The plan is longer than allowed',
    PLAN_GOAL_DIRECTION: 'A target is not better than its baseline',
    PLAN_INCOMPLETE: 'The plan is not complete',
    PLAN_NO_DIAGNOSIS: 'The plan names no diagnosis',
    PLAN_NO_GOAL: 'The plan has no measurable long-term goal',
    PLAN_SITE_INVALID: 'A site of the plan is not valid',
    PLAN_SITE_NOT_REFERRED: 'A site was not referred',
    PLAN_TECHNIQUE_EXCLUDED: 'The referral excludes a technique',
    PLAN_TECHNIQUE_UNKNOWN: 'A technique is not known',
  },
});

export type PlanRefusalCode =
  | keyof typeof PLAN_REFUSALS
  | Extract<keyof typeof DIRECTORY_REFUSALS, 'CONSENT_WITHDRAWN' | 'SIGNER_NOT_LICENSED'>
  | Extract<keyof typeof REFERRAL_REFUSALS, 'REFERRAL_UNKNOWN'>;

export type PlanRefusal = Refusal<PlanRefusalCode>;

export const refuse = refusing<PlanRefusalCode>();
