/** How red flags and precautions say no. */
import type { DIRECTORY_REFUSALS } from '@fascia/directory/contract';
import { refusals, refusing, type Refusal } from '@fascia/kernel/contract';

export const SAFETY_REFUSALS = refusals({
  404: { FLAG_UNKNOWN: 'No such flag', PRECAUTION_UNKNOWN: 'No such precaution' },
  409: {
    FLAG_CLEARED: 'The flag is cleared',
    FLAG_EXISTS: 'This flag exists',
    FLAG_NOT_OPEN: 'The flag is not open',
    PRECAUTION_SETTLED: 'The precaution is settled so already',
  },
  422: { FLAG_OF_ANOTHER: 'The flag names care of another patient' },
});

type Code =
  | keyof typeof SAFETY_REFUSALS
  | Extract<keyof typeof DIRECTORY_REFUSALS, 'SOURCE_DIFFERS' | 'SOURCE_OLDER' | 'SOURCE_OTHER_PERSON'>;

export type SafetyRefusal = Refusal<Code>;

export const refuse = refusing<Code>();
