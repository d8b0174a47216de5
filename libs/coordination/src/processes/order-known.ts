/** What an order's tasks depend on beside the fact that just came: read from the facts before it. */
import type { PayerProfileName } from '@fascia/clinical';
import { idOf, type CalendarDate } from '@fascia/kernel';
import type { Holder } from '@fascia/referral/contract';
import { needsCall } from '@fascia/safety/contract';
import type { Taken } from '../process.js';
import { isAmong, LEG_ENDS } from './leg.js';

/** What later tasks need to know of the order: who is on which side, how urgent, who pays; and whether a plan is in force. */
export type Known = {
  readonly patientId?: string;
  readonly referrer: readonly string[];
  /** One clinic, or the pool while nobody has claimed. */
  readonly recipient: readonly string[];
  readonly pool: readonly string[];
  readonly priority: 'routine' | 'urgent' | 'asap' | 'stat';
  readonly payerProfile: PayerProfileName;
  /** By session. */
  readonly therapists: Readonly<Record<string, string>>;
  /** By session: the organisation that had the patient there. */
  readonly clinics: Readonly<Record<string, string>>;
  readonly planInForce: boolean;
  /** Visits that are to come, of the referral's own counting. */
  readonly booked: readonly string[];
  readonly treated: boolean;
  /** As long as the order is on hold: whose hold it is, and the day on which they look at it. */
  readonly hold: { readonly holder: Holder; readonly reviewBy: CalendarDate } | null;
  /** It was asked to end before its time. */
  readonly cancelling: boolean;
  /** What matters of the order was changed, and its recipient has not taken note of it. */
  readonly revised: boolean;
  /** Nothing but the outcome is left to be told. */
  readonly planOver: boolean;
  readonly legOver: boolean;
  /** Flags that a physician has settled. */
  readonly settledFlags: readonly string[];
  /** Emergencies of which somebody who can act has to be told, in spoken words. */
  readonly untoldFlags: readonly string[];
};

export const NOTHING_KNOWN: Known = {
  referrer: [],
  recipient: [],
  pool: [],
  priority: 'routine',
  payerProfile: 'SELF-PAY',
  therapists: {},
  clinics: {},
  planInForce: false,
  booked: [],
  treated: false,
  hold: null,
  cancelling: false,
  revised: false,
  planOver: false,
  legOver: false,
  settledFlags: [],
  untoldFlags: [],
};

/** Who may be asked of the other side: one clinic, or the pool while nobody has claimed. */
const sidesNoted = (event: Taken, { pool }: Known): Partial<Known> => {
  switch (event.type) {
    case 'ReferralDrafted': {
      const { patientId, referrerOrganizationId, content } = event.data;
      return { patientId, referrer: [referrerOrganizationId], priority: content.priority ?? 'routine' };
    }
    case 'ReferralSent': {
      const { patientId, referrerOrganizationId, placement, content } = event.data;
      return {
        patientId,
        referrer: [referrerOrganizationId],
        recipient: placement.organizationIds,
        pool: placement.organizationIds,
        priority: content.priority ?? 'routine',
        payerProfile: content.payer?.profile ?? 'SELF-PAY',
      };
    }
    case 'ReferralRedirected': {
      const { organizationIds } = event.data.placement;
      return { recipient: organizationIds, pool: organizationIds, revised: false };
    }
    case 'ReferralRevised':
      return event.data.material ? { revised: true } : {};
    case 'ReferralRevisionAcknowledged':
      return { revised: false };
    case 'ReferralClaimed':
      return { recipient: [event.data.organizationId] };
    case 'ReferralReleased':
      return { recipient: pool };
    default:
      return {};
  }
};

const flagNoted = (event: Taken, { settledFlags, untoldFlags }: Known): Partial<Known> => {
  const flagId = idOf(event.stream);
  switch (event.type) {
    case 'RedFlagRaised':
      return needsCall(event.data) ? { untoldFlags: [...untoldFlags, flagId] } : {};
    case 'RedFlagCommunicated':
      return event.data.reached ? { untoldFlags: untoldFlags.filter((untold) => untold !== flagId) } : {};
    case 'RedFlagCleared':
    case 'RedFlagConfirmed':
      return { settledFlags: [...settledFlags.filter((settled) => settled !== flagId), flagId] };
    default:
      return {};
  }
};

const without = (booked: readonly string[], ...gone: readonly string[]): readonly string[] =>
  booked.filter((sessionId) => !gone.includes(sessionId));

const careNoted = (event: Taken, { therapists, clinics, booked }: Known): Partial<Known> => {
  switch (event.type) {
    case 'ReferralVisitBooked':
      return { booked: [...booked, event.data.sessionId] };
    case 'ReferralVisitMissed':
    case 'ReferralVisitCancelled':
      return { booked: without(booked, event.data.sessionId) };
    case 'ReferralTreatmentStarted':
    case 'ReferralVisitKept':
      return { booked: without(booked, event.data.sessionId), treated: true };
    case 'SessionScheduled':
    case 'SessionEnteredLate':
      return {
        therapists: { ...therapists, [idOf(event.stream)]: event.data.therapistId },
        clinics: { ...clinics, [idOf(event.stream)]: event.data.organizationId },
      };
    case 'SessionRescheduled':
      return { therapists: { ...therapists, [idOf(event.stream)]: event.data.therapistId } };
    case 'PlanEstablished':
      return { planInForce: true, planOver: false };
    case 'PlanCompleted':
    case 'PlanDiscontinued':
      return { planInForce: false, planOver: true };
    default:
      return {};
  }
};

/** Whether care goes on, waits or is over. */
const pauseNoted = (event: Taken, { booked }: Known): Partial<Known> => {
  switch (event.type) {
    case 'ReferralAccepted':
      return { legOver: false, planOver: false };
    case 'ReferralPutOnHold': {
      const { holder, reviewBy, bookingsCancelled } = event.data;
      return { hold: { holder, reviewBy }, booked: without(booked, ...bookingsCancelled) };
    }
    case 'ReferralResumed':
      return { hold: null };
    case 'ReferralCancellationRequested':
      return { cancelling: true };
    case 'ReferralCancellationRefused':
      return { cancelling: false };
    default:
      return isAmong(LEG_ENDS, event.type)
        ? { legOver: true, booked: [], hold: null, cancelling: false }
        : {};
  }
};

/** What is known otherwise because of it. */
export const notedOf = (event: Taken, known: Known): Partial<Known> => ({
  ...sidesNoted(event, known),
  ...careNoted(event, known),
  ...pauseNoted(event, known),
  ...flagNoted(event, known),
});
