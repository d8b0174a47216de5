/** The clinic of whoever acts: its clocks, and who treats there. */
import { useWhole } from '../api/use-service.js';
import { useMe } from '../session/me.js';

export interface Therapist {
  readonly id: string;
  readonly name: string;
}

export interface Clinic {
  readonly zone: string;
  readonly therapists: readonly Therapist[];
}

/** Of whoever belongs to no organisation, the reader's own. */
const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export const useClinic = (): { readonly clinic?: Clinic; readonly error: Error | null } => {
  const id = useMe().actingAs.organizationId ?? '';
  const organizations = useWhole('listOrganizations', {});
  const people = useWhole('listPractitioners', { organizationId: id });
  const error = organizations.error ?? people.error;
  if (organizations.items === undefined || people.items === undefined) return { error };
  const zone = organizations.items.find((one) => one.id === id)?.timeZone ?? ownZone();
  const therapists = people.items.filter(({ roles }) =>
    roles.some(({ role, organizationId }) => role === 'therapist' && organizationId === id),
  );
  return { clinic: { zone, therapists }, error };
};
