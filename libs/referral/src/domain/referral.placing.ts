/** Where an order goes: sending, claiming from a pool, redirecting. Rows 3, 4a and 11 of the transition table. */
import { happened, type CalendarDate, type Instant } from '@fascia/kernel';
import type { Basis, Placement } from '../contract/events.js';
import type { Target } from '../contract/order.js';
import { daysAfter, endOfDay } from '@fascia/clinical/calendar';
import type { ReferralCommandOf } from '../contract/commands.js';
import { refuse } from '../contract/refusals.js';
import { bookingsOf, signatureOf, type Answer, type Context, type Placed } from './deciding.js';
import type { ReferralFacts } from './facts.js';
import { currentLeg, type Leg, type ReferralState } from './referral.state.js';
import {
  consentsCovering,
  misfit,
  patientLives,
  recipientUnfit,
  sharingIsOpen,
  whyNotRedirected,
  whyNotSent,
} from './referral.policies.js';

const placementOf = (target: Target, { listings }: ReferralFacts): Placement => ({
  target,
  organizationIds: listings.map((listing) => listing.organizationId),
});

const basisOf = (facts: ReferralFacts): Basis => {
  if (facts.profile.basis === 'TREATMENT') return { kind: 'TREATMENT' };
  const consentIds = facts.listings.flatMap((listing) => consentsCovering(facts, listing.organizationId));
  return { kind: 'EXPLICIT', consentIds: [...new Set(consentIds)] };
};

/** The end of a day where the order goes; of a pool, where that day ends last, so that none of its members is cut short. */
const endOfValidity = (named: CalendarDate | undefined, { at, facts }: Context): Instant => {
  const { validityDays } = facts.profile;
  const ends = facts.listings.map(({ today, zone }) =>
    endOfDay(named ?? daysAfter(today, validityDays), zone),
  );
  return ends.reduce((latest, end) => (end > latest ? end : latest), at);
};

export const send = (
  _command: ReferralCommandOf<'SendReferral'>,
  state: ReferralState,
  context: Context,
): Answer => {
  const { facts, at } = context;
  const refusal = state.kind === 'draft' ? whyNotSent(state, facts) : undefined;
  if (refusal !== undefined) return { ok: false, refusal };
  if (state.kind !== 'draft' || state.content.target === undefined) {
    return refuse('REFERRAL_INCOMPLETE', 'The referral names no recipient.', {
      about: { missing: ['/content/target'] },
    });
  }
  const validUntil = endOfValidity(state.content.validUntil, context);
  if (validUntil <= at)
    return refuse(
      'REFERRAL_VALIDITY_OVER',
      'The referral would be over before it is sent: choose a later day.',
      { pointer: '/content/validUntil' },
    );
  return happened({
    type: 'ReferralSent',
    data: {
      patientId: state.patientId,
      referrerOrganizationId: state.referrerOrganizationId,
      legNo: 1,
      placement: placementOf(state.content.target, facts),
      content: state.content,
      diagnosisCodes: facts.diagnoses.map((diagnosis) => diagnosis.code),
      validUntil,
      basis: basisOf(facts),
      signature: signatureOf(context),
    },
  });
};

export const claim = (
  command: ReferralCommandOf<'ClaimReferral'>,
  state: Placed,
  { by, facts }: Context,
): Answer => {
  const leg = currentLeg(state);
  const listingIds = leg.target.kind === 'pool' ? leg.target.listingIds : [];
  const mine = listingIds.filter((_id, index) => leg.organizationIds[index] === by.organizationId);
  const listingId = command.listingId ?? mine[0];
  if (listingId === undefined || !mine.includes(listingId)) {
    return refuse(
      'REFERRAL_NOT_CURRENT_LEG',
      'Only a member of the pool may claim, for one of its own listings.',
      { pointer: '/listingId' },
    );
  }
  const listing = facts.listings.find((known) => known.listingId === listingId);
  const why = listing === undefined ? 'not-published' : misfit(listing, state.content, facts);
  const unfit =
    why === undefined
      ? (patientLives(state, facts) ?? sharingIsOpen(by.organizationId ?? '', facts))
      : recipientUnfit(why, listingId);
  if (unfit !== undefined) return { ok: false, refusal: unfit };
  return happened({ type: 'ReferralClaimed', data: { organizationId: by.organizationId ?? '', listingId } });
};

/** Listings that said no before. */
const declinedBefore = (legs: readonly Leg[]): readonly string[] =>
  legs.filter((leg) => leg.ended === 'declined').flatMap((leg) => leg.recipient?.organizationId ?? []);

export const redirect = (
  command: ReferralCommandOf<'RedirectReferral'>,
  state: Placed,
  context: Context,
): Answer => {
  const { facts } = context;
  if (state.legs.length >= facts.profile.maxLegs) {
    return refuse(
      'REFERRAL_TOO_MANY_LEGS',
      `A referral is placed at most ${String(facts.profile.maxLegs)} times: withdraw it and write a new one.`,
    );
  }
  const again = facts.listings.some((listing) => declinedBefore(state.legs).includes(listing.organizationId));
  if (again && command.overrideReason === undefined) {
    return refuse(
      'RECIPIENT_DECLINED_BEFORE',
      'This recipient declined the referral before: say why it is asked again (overrideReason).',
      { pointer: '/overrideReason' },
    );
  }
  const refusal = whyNotRedirected(
    { ...state, content: { ...state.content, target: command.target } },
    facts,
  );
  if (refusal !== undefined) return { ok: false, refusal };
  return happened({
    type: 'ReferralRedirected',
    data: {
      legNo: state.legs.length + 1,
      placement: placementOf(command.target, facts),
      basis: basisOf(facts),
      bookingsCancelled: bookingsOf(state),
      ...(command.overrideReason === undefined ? {} : { overrideReason: command.overrideReason }),
    },
  });
};
