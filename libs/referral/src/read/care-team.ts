/** What an order makes organisations to its patient. A draft makes nobody so; only what was sent does. */
import type { PartyFold } from '@fascia/directory';
import type { Placement, ReferralEvent } from '../contract/events.js';

type Placing = Extract<
  ReferralEvent,
  { type: 'ReferralSent' | 'ReferralClaimed' | 'ReferralReleased' | 'ReferralRedirected' }
>;

/** A listing has it; a pool's members may have it, until one of them claims it. */
const placed = ({ target, organizationIds }: Placement) =>
  target.kind === 'pool'
    ? { recipient: [], pool: organizationIds }
    : { recipient: organizationIds.slice(0, 1), pool: [] };

export const placedWith: PartyFold<Placing> = {
  takes: ['ReferralSent', 'ReferralClaimed', 'ReferralReleased', 'ReferralRedirected'],
  after: ({ type, data }, before) => {
    switch (type) {
      case 'ReferralSent':
        return { referrer: [data.referrerOrganizationId], ...placed(data.placement) };
      case 'ReferralClaimed':
        return { recipient: [data.organizationId], pool: [] };
      case 'ReferralReleased':
        return { recipient: [], pool: before('pool') };
      case 'ReferralRedirected':
        return placed(data.placement);
    }
  },
};
