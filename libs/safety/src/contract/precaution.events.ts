/** What is stored about a precaution that a file proposed. Codes as the source has them; rows of docs/domain/safety.md#precautions-of-a-file. */
import { z } from 'zod';
import { event, personal, type EventsOf } from '@fascia/kernel/contract';

export const ORIGINS = ['condition', 'medication'] as const;
/** How a source ends what it said (FHIR status, verificationStatus). */
export const ENDINGS = ['over', 'refuted', 'entered-in-error'] as const;
export const CODE_SYSTEMS = ['icd-10-cm', 'snomed', 'rxnorm', 'atc', 'name'] as const;

const said = z.strictObject({
  /** Of the table that found it. */
  tableVersion: z.string(),
  /** FHIR `date`, as precise as it is known. */
  since: z.string().optional(),
  /** What it came from is over, and when where that is known. */
  ended: z.boolean(),
  endedOn: z.string().optional(),
  /** When the source changed it last, by its own clock (FHIR instant). */
  lastUpdated: z.string().optional(),
});

export const PRECAUTION_CONTRACT = {
  PrecautionProposed: event(
    said.extend({
      patientId: z.uuid(),
      /** URI of the source system. */
      system: z.string(),
      /** Row of the contraindication catalogue. */
      catalogueId: z.string(),
      from: z.enum(ORIGINS),
      code: z.strictObject({ system: z.enum(CODE_SYSTEMS), code: z.string() }),
    }),
  ),
  /** A later file of the same source says it otherwise. */
  PrecautionRestated: event(said),
  /** The source says that it is over, or was never so: as long as nobody confirmed it, it is dismissed by that. */
  PrecautionSourceEnded: event(
    z.strictObject({
      why: z.enum(ENDINGS),
      /** FHIR `date`, as precise as it is known. */
      endedOn: z.string().optional(),
      lastUpdated: z.string().optional(),
    }),
  ),
  /** The source ended what was never proposed of it here: an older file that comes later does not bring it. */
  PrecautionEndReceived: event(
    z.strictObject({ patientId: z.uuid(), catalogueId: z.string(), lastUpdated: z.string().optional() }),
  ),
  PrecautionConfirmed: event(z.strictObject({})),
  PrecautionDismissed: event(z.strictObject({ reason: personal(z.string().max(4000)) })),
};

export type PrecautionEvent = EventsOf<typeof PRECAUTION_CONTRACT>;
export type PrecautionSaid = z.output<typeof said>;
