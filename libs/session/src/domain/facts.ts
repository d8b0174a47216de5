/** What a decision about a session may need to know from elsewhere, as plain data. */
import type { BodySite, PayerProfileName, Timing } from '@fascia/clinical';
import type { WhatHolds } from '@fascia/clinical/contraindications';
import type { CalendarDate, Decision, DecisionContext, Instant } from '@fascia/kernel';
import type { SessionEvent } from '../contract/events.js';

export interface ReferralFact {
  readonly patientId: string;
  /** The clinic of the current leg. */
  readonly organizationId: string;
  readonly referrerOrganizationId: string;
  /** Accepted, booked or in treatment, and still with the session's clinic. */
  readonly active: boolean;
  readonly payerProfile: PayerProfileName;
  readonly revisionToAcknowledge: boolean;
  readonly treatmentStarted: boolean;
  readonly sentAt: Instant;
  readonly validUntil: Instant;
  /** That were ordered. */
  readonly sites: readonly BodySite[];
  /** Of a visit that is entered late: when the clinic had the patient under care. */
  readonly accepted?: readonly { readonly from: Instant; readonly to?: Instant }[] | undefined;
}

/** The session's therapist as registered on {@link SessionFacts.day}; of a signature, who signs. */
export interface TherapistFact {
  readonly practitionerId: string;
  readonly maySign: boolean;
  /** NUCC codes. */
  readonly taxonomies: readonly string[];
  /** Professional identification, as it stands beside a signature. */
  readonly credential: string;
}

export interface FlagFact {
  readonly catalogueId: string;
  readonly urgency: string;
  readonly cleared: boolean;
  /** Where the sign is; the whole patient when absent. */
  readonly site?: BodySite | undefined;
  /** The session in which it was found. */
  readonly sessionId?: string | undefined;
}

/** The plan in force; of a visit that was entered late, the one that was. */
export interface PlanFact {
  readonly planId: string;
  readonly planVersion: number;
  readonly techniques: readonly string[];
  readonly sites: readonly BodySite[];
  /** Rows of the contraindication catalogue that were weighed. */
  readonly precautionsConsidered: readonly string[];
  readonly periodEnd: CalendarDate;
  /** Absent where the payer asks for none. */
  readonly certification?:
    { readonly due: CalendarDate; readonly until?: CalendarDate | undefined } | undefined;
}

/** The visits under a referral, and what was agreed of them. */
export interface CourseFact {
  /** Beside this one: still to come, under way, or having taken place. */
  readonly visits: number;
  /** As many as the plan in force foresees, else as the order asks for; absent where neither says. */
  readonly agreed?: number | undefined;
  /** Days of the plan in force, both included. */
  readonly period?: { readonly from: CalendarDate; readonly to: CalendarDate } | undefined;
}

/** The patient, across all records of theirs. */
export interface PersonFact {
  readonly deceased: boolean;
  /** Another record of theirs has a visit in that time; on the session's own record a register tells. */
  readonly elsewhere: boolean;
  /** Whether the patient lets the clinic go on with their data. */
  readonly sharingClosed: boolean;
}

/** Another visit that the therapist had, as it took place. */
export interface VisitFact {
  readonly start: Instant;
  readonly end: Instant;
  /** One-to-one. */
  readonly timedMinutes: number;
}

export interface SessionFacts {
  /** At the clinic: of the visit where one is booked or documented, otherwise today. */
  readonly day: CalendarDate;
  readonly person?: PersonFact | undefined;
  readonly referral?: ReferralFact | undefined;
  readonly therapist?: TherapistFact | undefined;
  readonly course?: CourseFact | undefined;
  /** Every flag of the patient. */
  readonly flags: readonly FlagFact[];
  readonly plan?: PlanFact | undefined;
  /** Of the codes that are concerned, those that the table of service codes has. */
  readonly timings: ReadonlyMap<string, Timing>;
  /** Visits of the same therapist that took place at the same time in part, or between such. */
  readonly beside: readonly VisitFact[];
  /** Of the catalogue of contraindications, what holds for the patient when the visit is, or now once it is under way. */
  readonly holds: WhatHolds;
}

export type Context = DecisionContext<SessionFacts>;
export type Answer = Decision<SessionEvent>;
