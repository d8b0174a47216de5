/** What stands under a referral is for both of its sides: the clinic that treats and the practice that asked. */
import type { Parties } from '@fascia/kernel';
import { conditionsOn, type Scope } from '@fascia/read-store';
import type { Subject } from '@fascia/write-door';

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

const bothSides = ({ organizationId, referrerOrganizationId }: Sides): Parties => ({
  recipient: [organizationId],
  referrer: [referrerOrganizationId],
});

/** Of what is done under an order; nobody is anything to what is not there. */
export const subjectOfSides = (known: (Sides & { readonly patientId: string }) | undefined): Subject =>
  known === undefined ? { parties: {} } : { patientId: known.patientId, parties: bothSides(known) };

export const bothSidesOfRow = (row: SidesRow): Parties =>
  bothSides({ organizationId: row.organization_id, referrerOrganizationId: row.referrer_organization_id });
