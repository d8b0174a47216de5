/** What is stored of a look, or of a request that was told no. */
import { standingPurposeOf, type Actor } from '@fascia/kernel';
import type { Access } from '@fascia/read-store';
import type { AccessEvent } from '../contract/events.js';

const whoOf = ({
  sub,
  role,
  organizationId,
  practitionerId,
  onBehalfOf,
}: Actor): AccessEvent['data']['who'] => ({
  sub,
  role,
  ...(organizationId === undefined ? {} : { organizationId }),
  ...(practitionerId === undefined ? {} : { practitionerId }),
  ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
});

/** @param patientIds all that it is about */
export const eventOf = (access: Access, patientIds: readonly string[]): AccessEvent => {
  const { by, on } = access;
  const request = {
    who: whoOf(by),
    route: on.route,
    objectId: on.objectId ?? null,
    purpose: on.purpose ?? standingPurposeOf(by.role),
    patientIds: [...patientIds],
  };
  switch (access.kind) {
    case 'read':
      return {
        type: 'PatientDataRead',
        data: {
          ...request,
          resource: access.resource,
          basis: access.policy,
          ...(access.letter === undefined ? {} : { letter: access.letter }),
        },
      };
    case 'queried':
      return { type: 'PatientDataQueried', data: { ...request, resource: access.resource } };
    case 'denied':
      return { type: 'AccessDenied', data: { ...request, code: access.code } };
    case 'refused':
      return { type: 'RequestRefused', data: { ...request, code: access.code } };
  }
};
