/**
 * The rules of a session, by the names a clinician knows them by (docs/domain/session.md, docs/domain/safety.md). Each answers
 * nothing, or why not; the lists are in the order in which people are told.
 */
import {
  forbidsSession,
  forbidsWorkAt,
  isRedFlagId,
  mayPerform,
  payerProfile,
  preventsStart,
  type BodySite,
  type PayerProfileName,
} from '@fascia/clinical';
import { DAY_MS, elapsedMs, HOUR_MS, MINUTE_MS } from '@fascia/clinical/calendar';
import { PATIENT_DECEASED, SHARING_CLOSED } from '@fascia/directory/contract';
import type { Instant } from '@fascia/kernel';
import type { SessionRefusal } from '../contract/refusals.js';
import { somethingMayBeTreated } from './contraindications.js';
import type { SessionFacts } from './facts.js';
import type { Visit } from './session.js';
import { staysWithinOrder, type Booking } from './within-order.js';

/** Product defaults (docs/domain/session.md#booking). */
export const LONGEST_HOURS = 8;
const LATE_BOOKING_MINUTES = 5;
/** What lies further away is a slip of a digit. */
const BOOKED_AHEAD_DAYS = 2 * 366;
/** C01, fever (docs/domain/safety.md#fever). */
const FEVER_ABOVE_CELSIUS = 37.8;

export interface Period {
  readonly start: Instant;
  readonly end: Instant;
}

export const periodFault = ({ start, end }: Period): SessionRefusal | undefined => {
  const length = elapsedMs(start, end);
  return length > 0 && length <= LONGEST_HOURS * HOUR_MS
    ? undefined
    : {
        code: 'SESSION_PERIOD_INVALID',
        detail: `A session ends after it begins, and within ${String(LONGEST_HOURS)} hours.`,
        pointer: '/end',
      };
};

// Booking

export interface Slot extends Period, Booking {
  readonly payerProfile: PayerProfileName;
}

export type BookingGuard = (slot: Slot, facts: SessionFacts, at: Instant) => SessionRefusal | undefined;

export const referralIsActive = ({ referral }: Pick<SessionFacts, 'referral'>): SessionRefusal | undefined =>
  referral?.active === true
    ? undefined
    : {
        code: 'SESSION_REFERRAL_NOT_ACTIVE',
        detail:
          'A session needs a referral that your organisation has accepted and that is not on hold or over.',
        pointer: '/referralId',
      };

export const revisionIsAcknowledged: BookingGuard = (_slot, { referral }) =>
  referral?.revisionToAcknowledge === true
    ? {
        code: 'REVISION_UNACKNOWLEDGED',
        detail: 'The order was changed: acknowledge the revision before booking.',
      }
    : undefined;

export const periodIsBookable: BookingGuard = (slot, _facts, at) => {
  if (elapsedMs(slot.start, at) > LATE_BOOKING_MINUTES * MINUTE_MS)
    return {
      code: 'SESSION_PERIOD_INVALID',
      detail: 'A session is booked before it begins.',
      pointer: '/start',
    };
  return elapsedMs(at, slot.start) > BOOKED_AHEAD_DAYS * DAY_MS
    ? {
        code: 'SESSION_PERIOD_INVALID',
        detail: 'A session is booked at most two years ahead: check the year.',
        pointer: '/start',
      }
    : periodFault(slot);
};

export const firstVisitIsInValidity: BookingGuard = ({ start }, { referral }) =>
  referral !== undefined && !referral.treatmentStarted && start > referral.validUntil
    ? {
        code: 'REFERRAL_VALIDITY_OVER',
        detail:
          "The first visit lies within the referral's validity: choose an earlier day, or ask the referrer to renew.",
        pointer: '/start',
        about: { validUntil: referral.validUntil },
      }
    : undefined;

export const therapistIsLicensed = ({
  therapist,
}: Pick<SessionFacts, 'therapist'>): SessionRefusal | undefined =>
  therapist?.maySign === true
    ? undefined
    : {
        code: 'SESSION_LICENCE_INVALID',
        detail: 'The therapist needs a licence that is valid on that day, and must not be suspended.',
        pointer: '/therapistId',
      };

export const performerIsAllowed = (
  { payerProfile: payer }: Pick<Slot, 'payerProfile'>,
  { therapist }: Pick<SessionFacts, 'therapist'>,
): SessionRefusal | undefined =>
  mayPerform(payerProfile(payer), therapist?.taxonomies ?? [])
    ? undefined
    : {
        code: 'SESSION_PERFORMER_NOT_ALLOWED',
        detail: 'Under this payer another profession treats: book a colleague who is allowed to.',
        pointer: '/therapistId',
      };

export const overlap = (who: string): SessionRefusal => ({
  code: 'SESSION_OVERLAP',
  detail: `The ${who} has another session at that time: choose another time.`,
  pointer: '/start',
  about: { who },
});

export const patientLives = ({ person }: Pick<SessionFacts, 'person'>): SessionRefusal | undefined =>
  person?.deceased === true ? PATIENT_DECEASED : undefined;

/** What was done stays documented; nothing new is begun over the patient's no. */
export const sharingIsOpen = ({ person }: Pick<SessionFacts, 'person'>): SessionRefusal | undefined =>
  person?.sharingClosed === true ? SHARING_CLOSED : undefined;

export const patientIsFree: BookingGuard = (_slot, { person }) =>
  person?.elsewhere === true ? overlap('patient') : undefined;

