/** Who somebody is here, as the service says. */
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Role } from '@fascia/kernel/contract';
import { useService } from '../api/use-service.js';

interface Held {
  /** What chooses it. */
  readonly name: string;
  readonly role: Role;
  readonly organizationId: string | null;
}

/** `GET /api/v1/me`. */
export interface Me {
  readonly sub: string;
  readonly practitionerId: string | null;
  readonly roles: readonly Held[];
  readonly actingAs: Held & { readonly onBehalfOf: string | null };
}

export const useMe = (): Me => {
  const service = useService();
  return useSuspenseQuery({
    queryKey: ['me'],
    queryFn: async ({ signal }) => (await service.read<Me>('me', signal)).body,
    staleTime: 60_000,
  }).data;
};
