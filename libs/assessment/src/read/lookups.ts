/** Questions that guards ask about measurements. */
import { compiled, parameter, tables } from '@fascia/read-store';
import type { Lookup } from '@fascia/write-door';
import type { AssessmentRow } from './assessments/model.js';

const underReferral = compiled(
  tables<{ readonly 'read.assessment': AssessmentRow }>()
    .selectFrom('read.assessment')
    .selectAll()
    .where('referral_id', '=', parameter<string>('referralId'))
    .orderBy('recorded_at')
    .orderBy('id'),
);

/** Under one referral, oldest first. */
export const assessmentsOf = (referralId: string): Lookup<readonly AssessmentRow[]> => ({
  run: (rows) => underReferral.ask(rows, { referralId }),
});
