/** Questions that guards ask about plans. */
import type { Lookup } from '@fascia/write-door';
import type { PlanRow } from './plan.js';

/** Neither completed nor discontinued; a draft too. */
export const currentPlanOf = (referralId: string): Lookup<PlanRow | undefined> => ({
  run: async (db) => {
    const [row] = await db.query<PlanRow>(
      'select * from read.plan where referral_id = $1 and current order by entered_stage_at desc, id limit 1',
      [referralId],
    );
    return row;
  },
});

/** Every plan of a referral that was ever signed. */
export const signedPlansOf = (referralId: string): Lookup<readonly Pick<PlanRow, 'id'>[]> => ({
  run: (db) =>
    db.query<Pick<PlanRow, 'id'>>(
      'select id from read.plan where referral_id = $1 and plan_version > 0 order by id',
      [referralId],
    ),
});
