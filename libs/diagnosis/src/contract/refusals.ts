/** How diagnoses say no. */
import type { DIRECTORY_REFUSALS } from '@fascia/directory/contract';
import { refusals, refusing, type Refusal } from '@fascia/kernel/contract';

export const DIAGNOSIS_REFUSALS = refusals({
  409: {
    DIAGNOSIS_EXISTS: 'This diagnosis exists',
    DIAGNOSIS_REFUTED: 'The diagnosis was refuted',
  },
  422: {
    DIAGNOSIS_WITHOUT_CODE: 'The diagnosis has no code',
    ICD_EXCLUDES1: 'These codes exclude each other',
    ICD_NOT_BILLABLE: 'The code is not billable on that date',
    ICD_SEVENTH_CHAR: 'The seventh character is missing or wrong',
    ICD_SIDE_MISMATCH: 'The side of the code is another',
    ICD_UNKNOWN: 'The code is not known',
    ICD_WARNING_UNACCEPTED: 'A warning about the code was not accepted',
    ONSET_IN_FUTURE: 'The onset is in the future',
    REGION_UNKNOWN: 'The body region is not known',
    RESOLVED_IN_FUTURE: 'The resolution is in the future',
    SIDE_NOT_ALLOWED: 'The region has no such side',
    SIDE_REQUIRED: 'The side is missing',
  },
});

type Code =
  | keyof typeof DIAGNOSIS_REFUSALS
  | Extract<keyof typeof DIRECTORY_REFUSALS, 'SOURCE_DIFFERS' | 'SOURCE_OLDER' | 'SOURCE_OTHER_PERSON'>;

export type DiagnosisRefusal = Refusal<Code>;

export const refuse = refusing<Code>();
