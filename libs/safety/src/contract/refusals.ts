/** How red flags and precautions say no. */
import type { DIRECTORY_REFUSALS } from '@fascia/directory/contract';
import { refusals, refusing, type Refusal } from '@fascia/kernel/contract';

export const SAFETY_REFUSALS = refusals({
  403: { FLAG_SETTLED_BY_PHYSICIAN: 'Only a physician lifts a flag' },
  404: { FLAG_UNKNOWN: 'No such flag', PRECAUTION_UNKNOWN: 'No such precaution' },
  409: {
    FLAG_CLEARED: 'The flag is cleared',
    FLAG_EXISTS: 'This flag exists',
    FLAG_NOT_OF_VITALS: 'Measuring again does not lift this flag',
    FLAG_NOT_OPEN: 'The flag is not open',
    CLEARANCE_NONE: 'There is no clearance',
    PRECAUTION_EXISTS: 'This precaution exists',
    PRECAUTION_NOT_CLEARABLE: 'No clearance opens this',
    PRECAUTION_NOT_STANDING: 'The precaution does not stand',
    PRECAUTION_SETTLED: 'The precaution is settled so already',
  },
  422: {
    CALL_IN_FUTURE: 'The call lies in the future',
    CLEARANCE_PERIOD: 'The period of the clearance does not fit',
    FLAG_SITE_INVALID: 'The site of the flag is not valid',
    PRECAUTION_IN_FUTURE: 'The precaution has not begun',
    PRECAUTION_SITE_INVALID: 'The site is not valid',
  },
});

type Code =
  | keyof typeof SAFETY_REFUSALS
  | Extract<keyof typeof DIRECTORY_REFUSALS, 'SOURCE_DIFFERS' | 'SOURCE_OLDER' | 'SOURCE_OTHER_PERSON'>;

export type SafetyRefusal = Refusal<Code>;

export const refuse = refusing<Code>();
