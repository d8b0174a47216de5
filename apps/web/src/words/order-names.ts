/** What codes of an order's recipients and papers are called; complete as names.ts is. */
import type { Misfit } from '@fascia/referral/rules';
import type { Answer } from '../api/questions.js';

type Named<Code extends string> = Readonly<Record<Code, string>>;

export const orderNames = {
  misfit: {
    'not-published': 'is not listed any more',
    service: 'does not offer the service',
    region: 'does not treat the region',
    age: 'the patient is outside its age band',
    payer: 'does not take the payer',
    performer: 'nobody licensed there may treat under this payer',
    capacity: 'takes no new patients at present',
  } satisfies Named<Misfit>,
  /** What its misfit is not, where that is worth saying; how much room there is has words of its own. */
  fit: {
    region: 'treats the region',
    age: 'the patient is within its age band',
    payer: 'takes the payer',
  } satisfies Partial<Named<Misfit>>,
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