export const bookingGuards: readonly BookingGuard[] = [
  (_slot, facts) => patientLives(facts),
  (_slot, facts) => sharingIsOpen(facts),
  (_slot, facts) => referralIsActive(facts),
  revisionIsAcknowledged,
  periodIsBookable,
  firstVisitIsInValidity,
  staysWithinOrder,
  (_slot, facts) => therapistIsLicensed(facts),
  performerIsAllowed,
  patientIsFree,
  ({ kind }, facts) => somethingMayBeTreated(kind, facts),
];

// Red flags

/** Flags of the patient that stand, and those that this session found and nobody has cleared since. */
const standing = (
  visit: Visit,
  sessionId: string,
  { flags }: Pick<SessionFacts, 'flags'>,
): readonly {
  readonly catalogueId: string;
  readonly urgency?: string;
  readonly site?: BodySite | undefined;
}[] =>
  // What is over can be stopped by nothing.
  visit.enteredLate
    ? []
    : [
        ...flags.filter((flag) => !flag.cleared),
        ...visit.found
          .filter(
            (found) =>
              !flags.some(
                (flag) => flag.cleared && flag.sessionId === sessionId && flag.catalogueId === found,
              ),
          )
          .map((catalogueId) => ({ catalogueId })),
      ];

const blockedBy = (catalogueIds: readonly string[], detail: string): SessionRefusal | undefined =>
  catalogueIds.length === 0
    ? undefined
    : { code: 'SESSION_RED_FLAG_BLOCK', detail, about: { catalogueIds: [...new Set(catalogueIds)] } };

const isEmergency = ({
  catalogueId,
  urgency,
}: {
  readonly catalogueId: string;
  readonly urgency?: string;
}): boolean => urgency === 'emergency' || (isRedFlagId(catalogueId) && forbidsSession(catalogueId));

/** While it lasts, a session neither starts nor goes on nor is completed: it is stopped. */
export const noEmergency = (
  visit: Visit,
  sessionId: string,
  facts: Pick<SessionFacts, 'flags'>,
): SessionRefusal | undefined =>
  blockedBy(
    standing(visit, sessionId, facts)
      .filter(isEmergency)
      .map((flag) => flag.catalogueId),
    'An emergency red flag stands: stop the session and send the patient to hospital; a physician clears the flag before care goes on.',
  );

/** What is at one place leaves the others free (docs/domain/safety.md#in-a-session). */
export const nothingForbidsHere = (
  visit: Visit,
  sessionId: string,
  facts: Pick<SessionFacts, 'flags'>,
  worked: BodySite,
): SessionRefusal | undefined => {
  const refusal = blockedBy(
    standing(visit, sessionId, facts)
      .filter(({ catalogueId, site }) => isRedFlagId(catalogueId) && forbidsWorkAt(catalogueId, site, worked))
      .map((flag) => flag.catalogueId),
    'A red flag stands here: no more work at this place until a physician has cleared it.',
  );
  return refusal && { ...refusal, pointer: '/region' };
};

// Start

type StartGuard = (visit: Visit, facts: SessionFacts, sessionId: string) => SessionRefusal | undefined;

export const isPreScreened: StartGuard = ({ preScreen }) =>
  preScreen === undefined
    ? {
        code: 'SESSION_PRESCREEN_MISSING',
        detail: 'Ask the red-flag questions and take the vital signs first (RecordPreScreen).',
      }
    : undefined;

export const nothingPreventsStart: StartGuard = (visit, facts, sessionId) =>
  noEmergency(visit, sessionId, facts) ??
  blockedBy(
    standing(visit, sessionId, facts)
      .map((flag) => flag.catalogueId)
      .filter((id) => isRedFlagId(id) && preventsStart(id)),
    'A red flag stands: a physician clears it before the session starts; vital signs may be measured again.',
  );

export const hasNoFever: StartGuard = ({ preScreen }) =>
  (preScreen?.vitals.tempCelsius ?? 0) > FEVER_ABOVE_CELSIUS
    ? {
        code: 'SESSION_CONTRAINDICATED',
        detail: `No soft-tissue work with a temperature above ${String(FEVER_ABOVE_CELSIUS)} degrees Celsius: book another day.`,
        about: { catalogueId: 'C01' },
      }
    : undefined;

export const patientConsents: StartGuard = ({ preScreen }) =>
  preScreen?.consentVerbal === false
    ? {
        code: 'SESSION_CONSENT_MISSING',
        detail: 'The patient has not consented today: without consent nothing is done.',
      }
    : undefined;

const NO_PLAN: SessionRefusal = {
  code: 'SESSION_NO_PLAN',
  detail: 'Treatment needs an established plan: establish it first.',
};

/** An evaluation may begin without a plan; its first intervention may not. */
export const hasPlan = ({ plan }: Pick<SessionFacts, 'plan'>): SessionRefusal | undefined =>
  plan === undefined ? NO_PLAN : undefined;

export const startGuards: readonly StartGuard[] = [
  (_visit, facts) => patientLives(facts),
  (_visit, facts) => sharingIsOpen(facts),
  (_visit, facts) => referralIsActive(facts),
  isPreScreened,
  nothingPreventsStart,
  hasNoFever,
  patientConsents,
  ({ kind }, facts) => somethingMayBeTreated(kind, facts),
  (visit, facts) => (visit.kind === 'evaluation' ? undefined : hasPlan(facts)),
];

/** Numeric pain rating scale: whole numbers from 0 to 10. */
export const nprsFault = (value: number | undefined, pointer: string): SessionRefusal | undefined =>
  value === undefined || (Number.isInteger(value) && value >= 0 && value <= 10)
    ? undefined
    : { code: 'SESSION_NPRS_RANGE', detail: 'Pain is rated in whole numbers from 0 to 10.', pointer };
