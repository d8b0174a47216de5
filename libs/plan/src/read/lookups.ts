/** Questions that guards ask about plans. */
import { compiled, parameter, tables } from '@fascia/read-store';
import type { Lookup } from '@fascia/write-door';
import type { PlanRow } from './plans/model.js';

interface Tables {
  readonly 'read.plan': PlanRow;
}

const ofReferral = tables<Tables>()
  .selectFrom('read.plan')
  .where('referral_id', '=', parameter<string>('referralId'));

const current = compiled(
  ofReferral
    .selectAll()
    .where('current', 'is', true)
    .orderBy('entered_stage_at', 'desc')
    .orderBy('id')
    .limit(1),
);

/** Neither completed nor discontinued; a draft too. */
export const currentPlanOf = (referralId: string): Lookup<PlanRow | undefined> => ({
  run: async (db) => {
    const [row] = await current.ask(db, { referralId });
    return row;
  },
});

const signed = compiled(ofReferral.select('id').where('plan_version', '>', 0).orderBy('id'));

/** Every plan of a referral that was ever signed. */
export const signedPlansOf = (referralId: string): Lookup<readonly Pick<PlanRow, 'id'>[]> => ({
  run: (db) => signed.ask(db, { referralId }),
});

const lastSigned = compiled(
  ofReferral
    .selectAll()
    .where('organization_id', '=', parameter<string>('organizationId'))
    .where('plan_version', '>', 0)
    .orderBy('established_at', 'desc')
    .orderBy('id')
    .limit(1),
);

/** The one that a clinic signed last, over or not. */
export const lastSignedPlanOf = (
  referralId: string,
  organizationId: string,
): Lookup<PlanRow | undefined> => ({
  run: async (db) => {
    const [row] = await lastSigned.ask(db, { referralId, organizationId });
    return row;
  },
});
