/** Which commands the transition table allows for a row: the same rows and circumstances as the decider's. */
import type { Parties } from '@fascia/kernel';
import { TRANSITIONS, type Circumstance } from '../contract/transition-table.js';
import type { ReferralRow } from './referral.js';

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

export const legalMoves = (row: ReferralRow): readonly string[] =>
  TRANSITIONS.filter(
    (move) => move.from.includes(row.stage) && (move.when === undefined || HOLDS[move.when](row)),
  ).map((move) => move.command);

export const partiesOfRow = (row: ReferralRow): Parties => ({
  referrer: [row.referrer_organization_id],
  ...(row.recipient_organization_id === null ? {} : { recipient: [row.recipient_organization_id] }),
  ...(row.pool_organization_ids.length === 0 ? {} : { pool: row.pool_organization_ids }),
});
