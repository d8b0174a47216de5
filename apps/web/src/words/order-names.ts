/** What codes of an order's papers are called; complete as names.ts is. */
import type { Answer } from '../api/questions.js';

type Named<Code extends string> = Readonly<Record<Code, string>>;

export const orderNames = {
  documentKind: {
    'referral-note': 'Referral note',
    'plan-of-care': 'Plan of care',
    'progress-note': 'Progress note',
    'discharge-summary': 'Discharge summary',
    'imaging-report': 'Imaging report',
    'operative-note': 'Operative note',
    'consent-form': 'Consent form',
    'authorization-letter': 'Letter of authorization',
    other: 'Something else',
  } satisfies Named<Answer<'getDocument'>['kind']>,
} as const;
