/** Who somebody is here, as the service says. */
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Role } from '@fascia/kernel/contract';
import { Problem } from '../api/problem.js';
import type { Service } from '../api/service.js';
import { useService } from '../api/use-service.js';
import { chosenRole, forgetRole } from './role.js';

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

/** A role that was chosen and is theirs no more is not asked for again: the page begins anew in one that is. */
const whoIsHere = async (service: Service, signal: AbortSignal): Promise<Me> => {
  try {
    return (await service.read<Me>('me', signal)).body;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'ROLE_NOT_YOURS' || chosenRole() === undefined)
      throw error;
    forgetRole();
    location.reload();
    return new Promise<never>(() => undefined);
  }
};

export const useMe = (): Me => {
  const service = useService();
  return useSuspenseQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => whoIsHere(service, signal),
    staleTime: 60_000,
  }).data;
};
