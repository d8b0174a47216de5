/** What stands under a referral is for both of its sides: the clinic that treats and the practice that asked. */
import type { Parties } from '@fascia/kernel';
import { conditionsOn, type Scope } from '@fascia/read-store';

interface Sides {
  readonly organizationId: string;
  readonly referrerOrganizationId: string;
}

interface SidesRow {
  readonly organization_id: string;
  readonly referrer_organization_id: string;
}

const t = conditionsOn<SidesRow>();

export const BOTH_SIDES: Scope = {
  recipient: (organization) => t('t.organization_id', '=', organization),
  referrer: (organization) => t('t.referrer_organization_id', '=', organization),
};

export const bothSides = ({ organizationId, referrerOrganizationId }: Sides): Parties => ({
  recipient: [organizationId],
  referrer: [referrerOrganizationId],
});

export const bothSidesOfRow = (row: SidesRow): Parties =>
  bothSides({ organizationId: row.organization_id, referrerOrganizationId: row.referrer_organization_id });
