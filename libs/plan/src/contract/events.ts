/** What is stored about a plan of care; its versions are in one stream. */
import { z } from 'zod';
import { PAYER_PROFILES } from '@fascia/clinical';
import { event, personal, type EventsOf } from '@fascia/kernel/contract';
import { completeSchema, contentSchema } from './content.js';

const text = personal(z.string().max(4000));
const id = z.uuid();

/** How a plan reached the referrer. */
export const SUBMIT_CHANNELS = ['portal', 'direct', 'fax', 'post', 'in-person'] as const;

const signature = z.strictObject({ practitionerId: id, at: z.iso.datetime() });

export const PLAN_CONTRACT = {
  PlanDrafted: event(
    z.strictObject({
      referralId: id,
      patientId: id,
      /** The clinic that has the referral. */
      organizationId: id,
      referrerOrganizationId: id,
      payerProfile: z.enum(PAYER_PROFILES),
      content: contentSchema,
    }),
  ),
  PlanEdited: event(z.strictObject({ content: contentSchema })),
  PlanEstablished: event(
    z.strictObject({
      /** Of the plan, from 1; a changed plan is established again. */
      planVersion: z.int().min(1),
      content: completeSchema,
      payerProfile: z.enum(PAYER_PROFILES),
      profileVersion: z.string(),
      needsCertification: z.boolean(),
      signature,
    }),
  ),
  PlanSubmitted: event(
    z.strictObject({
      toOrganizationId: id,
      channel: z.enum(SUBMIT_CHANNELS),
      /** Receipt of a fax, tracking number: proof that it was sent. */
      proofRef: personal(z.string().max(200)).optional(),
    }),
  ),
  PlanReviewed: event(
    z.strictObject({ planVersion: z.int().min(1), agree: z.boolean(), text: text.optional() }),
  ),
  PlanChangesRequested: event(z.strictObject({ text })),
  PlanCertified: event(
    z.strictObject({
      mode: z.literal('SIGNATURE'),
      planVersion: z.int().min(1),
      /** The practitioner who signed. */
      certifiedBy: id,
      from: z.iso.date(),
      until: z.iso.date(),
      /** The physician wants to see the patient by then. */
      visitRequiredBy: z.iso.date().optional(),
      /** Certified after the window; the gap stays visible. */
      delayed: z.boolean().optional(),
      reason: text.optional(),
      profileVersion: z.string(),
    }),
  ),
  PlanCompleted: event(z.strictObject({})),
  PlanDiscontinued: event(z.strictObject({ reason: text })),
};

export type PlanEvent = EventsOf<typeof PLAN_CONTRACT>;
export type PlanEventOf<T extends PlanEvent['type']> = Extract<PlanEvent, { type: T }>['data'];
