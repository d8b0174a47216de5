/** What of a request stands in the records of who looked: nothing that a person typed. */
import { requireActing } from '@fascia/access';
import { isUuid } from '@fascia/kernel';
import type { AccessLog, Occasion } from '@fascia/read-store';
import type { FastifyRequest } from 'fastify';

/** Nest token of the {@link AccessLog} that requests are written to which were told no. */
export const ACCESS_LOG = Symbol('ACCESS_LOG');

const routeOf = ({ method, routeOptions }: FastifyRequest): string => `${method} ${routeOptions.url ?? ''}`;

const idIn = (value: unknown, name: string): string | undefined => {
  const id =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof id === 'string' && isUuid(id) ? id : undefined;
};

/** @throws AccessRefused 401 without a caller */
export const occasionOf = (request: FastifyRequest): Occasion => {
  const { purpose } = requireActing(request);
  const objectId = idIn(request.params, 'id');
  return {
    route: routeOf(request),
    ...(objectId === undefined ? {} : { objectId }),
    ...(purpose === undefined ? {} : { purpose }),
  };
};

/** A request was told no, by who asks or by a rule. Whoever nobody knows leaves no record here, but in the service's log. */
export const recordRefusal = (
  log: AccessLog,
  request: FastifyRequest,
  kind: 'denied' | 'refused',
  code: string,
): void => {
  if (request.acting === undefined) return;
  const named = [idIn(request.body, 'patientId'), idIn(request.query, 'patientId')];
  log.record({
    kind,
    by: request.acting.as[0],
    on: occasionOf(request),
    patientIds: [...new Set(named.filter((id) => id !== undefined))],
    code,
  });
};
