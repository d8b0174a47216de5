/** How red flags say no. */
import { refusals, refusing, type Refusal } from '@fascia/kernel/contract';

export const SAFETY_REFUSALS = refusals({
  404: { FLAG_UNKNOWN: 'No such flag' },
  409: {
    FLAG_CLEARED: 'The flag is cleared',
    FLAG_EXISTS: 'This flag exists',
    FLAG_NOT_OPEN: 'The flag is not open',
  },
  422: { FLAG_OF_ANOTHER: 'The flag names care of another patient' },
});

type Code = keyof typeof SAFETY_REFUSALS;

export type SafetyRefusal = Refusal<Code>;

export const refuse = refusing<Code>();
