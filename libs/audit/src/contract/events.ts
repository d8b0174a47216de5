/** Who saw what: one event a read, kept apart from clinical streams. Ids and codes only. */
import { z } from 'zod';
import { event, ROLES, type EventsOf } from '@fascia/kernel/contract';

/** HL7 v3 PurposeOfUse. */
export const READ_PURPOSES = ['TREAT', 'HCOMPL'] as const;

export type ReadPurpose = (typeof READ_PURPOSES)[number];

export const ACCESS_CONTRACT = {
  PatientDataRead: event(
    z.strictObject({
      who: z.strictObject({
        sub: z.string(),
        role: z.enum(ROLES),
        organizationId: z.string().optional(),
        practitionerId: z.string().optional(),
      }),
      patientIds: z.array(z.uuid()).min(1),
      resource: z.string(),
      purpose: z.enum(READ_PURPOSES),
      /** The policy that allowed it. */
      basis: z.string(),
    }),
  ),
};

export type AccessEvent = EventsOf<typeof ACCESS_CONTRACT>;
