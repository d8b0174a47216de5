/** How measurements say no. */
import type { DIRECTORY_REFUSALS } from '@fascia/directory/contract';
import { refusals, refusing, type Refusal } from '@fascia/kernel/contract';
import type { REFERRAL_REFUSALS } from '@fascia/referral/contract';

export const ASSESSMENT_REFUSALS = refusals({
  404: { ASSESSMENT_UNKNOWN: 'No such assessment' },
  409: {
    ASSESSMENT_EXISTS: 'This assessment exists',
    REFERRAL_NOT_UNDER_CARE: 'The referral is not under care',
  },
  422: {
    MEASURE_INCOMPLETE: 'Not enough items are answered',
    MEASURE_INTEGER: 'A whole number is needed',
    MEASURE_NOT_COMPARABLE: 'The measurements cannot be compared',
    MEASURE_RANGE: "The value is outside the instrument's range",
  },
});

type Borrowed =
  | Extract<keyof typeof REFERRAL_REFUSALS, 'REFERRAL_UNKNOWN'>
  | Extract<keyof typeof DIRECTORY_REFUSALS, 'CONSENT_WITHDRAWN'>;

export type AssessmentRefusal = Refusal<keyof typeof ASSESSMENT_REFUSALS | Borrowed>;

export const refuse = refusing<AssessmentRefusal['code']>();
