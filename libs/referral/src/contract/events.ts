/** What is stored about a referral: one event for each row of the transition table. */
import { z } from 'zod';
import { event, personal, type EventsOf } from '@fascia/kernel/contract';
import { contentSchema, targetSchema } from './order.js';

/** Told as it was: what was added since, an older release did not know. */
const asBefore = (data: unknown): unknown => data;

const text = personal(z.string().max(4000));
const id = z.uuid();

export const DECLINE_REASONS = [
  'out-of-scope',
  'capacity',
  'payer-not-accepted',
  'insufficient-information',
  'contraindicated',
  'red-flag',
  'wrong-patient',
  'duplicate',
  'patient-unreachable',
  'patient-declined',
  'geography',
  'returned-with-advice',
] as const;

export const OUTCOME_KINDS = [
  'goals-met',
  'plateau',
  'transferred',
  'patient-choice',
  'lost-to-follow-up',
  'red-flag',
  'no-treatment-indicated',
  'authorisation-ended',
  'deceased',
] as const;

export const VISIT_KINDS = ['evaluation', 'treatment', 'reevaluation', 'discharge'] as const;

/** Why sharing is lawful: 45 CFR 164.506(c) for treatment, or an active consent. */
const basis = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('TREATMENT') }),
  z.strictObject({ kind: z.literal('EXPLICIT'), consentIds: z.array(id).min(1) }),
]);

/** Where a leg goes: to one listing, or to a pool whose members may claim it. */
const placement = z.strictObject({
  target: targetSchema,
  /** The organisations behind the listings, in the same order. */
  organizationIds: z.array(id).min(1),
});

const signature = z.strictObject({ practitionerId: id, at: z.iso.datetime() });
const question = z.strictObject({ questionId: z.string(), text, mandatory: z.boolean() });

export const REFERRAL_CONTRACT = {
  ReferralDrafted: event(
    z.strictObject({ patientId: id, referrerOrganizationId: id, content: contentSchema }),
    2,
    asBefore,
  ),
  ReferralDraftEdited: event(z.strictObject({ content: contentSchema }), 2, asBefore),
  ReferralDraftDiscarded: event(z.strictObject({})),
  ReferralSent: event(
    z.strictObject({
      patientId: id,
      referrerOrganizationId: id,
      legNo: z.literal(1),
      placement,
      content: contentSchema,
      diagnosisCodes: z.array(z.string()).min(1),
      validUntil: z.iso.datetime(),
      basis,
      signature,
    }),
    2,
    asBefore,
  ),
  ReferralClaimed: event(z.strictObject({ organizationId: id, listingId: id })),
  ReferralReleased: event(z.strictObject({ reason: text })),
  ReferralReceived: event(z.strictObject({})),
  ReferralInformationRequested: event(z.strictObject({ questions: z.array(question).min(1) })),
  ReferralInformationSupplied: event(
    z.strictObject({
      answers: z.array(z.strictObject({ questionId: z.string(), text, documentId: id.optional() })),
    }),
    2,
    asBefore,
  ),
  ReferralAccepted: event(z.strictObject({ note: text.optional() })),
  ReferralDeclined: event(
    z.strictObject({
      reason: z.enum(DECLINE_REASONS),
      note: text.optional(),
      flagIds: z.array(id),
      urgency: z.string().optional(),
      bookingsCancelled: z.array(id),
      /** Rows of the red-flag catalogue that the recipient saw; each is raised. */
      catalogueIds: z.array(z.string()).optional(),
    }),
    2,
    asBefore,
  ),
  ReferralRedirectProposed: event(z.strictObject({ listingId: id, reason: text })),
  ReferralStopProposed: event(z.strictObject({ reason: text })),
  ReferralProposalRejected: event(z.strictObject({ reason: text })),
  ReferralRedirected: event(
    z.strictObject({
      legNo: z.int().min(2),
      placement,
      basis,
      overrideReason: text.optional(),
      bookingsCancelled: z.array(id),
    }),
  ),
  ReferralVisitBooked: event(
    z.strictObject({ sessionId: id, kind: z.enum(VISIT_KINDS), start: z.iso.datetime() }),
  ),
  /** To another time. */
  ReferralVisitMoved: event(z.strictObject({ sessionId: id, start: z.iso.datetime() })),
  /** The patient came. */
  ReferralVisitKept: event(z.strictObject({ sessionId: id })),
  ReferralVisitMissed: event(z.strictObject({ sessionId: id, consecutive: z.int(), total: z.int() })),
  ReferralVisitCancelled: event(z.strictObject({ sessionId: id, by: z.string(), noticeHours: z.number() })),
  ReferralTreatmentStarted: event(z.strictObject({ sessionId: id })),
  ReferralInterimNoteSent: event(z.strictObject({ documentId: id })),
  ReferralPutOnHold: event(
    z.strictObject({
      holder: z.enum(['referrer', 'recipient', 'safety']),
      reason: text,
      reviewBy: z.iso.date(),
      flagId: id.optional(),
      bookingsCancelled: z.array(id),
    }),
  ),
  ReferralResumed: event(z.strictObject({})),
  ReferralWithdrawn: event(z.strictObject({ reason: text, deceased: z.boolean() })),
  ReferralCancellationRequested: event(z.strictObject({ reason: text, deceased: z.boolean() })),
  ReferralCancelled: event(z.strictObject({})),
  ReferralCancellationRefused: event(z.strictObject({ reason: text })),
  ReferralOutcomeReported: event(
    z.strictObject({
      kind: z.enum(OUTCOME_KINDS),
      summary: text,
      noFinalMeasuresReason: text.optional(),
      finalMeasureIds: z.array(id),
      signature,
      /** Why it is called goals-met, though these goals of the plan were not, by what was measured. */
      goalsMetReason: text.optional(),
      unmetGoalIds: z.array(z.string()).optional(),
    }),
    2,
    asBefore,
  ),
  ReferralDeclineReversed: event(z.strictObject({ reason: text })),
  ReferralOutcomeAcknowledged: event(
    z.strictObject({ mode: z.enum(['MANUAL', 'AUTO']), note: text.optional() }),
  ),
  ReferralClosed: event(z.strictObject({})),
  ReferralOutcomeQueried: event(z.strictObject({ question: text })),
  ReferralOutcomeAmended: event(z.strictObject({ addendum: text, reason: text, signature })),
  ReferralExpired: event(z.strictObject({})),
  ReferralVoided: event(z.strictObject({ reason: text })),
  ReferralRevised: event(
    z.strictObject({ content: contentSchema, material: z.boolean(), reason: text, signature }),
    2,
    asBefore,
  ),
  ReferralRevisionAcknowledged: event(z.strictObject({})),
  ReferralSuperseded: event(z.strictObject({ replacementId: id, reason: text })),
  ReferralMessagePosted: event(
    z.strictObject({
      side: z.enum(['referrer', 'recipient']),
      text: text.optional(),
      documentId: id.optional(),
    }),
  ),
};

export type ReferralEvent = EventsOf<typeof REFERRAL_CONTRACT>;
export type ReferralEventOf<T extends ReferralEvent['type']> = Extract<ReferralEvent, { type: T }>['data'];
export type Placement = z.output<typeof placement>;
export type Basis = z.output<typeof basis>;
