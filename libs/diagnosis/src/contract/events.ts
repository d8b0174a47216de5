/** What is stored about a diagnosis. Codes: ICD-10-CM, SNOMED CT; words of docs/domain/diagnosis.md#states. */
import { z } from 'zod';
import { movedSchema } from '@fascia/directory/contract';
import { event, personal, type EventsOf } from '@fascia/kernel/contract';

const id = z.uuid();
const text = personal(z.string().max(4000));

export const DYSFUNCTIONS = [
  'adhesion',
  'tightness',
  'trigger-point',
  'tendinopathy',
  'strain',
  'sprain',
  'contracture',
  'scar',
  'fasciitis',
  'widespread-pain',
  'other',
] as const;
export const ACUITIES = ['acute', 'subacute', 'chronic'] as const;

/** As sure as a recorder may be; what is found wrong later is refuted. */
export const VERIFICATIONS = ['unconfirmed', 'provisional', 'differential', 'confirmed'] as const;
/** FHIR `clinicalStatus` of what is over. */
export const ENDED = ['inactive', 'remission', 'resolved'] as const;
export const SOURCES = ['clinician', 'import'] as const;

/** Sides that a code may name; one that leaves it open names none. */
export const CODED_SIDES = ['left', 'right', 'bilateral'] as const;

/** Told as it was: what was added since, an older release did not know. */
const asBefore = (data: unknown): unknown => data;

const icd10 = z.strictObject({
  code: z.string(),
  text: z.string(),
  release: z.string(),
  /** Set where no loaded release covers the date of recording. */
  unconfirmedForDate: z.boolean().optional(),
  /** That the code names. */
  side: z.enum(CODED_SIDES).optional(),
});

const finding = z.strictObject({
  icd10: icd10.optional(),
  snomed: z.string().optional(),
  site: z.strictObject({ region: z.string(), side: z.string().optional() }).optional(),
  tissues: z.array(z.string()),
  dysfunction: z.enum(DYSFUNCTIONS),
  /** FHIR `date`, as precise as it is known. */
  onset: z.string().optional(),
  acuity: z.enum(ACUITIES).optional(),
  /** Why two codes that exclude each other stand together all the same (guideline I.A.12.a). */
  unrelatedReason: text.optional(),
});

export const DIAGNOSIS_CONTRACT = {
  DiagnosisRecorded: event(
    finding.extend({
      patientId: id,
      verification: z.enum(VERIFICATIONS),
      note: text.optional(),
      source: z.enum(SOURCES),
    }),
    2,
    asBefore,
  ),
  DiagnosisConfirmed: event(z.strictObject({})),
  DiagnosisRevised: event(finding.extend({ reason: text }), 2, asBefore),
  DiagnosisRefuted: event(z.strictObject({ reason: text })),
  /** The finding that stands then is what the source says: by it a later file tells what changed there. */
  DiagnosisReceived: event(z.strictObject({ system: z.string(), lastUpdated: z.string().optional() })),
  /** How it ended, and when where that is known (FHIR `clinicalStatus`, `abatement[x]`; as precise as it is known). */
  DiagnosisResolved: event(
    z.strictObject({ status: z.enum(ENDED), on: z.string().optional() }),
    2,
    (data) => ({ status: 'resolved', ...(data as { readonly on: string }) }),
  ),
  /** The source took back what was never taken of it here. */
  DiagnosisRetracted: event(
    z.strictObject({ patientId: id, system: z.string(), lastUpdated: z.string().optional() }),
  ),
  DiagnosisRecurred: event(z.strictObject({})),
  /** It was found to be of somebody else. */
  DiagnosisMoved: event(movedSchema),
};

export type DiagnosisEvent = EventsOf<typeof DIAGNOSIS_CONTRACT>;
export type Finding = z.output<typeof finding>;
