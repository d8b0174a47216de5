/**
 * Whether a patient lets an organisation go on with their data (docs/domain/people.md#consent). What was said last about it holds: a
 * consent that is given after a restriction or a withdrawal opens again what it names.
 */
import type { Instant } from '@fascia/kernel';

/** A consent or a restriction, as far as it counts on a day. */
export interface SharingSaid {
  readonly kind: 'granted' | 'restricted' | 'withdrawn';
  /** Of a restriction none: it is for every purpose. */
  readonly purposes: readonly string[];
  /** Empty: whoever it is. */
  readonly organizationIds: readonly string[];
  /** When it was granted, restricted or withdrawn. */
  readonly saidAt: Instant;
}

const TREATMENT = 'TREAT';

/** A withdrawal takes back what was said: of a consent to something else than treatment nothing of it, of a restriction all. */
const closes = ({ kind, purposes, organizationIds }: SharingSaid, organizationId: string): boolean =>
  (kind === 'restricted' || (kind === 'withdrawn' && purposes.includes(TREATMENT))) &&
  (organizationIds.length === 0 || organizationIds.includes(organizationId));

/** Of what was said, what closes sharing with somebody now. */
export const closing = <S extends SharingSaid>(said: readonly S[]): readonly S[] =>
  said.filter((one) => {
    const { organizationIds } = one;
    if (organizationIds.length === 0) return closes(one, '');
    return organizationIds.some((id) => closes(one, id) && isSharingClosed(said, id));
  });

/** A consent to treatment that names the organisation. */
export const coversTreatmentBy = (said: Omit<SharingSaid, 'saidAt'>, organizationId: string): boolean =>
  said.kind === 'granted' &&
  said.purposes.includes(TREATMENT) &&
  said.organizationIds.includes(organizationId);

export const isSharingClosed = (said: readonly SharingSaid[], organizationId: string): boolean =>
  said.some(
    (one) =>
      closes(one, organizationId) &&
      !said.some((later) => later.saidAt > one.saidAt && coversTreatmentBy(later, organizationId)),
  );
