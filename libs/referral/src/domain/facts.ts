/** What a decision about a referral may need to know from elsewhere, as plain data. */
import type { WorkCalendar, Zone } from '@fascia/clinical/calendar';
import type { WhatHolds } from '@fascia/clinical/contraindications';
import type { SharingSaid } from '@fascia/directory/contract';
import type { CalendarDate, Instant } from '@fascia/kernel';

/** The person, as the surviving record says. */
export interface PatientFact {
  /** The record that its source uses instead, and that is not known to be somebody else's. */
  readonly replacedById?: string | undefined;
  /** Facts of the time when another record was merged with theirs, of which nobody has said yet whose they are. */
  readonly unassigned?: number | undefined;
  readonly birthDate: string;
  /** The record at the end of the chain, when the referral's own was merged away. */
  readonly mergedInto?: string | undefined;
  readonly deceased?: boolean | undefined;
}

/** The person who signs, as registered on the day that it is where they sign. */
export interface SignerFact {
  readonly practitionerId: string;
  readonly hasNpi: boolean;
  readonly licensed: boolean;
  readonly suspended: boolean;
}

export interface ListingFact {
  readonly listingId: string;
  readonly organizationId: string;
  /** In which that organisation counts its days. */
  readonly zone: Zone;
  /** The day that it is there. */
  readonly today: CalendarDate;
  readonly published: boolean;
  readonly services: readonly string[];
  readonly regions: readonly string[];
  readonly ageMin?: number | undefined;
  readonly ageMax?: number | undefined;
  readonly payers: readonly string[];
  readonly capacity: 'open' | 'limited' | 'closed';
  /** NUCC taxonomy codes of those who would treat, with a licence valid on that day. */
  readonly performers: readonly string[];
}

export interface ConsentFact extends SharingSaid {
  readonly consentId: string;
}

export interface DiagnosisFact {
  readonly diagnosisId: string;
  readonly patientId: string;
  readonly code: string;
  readonly verification: string;
  /** Codes that bounce a referral on sight (docs/domain/diagnosis.md#codes-that-bounce). */
  readonly bounces: boolean;
  /** Where it is, as far as it or its code says. */
  readonly place: PlaceFact;
}

export interface PlaceFact {
  readonly region?: string | undefined;
  readonly side?: string | undefined;
}

/** A diagnosis of the patient that stands, named in the order or not, and bounces on sight. */
export interface HazardFact {
  readonly diagnosisId: string;
  readonly code: string;
  /** `site`: only where it is. */
  readonly scope: 'whole' | 'site';
  readonly place: PlaceFact;
}

export interface FlagFact {
  readonly flagId: string;
  readonly catalogueId: string;
  readonly urgency: string;
  readonly open: boolean;
  readonly raisedAt: Instant;
}

/** A document of the patient that is filed; of all that a command names, those that are. */
export interface DocumentFact {
  readonly documentId: string;
  /** Of its bytes, hex. */
  readonly sha256: string;
}

export interface UnsettledFact {
  readonly precautionId: string;
  readonly catalogueId: string;
}

/** How far care has come under this referral. */
export interface CareFact {
  readonly inProgress: number;
  readonly performedUnsigned: number;
  /** Scheduled, checked in, in progress: not ended. */
  readonly notEnded: number;
  readonly upcoming: readonly string[];
  readonly finalMeasureIds: readonly string[];
  /** Of the plan that was signed last; nothing where none ever was. */
  readonly goals?: GoalsFact | undefined;
}

export interface GoalsFact {
  readonly planId: string;
  /** By what was measured last. */
  readonly unmet: readonly { readonly goalId: string; readonly pointer: string }[];
}

export interface ReferralFacts {
  /** Of the organisation that acts; where the product acts by itself, of the clinic that has the order, else of the referrer. */
  readonly calendar: WorkCalendar;
  readonly patient?: PatientFact | undefined;
  readonly signer?: SignerFact | undefined;
  /** Those of the target, in its order; one that does not exist is missing. */
  readonly listings: readonly ListingFact[];
  readonly consents: readonly ConsentFact[];
  readonly diagnoses: readonly DiagnosisFact[];
  readonly hazards: readonly HazardFact[];
  readonly flags: readonly FlagFact[];
  /** Of the catalogue of contraindications, what holds for the patient now. */
  readonly holds: WhatHolds;
  /** Precautions that nobody has looked at. */
  readonly unsettled: readonly UnsettledFact[];
  readonly documents: readonly DocumentFact[];
  /** Other open referrals of the patient with an overlapping region. */
  readonly duplicates: readonly string[];
  readonly care: CareFact;
  readonly profile: PolicyProfile;
  /** Red-flag questions that must be answered before a referral is sent. */
  readonly screeningItems: readonly string[];
}

/** How an installation runs its referrals; configuration with defaults. */
export interface PolicyProfile {
  readonly basis: 'TREATMENT' | 'EXPLICIT';
  readonly validityDays: number;
  readonly maxLegs: number;
  readonly holdMaxDays: number;
  /** After which a hold for safety is looked at again, unless the flag is cleared sooner. */
  readonly safetyReviewDays: number;
  readonly reverseDeclineBusinessDays: number;
  readonly expiryGraceDays: number;
  /** `AUTO` confirms a cancellation before treatment at once (COW). */
  readonly cancelBeforeTreatment: 'AUTO' | 'CONFIRM';
}

export const NO_CARE: CareFact = {
  inProgress: 0,
  performedUnsigned: 0,
  notEnded: 0,
  upcoming: [],
  finalMeasureIds: [],
};

/** Defaults (docs/domain/referral.md#defaults); an installation may configure others. */
export const DEFAULT_PROFILE: PolicyProfile = {
  basis: 'TREATMENT',
  validityDays: 90,
  maxLegs: 5,
  holdMaxDays: 30,
  safetyReviewDays: 7,
  reverseDeclineBusinessDays: 5,
  expiryGraceDays: 7,
  cancelBeforeTreatment: 'CONFIRM',
};
