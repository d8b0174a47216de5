/** What a decision about a plan may need to know from elsewhere, as plain data. */
import type { BodySite, PayerProfileName } from '@fascia/clinical';
import type { WhatHolds } from '@fascia/clinical/contraindications';
import type { CalendarDate } from '@fascia/kernel';

export interface ReferralFact {
  readonly patientId: string;
  /** The clinic of the current leg. */
  readonly organizationId: string;
  readonly referrerOrganizationId: string;
  /** Accepted, booked or in treatment. */
  readonly active: boolean;
  readonly payerProfile: PayerProfileName;
  readonly sites: readonly BodySite[];
  readonly techniquesExcluded: readonly string[];
}

/** The person who signs, as registered on the day that it is where they sign. */
export interface SignerFact {
  readonly practitionerId: string;
  readonly maySign: boolean;
  /** NUCC codes. */
  readonly taxonomies: readonly string[];
}

export interface DiagnosisFact {
  readonly diagnosisId: string;
  readonly patientId: string;
  /** Neither refuted nor resolved. */
  readonly stands: boolean;
}

/** Days are those of the clinic that plans. */
export interface PlanFacts {
  readonly today: CalendarDate;
  readonly referral?: ReferralFact | undefined;
  /** Whether the patient keeps the clinic from going on with their data. */
  readonly sharingClosed: boolean;
  readonly signer?: SignerFact | undefined;
  /** Those of the content; one that does not exist is missing. */
  readonly diagnoses: readonly DiagnosisFact[];
  /** Of the catalogue of contraindications, what holds for the patient now, or on the plan's first day where that is to come. */
  readonly holds: WhatHolds;
  /** The day of the first session that took place under the referral. */
  readonly firstTreatment?: CalendarDate | undefined;
  /** Another plan of this referral was in force before: care began under that one. */
  readonly followsAnother: boolean;
  /** Of the content's billing codes, those that the table of service codes does not have. */
  readonly unknownCodes: readonly string[];
}
