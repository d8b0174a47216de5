/** How sessions say no. */
import type { DIRECTORY_REFUSALS } from '@fascia/directory/contract';
import { refusals, refusing, type Refusal } from '@fascia/kernel/contract';
import type { REFERRAL_REFUSALS } from '@fascia/referral/contract';

export const SESSION_REFUSALS = refusals({
  403: {
    SESSION_LICENCE_INVALID: 'Your licence does not cover this',
    SESSION_NOT_THE_THERAPIST: "Only the session's therapist may do this",
  },
  409: {
    SESSION_BEYOND_ORDER: 'The visit goes beyond what was ordered',
    SESSION_ALREADY_SIGNED: 'The session is signed',
    SESSION_CONSENT_MISSING: 'The patient has not consented to the session',
    SESSION_CONTRAINDICATED: 'Treatment is contraindicated',
    SESSION_CONTRAINDICATED_SITE: 'Nothing is done at this site',
    SESSION_ILLEGAL_TRANSITION: 'Not possible at this stage',
    SESSION_NO_PLAN: 'There is no established plan',
    SESSION_OVERLAP: 'The time is taken',
    SESSION_PERFORMER_NOT_ALLOWED: 'This profession may not perform the session',
    SESSION_PRESSURE_CONTRAINDICATED: 'Too much pressure for this patient',
    SESSION_PRESCREEN_MISSING: 'The pre-screen is missing',
    SESSION_RED_FLAG_BLOCK: 'A red flag blocks the session',
    SESSION_REFERRAL_NOT_ACTIVE: 'The referral is not active',
    SESSION_SITE_NOT_IN_PLAN: 'The site is not in the plan',
    SESSION_TECHNIQUE_CONTRAINDICATED: 'The technique is contraindicated',
    SESSION_TECHNIQUE_NOT_IN_PLAN: 'The technique is not in the plan',
  },
  422: {
    SESSION_CODE_TIMING: 'The code counts its minutes otherwise',
    SESSION_CODE_UNKNOWN: 'The billing code is not known',
    SESSION_FLAG_UNKNOWN: 'The flag is not known',
    SESSION_FUTURE: 'The session lies in the future',
    SESSION_MINUTES_MISMATCH: 'The minutes do not add up',
    SESSION_NPRS_RANGE: 'Pain is a whole number from 0 to 10',
    SESSION_PERIOD_INVALID: "The session's times do not fit",
    SESSION_SITE_INVALID: 'A site of the session is not valid',
    SESSION_TECHNIQUE_UNKNOWN: 'The technique is not known',
  },
});

type SessionRefusalCode =
  | keyof typeof SESSION_REFUSALS
  | Extract<
      keyof typeof REFERRAL_REFUSALS,
      'REFERRAL_UNKNOWN' | 'REFERRAL_VALIDITY_OVER' | 'REVISION_UNACKNOWLEDGED'
    >
  | Extract<keyof typeof DIRECTORY_REFUSALS, 'CONSENT_WITHDRAWN' | 'PATIENT_DECEASED'>;

export type SessionRefusal = Refusal<SessionRefusalCode>;

export const refuse = refusing<SessionRefusalCode>();
