/** Which commands a row may be given: by the same table and circumstances as the decider's. */
import { offered, type Parties } from '@fascia/kernel';
import { REFERRAL_COMMANDS } from '../../contract/commands.js';
import { referralLifecycle, type Circumstance } from '../../contract/lifecycle.js';
import type { ReferralRow } from './row.js';

const HOLDS: Readonly<Record<Circumstance, (row: ReferralRow) => boolean>> = {
  'directed leg': (row) => row.legs.at(-1)?.kind === 'directed',
  'pool leg, unclaimed': (row) => row.pool_organization_ids.length > 0,
  'pool leg, claimed': (row) => row.legs.at(-1)?.kind === 'pool' && row.recipient_organization_id !== null,
  "leg is the recipient's": (row) => row.recipient_organization_id !== null,
  'redirect proposed': (row) => row.proposal === 'redirect',
  'proposal open': (row) => row.proposal !== null,
  'no proposal open': (row) => row.proposal === null,
  'revision to acknowledge': (row) => row.revision_to_acknowledge,
};

/** The product's own commands (a visit that is booked, a first session) are nobody's button. */
export const legalMoves = (row: ReferralRow) =>
  offered(
    REFERRAL_COMMANDS,
    referralLifecycle.moves(row.stage, (when) => HOLDS[when](row)),
  );

export const partiesOfRow = (row: ReferralRow): Parties => ({
  referrer: [row.referrer_organization_id],
  ...(row.recipient_organization_id === null ? {} : { recipient: [row.recipient_organization_id] }),
  ...(row.pool_organization_ids.length === 0 ? {} : { pool: row.pool_organization_ids }),
});
