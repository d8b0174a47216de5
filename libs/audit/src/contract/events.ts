/** Who looked, and who was told no: one event a request, kept apart from clinical streams. Ids and codes only. */
import { z } from 'zod';
import { event, PURPOSES_OF_USE, ROLES, type EventsOf } from '@fascia/kernel/contract';

/** Of our own; what was stored first was held to no form. */
const ourId = z.string().max(100);

/** Method and address as a pattern, what the address names, and what for. */
const request = {
  who: z.strictObject({
    sub: z.string(),
    role: z.enum(ROLES),
    organizationId: ourId.optional(),
    practitionerId: ourId.optional(),
    onBehalfOf: ourId.optional(),
  }),
  route: z.string(),
  objectId: z.uuid().nullable(),
  purpose: z.enum(PURPOSES_OF_USE),
};

const patientIds = z.array(z.uuid());

/** Whom a refused request named or was about, as far as there is anybody. */
const refused = z.strictObject({ ...request, patientIds, code: z.string() });

export const ACCESS_CONTRACT = {
  PatientDataRead: event(
    z.strictObject({
      ...request,
      route: z.string().nullable(),
      patientIds: patientIds.min(1),
      resource: z.string(),
      /** The policy that allowed it. */
      basis: z.string(),
      /** What was given out to be kept: the sha256 of its bytes (hex), from which template, made up to which position of the log. */
      letter: z.strictObject({ sha256: z.string(), template: z.string(), position: z.string() }).optional(),
    }),
    3,
    (data, version) => (version === 1 ? { ...(data as object), route: null, objectId: null } : data),
  ),
  /** Somebody asked about a patient, and nothing was shown. */
  PatientDataQueried: event(
    z.strictObject({ ...request, patientIds: patientIds.min(1), resource: z.string() }),
  ),
  /** Told no by who asked. */
  AccessDenied: event(refused),
  /** Told no by a rule. */
  RequestRefused: event(refused),
};

export type AccessEvent = EventsOf<typeof ACCESS_CONTRACT>;
