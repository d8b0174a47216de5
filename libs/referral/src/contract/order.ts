/** The order's content, as a draft gathers it and `ReferralSent` fixes it. Codes: docs/domain/referral.md#codes. */
import { z } from 'zod';
import { PAYER_PROFILES } from '@fascia/clinical';
import { personal } from '@fascia/kernel/contract';

export const PRIORITIES = ['routine', 'urgent', 'asap', 'stat'] as const;
export const GOAL_CATEGORIES = ['mobility', 'pain', 'recovery', 'posture', 'wellbeing'] as const;
export const SCREENING_ANSWERS = ['yes', 'no', 'unknown'] as const;

const text = personal(z.string().max(4000));

export const siteSchema = z.strictObject({
  region: z.string(),
  side: z.string().optional(),
  tissues: z.array(z.string()),
});

export const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('directed'), listingId: z.uuid() }),
  z.strictObject({ kind: z.literal('pool'), listingIds: z.array(z.uuid()).min(1).max(20) }),
]);

export const contentSchema = z.strictObject({
  priority: z.enum(PRIORITIES).optional(),
  service: z
    .strictObject({
      code: z.literal('STM'),
      techniquesPreferred: z.array(z.string()),
      techniquesExcluded: z.array(z.string()),
    })
    .optional(),
  target: targetSchema.optional(),
  sites: z.array(siteSchema).optional(),
  diagnosisIds: z.array(z.uuid()).optional(),
  /** A calendar date, or `unknown` said in so many words. */
  onset: z.string().optional(),
  mechanism: text.optional(),
  /** Why the diagnosis is suspected: needed when it is provisional. */
  suspicion: text.optional(),
  severityNprs: z.int().min(0).max(10).optional(),
  clinicalQuestion: text.optional(),
  goals: z.array(z.strictObject({ category: z.enum(GOAL_CATEGORIES), text })).optional(),
  screening: z
    .array(z.strictObject({ flagId: z.string(), answer: z.enum(SCREENING_ANSWERS), detail: text.optional() }))
    .optional(),
  /** Precaution catalogue ids that apply; an empty list says "asked, none". */
  precautions: z.array(z.string()).optional(),
  requested: z.strictObject({ frequencyPerWeek: z.number(), weeks: z.int(), visits: z.int() }).optional(),
  payer: z.strictObject({ profile: z.enum(PAYER_PROFILES), authorizationId: z.uuid().optional() }).optional(),
  attachments: z.array(z.strictObject({ documentId: z.uuid(), sha256: z.string() })).optional(),
  validUntil: z.iso.date().optional(),
  duplicateOverrideReason: text.optional(),
  /** Why the order is for another place than its diagnoses. */
  siteExplanation: text.optional(),
});

/** A revision that differs in one of these is material: the recipient must look again (docs/domain/referral.md#revision). */
export const MATERIAL_PARTS = ['diagnosisIds', 'sites', 'precautions', 'requested'] as const;

export type OrderContent = z.output<typeof contentSchema>;
export type Target = z.output<typeof targetSchema>;
