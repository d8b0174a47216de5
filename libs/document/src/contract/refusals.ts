/** How documents say no. */
import { refusals, refusing, type Refusal } from '@fascia/kernel/contract';

export const DOCUMENT_REFUSALS = refusals({
  404: { DOCUMENT_UNKNOWN: 'No such document' },
  409: {
    DOCUMENT_EXISTS: 'This document exists',
    DOCUMENT_WITHDRAWN: 'The document was withdrawn',
  },
});

type Code = keyof typeof DOCUMENT_REFUSALS;

export type DocumentRefusal = Refusal<Code>;

export const refuse = refusing<Code>();
