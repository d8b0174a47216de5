/** How referrals say no. */
import type { DIRECTORY_REFUSALS } from '@fascia/directory/contract';
import { refusals, refusing, type Refusal } from '@fascia/kernel/contract';

export const REFERRAL_REFUSALS = refusals({
  403: {
    HOLD_IS_THE_REFERRERS: 'Only who put it on hold may resume it',
    REFERRAL_NOT_CURRENT_LEG: 'You are not the current recipient',
    SIGNER_WITHOUT_NPI: 'A signature needs an NPI',
  },
  404: {
    REFERRAL_UNKNOWN: 'No such referral',
  },
  409: {
    CONSENT_MISSING: "The patient's consent is missing",
    DECLINE_TOO_OLD: 'The decline is too old to be reversed',
    RECIPIENT_DECLINED_BEFORE: 'This recipient has declined before',
    RED_FLAG_OPEN: 'A red flag is open',
    REFERRAL_CODE_BOUNCES: 'This diagnosis must not be referred',
    REFERRAL_CONTRAINDICATED: 'Care is contraindicated',
    REFERRAL_DIAGNOSIS_INVALID: 'The diagnosis cannot be referred',
    REFERRAL_DUPLICATE: 'An open referral covers this',
    REFERRAL_FLAG_OPEN: 'A safety flag is open',
    REFERRAL_ILLEGAL_TRANSITION: 'Not possible at this stage',
    REFERRAL_NOT_ON_HOLD: 'The referral is not on hold',
    REFERRAL_NOT_PLACED: 'The referral is with nobody',
    REFERRAL_PRECAUTION_UNSETTLED: 'A precaution waits to be settled',
    REFERRAL_RECIPIENT_UNFIT: 'The recipient cannot take this',
    REFERRAL_SCREENING_POSITIVE: 'The screening found something',
    REFERRAL_SITE_DIFFERS: 'The order is for another place than its diagnoses',
    REFERRAL_STILL_VALID: 'The referral is still valid',
    REFERRAL_TECHNIQUE_CONTRAINDICATED: 'A preferred technique is contraindicated',
    REFERRAL_TOO_MANY_LEGS: 'Redirected too often',
    REFERRAL_VALIDITY_OVER: 'The referral is no longer valid',
    REFERRAL_VISIT_BOOKED: 'A visit is booked',
    REVISION_UNACKNOWLEDGED: 'A revision waits for acknowledgement',
    SESSION_IN_PROGRESS: 'A session is in progress',
    SESSION_NOT_ENDED: 'A session has not ended',
    SESSION_UNSIGNED: 'A session is not signed',
    TREATMENT_STARTED: 'Treatment has started',
    VISIT_NOT_BOOKED: 'No such visit is booked',
    VISIT_WITHIN_GRACE: 'A booked visit is near',
  },
  422: {
    HOLD_REVIEW_DATE: 'The review date does not fit',
    INFORMATION_INCOMPLETE: 'Not every question is answered',
    MESSAGE_EMPTY: 'The message is empty',
    OUTCOME_GOALS_UNMET: 'Not every goal is met',
    OUTCOME_WITHOUT_MEASURES: 'The outcome has no final measures',
    QUESTION_ID_REPEATED: 'Two questions have one id',
    RED_FLAG_UNNAMED: 'The red flag is not named',
    PRECAUTION_ROW_UNKNOWN: 'The catalogue has no such precaution',
    REFERRAL_INCOMPLETE: 'The referral is not complete',
    REFERRAL_SCREENING_UNANSWERED: 'The screening is not answered',
    REFERRAL_DOCUMENT_UNKNOWN: 'No such document of this patient',
    SITE_INVALID: 'The site is not valid',
    SITE_REPEATED: 'A site is named twice',
  },
});

type Borrowed = Extract<
  keyof typeof DIRECTORY_REFUSALS,
  | 'CONSENT_WITHDRAWN'
  | 'FACTS_UNASSIGNED'
  | 'PATIENT_DECEASED'
  | 'PATIENT_MERGED'
  | 'PATIENT_REPLACED'
  | 'PATIENT_UNKNOWN'
  | 'SIGNER_NOT_LICENSED'
>;

export type ReferralRefusal = Refusal<keyof typeof REFERRAL_REFUSALS | Borrowed>;

export const refuse = refusing<ReferralRefusal['code']>();
