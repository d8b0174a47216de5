/**
 * Which HTTP status for which refusal: the one table. 409 is a rule about the state of things (another moment or
 * another person may get a yes), 422 is content that no state would make right, 403 is who asks, 404 what is not there.
 */

export interface RefusalRow {
  readonly status: 403 | 404 | 409 | 422;
  readonly title: string;
}

const rows = (status: RefusalRow['status'], titles: Readonly<Record<string, string>>): Readonly<Record<string, RefusalRow>> =>
  Object.fromEntries(Object.entries(titles).map(([code, title]) => [code, { status, title }]));

export const REFUSALS: Readonly<Record<string, RefusalRow>> = {
  ...rows(403, {
    FORBIDDEN_ROLE: 'Not for your role',
    ROLE_NOT_HELD: 'You do not hold that role',
    ORGANIZATION_REQUIRED: 'Your account belongs to no organisation',
    SESSION_LICENCE_INVALID: 'Your licence does not cover this',
    SIGNER_NOT_LICENSED: 'Your licence does not cover this',
    SIGNER_WITHOUT_NPI: 'A signature needs an NPI',
    CERT_NOT_AUTHORISED_SIGNER: 'You may not certify this plan',
    CLAIM_NEEDS_PERSON: 'Only a person can claim this',
    HOLD_IS_THE_REFERRERS: 'Only who put it on hold may resume it',
    REFERRAL_NOT_CURRENT_LEG: 'You are not the current recipient',
  }),
  ...rows(404, {
    PATIENT_UNKNOWN: 'No such patient',
    PRACTITIONER_UNKNOWN: 'No such practitioner',
    REFERRAL_UNKNOWN: 'No such referral',
    ASSESSMENT_UNKNOWN: 'No such assessment',
    TASK_UNKNOWN: 'No such task',
    FLAG_UNKNOWN: 'No such flag',
  }),
  ...rows(422, {
    AUTH_CPT_NOT_COVERED: 'The authorisation does not cover this code',
    BIRTH_DATE_IN_FUTURE: 'The birth date is in the future',
    CLOCK_SKEW: 'The time lies in the future',
    DIAGNOSIS_WITHOUT_CODE: 'The diagnosis has no code',
    HOLD_REVIEW_DATE: 'The review date does not fit',
    ICD_EXCLUDES1: 'These codes exclude each other',
    ICD_NOT_BILLABLE: 'The code is not billable on that date',
    ICD_SEVENTH_CHAR: 'The seventh character is missing or wrong',
    ICD_SIDE_MISMATCH: 'The side of the code is another',
    ICD_UNKNOWN: 'The code is not known',
    ICD_WARNING_UNACCEPTED: 'A warning about the code was not accepted',
    INFORMATION_INCOMPLETE: 'Not every question is answered',
    MEASURE_INCOMPLETE: 'Not enough items are answered',
    MEASURE_INTEGER: 'A whole number is needed',
    MEASURE_NOT_COMPARABLE: 'The measurements cannot be compared',
    MEASURE_RANGE: 'The value is outside the instrument\'s range',
    MERGE_SURVIVOR_INVALID: 'The surviving record does not fit',
    MESSAGE_EMPTY: 'The message is empty',
    ONSET_IN_FUTURE: 'The onset is in the future',
    OUTCOME_WITHOUT_MEASURES: 'The outcome has no final measures',
    PERIOD_REVERSED: 'The period ends before it begins',
    PLAN_DURATION_TOO_LONG: 'The plan is longer than allowed',
    PLAN_GOAL_DIRECTION: 'A target is not better than its baseline',
    PLAN_NO_DIAGNOSIS: 'The plan names no diagnosis',
    PLAN_NO_GOAL: 'The plan has no measurable long-term goal',
    PLAN_SITE_NOT_REFERRED: 'A site was not referred',
    QUESTION_ID_REPEATED: 'Two questions have one id',
    REASON_REQUIRED: 'A reason is needed',
    RED_FLAG_UNNAMED: 'The red flag is not named',
    REFERRAL_INCOMPLETE: 'The referral is not complete',
    REFERRAL_SCREENING_UNANSWERED: 'The screening is not answered',
    REGION_UNKNOWN: 'The body region is not known',
    RESOLVED_IN_FUTURE: 'The resolution is in the future',
    SESSION_FUTURE: 'The session lies in the future',
    SESSION_MINUTES_MISMATCH: 'The minutes do not add up',
    SESSION_NPRS_RANGE: 'Pain is a whole number from 0 to 10',
    SIDE_NOT_ALLOWED: 'The region has no such side',
    SIDE_REQUIRED: 'The side is missing',
    TIME_ZONE_UNKNOWN: 'The time zone is not known',
  }),
  ...rows(409, {
    ACCOUNT_TAKEN: 'The account belongs to somebody else',
    ASSESSMENT_EXISTS: 'This assessment exists',
    AUTH_ALREADY_RESERVED: 'The visit is reserved already',
    AUTH_NO_VISITS_LEFT: 'No authorised visits are left',
    AUTH_OUTSIDE_WINDOW: 'Outside the authorised period',
    CERT_ORDER_EXCEPTION_NOT_MET: 'The order-on-file exception does not apply',
    CERT_WINDOW_EXCEEDED: 'The certification is late',
    CONCURRENCY_CONFLICT: 'Somebody else was faster',
    CONSENT_EXISTS: 'This consent exists',
    CONSENT_MISSING: 'The patient\'s consent is missing',
    CONSENT_WITHDRAWN: 'The consent was withdrawn',
    DECLINE_TOO_OLD: 'The decline is too old to be reversed',
    DIAGNOSIS_EXISTS: 'This diagnosis exists',
    DIAGNOSIS_REFUTED: 'The diagnosis was refuted',
    DUPLICATE_COMMAND: 'This was done before',
    FLAG_CLEARED: 'The flag is cleared',
    FLAG_EXISTS: 'This flag exists',
    FLAG_NOT_OPEN: 'The flag is not open',
    LISTING_EXISTS: 'This listing exists',
    LISTING_WITHDRAWN: 'The listing was withdrawn',
    ORGANIZATION_EXISTS: 'This organisation exists',
    PATIENT_EXISTS: 'This patient exists',
    PATIENT_MERGED: 'The record was merged into another',
    PLAN_NOT_BEFORE_TREATMENT: 'The plan has to come before treatment',
    PLAN_TECHNIQUE_CONTRAINDICATED: 'A technique is contraindicated',
    PRACTITIONER_EXISTS: 'This practitioner exists',
    RECIPIENT_DECLINED_BEFORE: 'This recipient has declined before',
    RED_FLAG_OPEN: 'A red flag is open',
    REFERRAL_CODE_BOUNCES: 'This diagnosis must not be referred',
    REFERRAL_DIAGNOSIS_INVALID: 'The diagnosis cannot be referred',
    REFERRAL_DUPLICATE: 'An open referral covers this',
    REFERRAL_FLAG_OPEN: 'A safety flag is open',
    REFERRAL_ILLEGAL_TRANSITION: 'Not possible at this stage',
    REFERRAL_NOT_ON_HOLD: 'The referral is not on hold',
    REFERRAL_NOT_PLACED: 'The referral is with nobody',
    REFERRAL_NOT_UNDER_CARE: 'The referral is not under care',
    REFERRAL_RECIPIENT_UNFIT: 'The recipient cannot take this',
    REFERRAL_SCREENING_POSITIVE: 'The screening found something',
    REFERRAL_STILL_VALID: 'The referral is still valid',
    REFERRAL_TOO_MANY_LEGS: 'Redirected too often',
    REFERRAL_VALIDITY_OVER: 'The referral is no longer valid',
    REFERRAL_VISIT_BOOKED: 'A visit is booked',
    REGISTER_TAKEN: 'Somebody else holds this',
    REVISION_UNACKNOWLEDGED: 'A revision waits for acknowledgement',
    SESSION_ALREADY_SIGNED: 'The session is signed',
    SESSION_CONTRAINDICATED_SITE: 'The site is contraindicated',
    SESSION_IN_PROGRESS: 'A session is in progress',
    SESSION_NOT_ENDED: 'A session has not ended',
    SESSION_NO_AUTH: 'There is no authorisation',
    SESSION_NO_PLAN: 'There is no established plan',
    SESSION_OVERLAP: 'The time is taken',
    SESSION_PRESCREEN_MISSING: 'The pre-screen is missing',
    SESSION_RED_FLAG_BLOCK: 'A red flag blocks the session',
    SESSION_REFERRAL_NOT_ACTIVE: 'The referral is not active',
    SESSION_TECHNIQUE_NOT_IN_PLAN: 'The technique is not in the plan',
    SESSION_UNSIGNED: 'A session is not signed',
    TASK_CLAIMED: 'Somebody has claimed the task',
    TASK_EXISTS: 'This task exists',
    TASK_NOT_CLAIMED: 'Nobody has claimed the task',
    TASK_OVER: 'The task is over',
    TREATMENT_STARTED: 'Treatment has started',
    VISIT_NOT_BOOKED: 'No such visit is booked',
    VISIT_WITHIN_GRACE: 'A booked visit is near',
  }),
};

/** A code without a row is a rule about state, until somebody adds its row (see {@link missingRefusals}). */
const UNLISTED: RefusalRow = { status: 409, title: 'A rule says no' };

const rowOf = (code: string): RefusalRow => (Object.hasOwn(REFUSALS, code) ? (REFUSALS[code] ?? UNLISTED) : UNLISTED);

export const statusOf = (code: string): number => rowOf(code).status;

export const titleOfRefusal = (code: string): string => rowOf(code).title;

/** Codes that contexts use but this table lacks: an architecture test demands that there are none. */
export const missingRefusals = (used: Iterable<string>): readonly string[] =>
  [...new Set(used)].filter((code) => !Object.hasOwn(REFUSALS, code)).sort();
