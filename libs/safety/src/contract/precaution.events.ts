/**
 * What is stored about a precaution: proposed by a file, or recorded by a person. Codes as the source has them; rows of
 * docs/domain/safety.md#contraindications and #precautions-of-a-file, as texts: a row may leave the catalogue, and what was said stays said.
 */
import { z } from 'zod';
import { REGIONS, SIDES } from '@fascia/clinical';
import { event, personal, type EventsOf } from '@fascia/kernel/contract';

export const ORIGINS = ['condition', 'medication'] as const;
/** How a source ends what it said (FHIR status, verificationStatus). */
export const ENDINGS = ['over', 'refuted', 'entered-in-error'] as const;
export const CODE_SYSTEMS = ['icd-10-cm', 'snomed', 'rxnorm', 'atc', 'name'] as const;

/** How a person who records one came to know. */
export const PRECAUTION_SOURCES = ['patient', 'examination', 'document', 'other-clinician'] as const;

const text = personal(z.string().max(4000));

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

const site = z.strictObject({ region: z.enum(REGIONS), side: z.enum(SIDES).optional() });

const circumstances = z.strictObject({
  site: site.optional(),
  /** FHIR `date`, as precise as it is known. */
  since: z.string().optional(),
  /** Where the hour is known. */
  beganAt: z.iso.datetime({ precision: 3 }).optional(),
  details: z.array(z.string()),
});

const clearance = z.strictObject({
  rationale: text,
  evidence: text,
  /** Both days included. */
  from: z.iso.date(),
  until: z.iso.date(),
  techniques: z.array(z.string()).optional(),
  sites: z.array(site).optional(),
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
  PrecautionRecorded: event(
    circumstances.extend({
      patientId: z.uuid(),
      catalogueId: z.string(),
      catalogueVersion: z.string(),
      source: z.enum(PRECAUTION_SOURCES),
      note: text.optional(),
    }),
  ),
  PrecautionConfirmed: event(z.strictObject({})),
  PrecautionDismissed: event(z.strictObject({ reason: text })),
  PrecautionSpecified: event(circumstances),
  PrecautionResolved: event(z.strictObject({ reason: text, evidence: text })),
  PrecautionCleared: event(clearance),
  PrecautionClearanceEnded: event(z.strictObject({ reason: text })),
};

export type PrecautionEvent = EventsOf<typeof PRECAUTION_CONTRACT>;
export type PrecautionSaid = z.output<typeof said>;
export type Circumstances = z.output<typeof circumstances>;
export type PrecautionClearance = z.output<typeof clearance>;
