/** What is stored about a session: an appointment, then a visit, then a signed note (docs/domain/session.md). */
import { z } from 'zod';
import { PAYER_PROFILES, REGIONS, SIDES, TISSUES, UNIT_METHODS } from '@fascia/clinical';
import { event, personal, type EventsOf } from '@fascia/kernel/contract';

const text = personal(z.string().max(4000));
const line = personal(z.string().max(200));
const id = z.uuid();
/** UTC with milliseconds, so that text sorts as time does. */
const instant = z.iso.datetime({ precision: 3 });
const nprs = z.int().min(0).max(10);
const minutes = z.int().min(0);

export const SESSION_KINDS = ['evaluation', 'treatment', 'reevaluation', 'discharge'] as const;
export const CANCELLED_BY = ['patient', 'clinic'] as const;
/** How an intervention left the plan. */
export const DEVIATIONS = ['technique', 'site'] as const;

/** What makes a session hard to bill or to defend, and never blocks its documentation (docs/domain/session.md#flags-of-compliance). */
export const COMPLIANCE_FLAGS = [
  'CERTIFICATION_OVERDUE',
  'CERTIFICATION_LAPSED',
  'PLAN_PERIOD_OVER',
  'DEVIATION_FROM_PLAN',
  'UNIT_TIE_UNSETTLED',
  'LATE_ENTRY',
  'LATE_SIGNATURE',
  'ONE_TO_ONE_OVERLAP',
] as const;

/** Told of a visit beside them: an event of its own says it. */
export const VISIT_FLAGS = [...COMPLIANCE_FLAGS, 'CONTRAINDICATED_CARE'] as const;

/** Of those, what keeps a bill back until somebody has settled it. */
export const BILLING_HOLDS: readonly ComplianceFlag[] = [
  'CERTIFICATION_OVERDUE',
  'CERTIFICATION_LAPSED',
  'UNIT_TIE_UNSETTLED',
  'ONE_TO_ONE_OVERLAP',
];

/** Told as it was: what was added since, an older release did not know. */
const asBefore = (data: unknown): unknown => data;

const signature = z.strictObject({ practitionerId: id, at: z.iso.datetime() });
const complianceFlags = z.array(z.enum(COMPLIANCE_FLAGS));

/** At rest. Millimetres of mercury, per minute, per cent, degrees Celsius. */
const vitals = z.strictObject({
  sbpMmHg: z.number().optional(),
  dbpMmHg: z.number().optional(),
  heartRatePerMin: z.number().optional(),
  spo2Percent: z.number().optional(),
  tempCelsius: z.number().optional(),
});

const preScreen = z.strictObject({
  /** Rows of the red-flag catalogue that were found; vital signs outside their limits add F10. */
  flags: z.array(z.string()),
  vitals,
  vitalFinding: z
    .strictObject({
      outside: z.array(z.string()),
      limitsVersion: z.string(),
      recheckAfterMinutes: z.number(),
    })
    .optional(),
  skinIntact: z.boolean(),
  consentVerbal: z.boolean(),
  nprsPre: nprs,
});

const intervention = z.strictObject({
  /** From 1, in the order of recording. */
  seq: z.int().min(1),
  /** The plan in force, and its version. */
  planId: id,
  planVersion: z.int().min(1),
  technique: z.string(),
  region: z.enum(REGIONS),
  side: z.enum(SIDES).optional(),
  tissue: z.enum(TISSUES),
  position: line.optional(),
  tool: line.optional(),
  pressureGrade: z.int().min(1).max(5),
  minutes,
  /** One-to-one time that counts towards units. */
  timed: z.boolean(),
  cpt: z.string(),
  nprsDuring: nprs.optional(),
  response: text.optional(),
  deviations: z.array(z.enum(DEVIATIONS)),
  deviationReason: text.optional(),
});

const units = z.strictObject({
  method: z.enum(UNIT_METHODS),
  profileVersion: z.string(),
  totalUnits: z.int().min(0),
  byCode: z.array(z.strictObject({ cpt: z.string(), units: z.int().min(0) })),
  tie: z.strictObject({ candidates: z.array(z.string()), places: z.int(), settled: z.boolean() }).optional(),
});

const narrative = z.strictObject({ subjective: text, objective: text, assessment: text, plan: text });

const booking = z.strictObject({
  patientId: id,
  referralId: id,
  /** The clinic that has the referral. */
  organizationId: id,
  referrerOrganizationId: id,
  payerProfile: z.enum(PAYER_PROFILES),
  kind: z.enum(SESSION_KINDS),
  therapistId: id,
  start: instant,
  end: instant,
  locationId: id.optional(),
});

export const SESSION_CONTRACT = {
  SessionScheduled: event(
    // Why it goes beyond the visits or the dates that were ordered and planned.
    booking.extend({ beyondOrder: text.optional() }),
    2,
    asBefore,
  ),
  /** It took place, and nobody had recorded it: what was done is documented as of one that is under way. */
  SessionEnteredLate: event(booking.extend({ reason: text })),
  SessionRescheduled: event(
    z.strictObject({ start: instant, end: instant, therapistId: id, beyondOrder: text.optional() }),
    2,
    asBefore,
  ),
  /** Hours between the cancellation and the start; 0 when it came after. */
  SessionCancelled: event(
    z.strictObject({ by: z.enum(CANCELLED_BY), noticeHours: z.number().min(0), reason: text }),
  ),
  SessionNoShow: event(z.strictObject({})),
  PatientCheckedIn: event(z.strictObject({})),
  PreScreenRecorded: event(preScreen),
  SessionStarted: event(z.strictObject({ planId: id.optional(), planVersion: z.int().min(1).optional() })),
  InterventionRecorded: event(intervention),
  /** Beside the intervention of that number: the rows of the contraindication catalogue that it was done against. */
  ContraindicatedCareRecorded: event(
    z.strictObject({ seq: z.int().min(1), catalogueIds: z.array(z.string()).min(1), reason: text }),
  ),
  /** `flagId`: the raised flag, where one was the reason. */
  SessionStopped: event(z.strictObject({ reason: text, flagId: id.optional() })),
  SessionPerformed: event(
    z.strictObject({
      start: instant,
      end: instant,
      totalTimedMinutes: minutes,
      totalTreatmentMinutes: minutes,
      nprsPost: nprs,
      /** Absent where the payer counts no units. */
      units: units.optional(),
      complianceFlags,
      narrative,
    }),
    2,
    asBefore,
  ),
  SessionSigned: event(
    z.strictObject({
      signature,
      credential: z.string(),
      complianceFlags,
      /** Why a colleague signed, and not the therapist of the session. */
      substituteReason: text.optional(),
    }),
    3,
    asBefore,
  ),
  /** Entered in error: it did not take place so. */
  SessionVoided: event(z.strictObject({ reason: text })),
  SessionAmended: event(z.strictObject({ text, reason: text, signature, credential: z.string() })),
};

export type SessionEvent = EventsOf<typeof SESSION_CONTRACT>;
export type SessionEventOf<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>['data'];
export type SessionKind = (typeof SESSION_KINDS)[number];
export type Deviation = (typeof DEVIATIONS)[number];
export type ComplianceFlag = (typeof COMPLIANCE_FLAGS)[number];
export type SessionUnits = z.output<typeof units>;
export type Narrative = z.output<typeof narrative>;
