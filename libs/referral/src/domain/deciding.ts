/** What the decisions about a referral share. */
import type { Decision, DecisionContext } from '@fascia/kernel';
import type { ReferralEvent } from '../contract/events.js';
import type { ReferralFacts } from './facts.js';
import type { Draft, ReferralState } from './referral.state.js';

export type Context = DecisionContext<ReferralFacts>;
export type Placed = Extract<ReferralState, { kind: 'placed' }>;
export type Answer = Decision<ReferralEvent>;

export const isReferrerSide = (state: Draft, { by }: Context): boolean =>
  by.organizationId === state.referrerOrganizationId;

export const bookingsOf = (state: Placed): string[] => state.booked.map((visit) => visit.sessionId);

export const signatureOf = ({ by, at }: Context): { practitionerId: string; at: string } => ({
  practitionerId: by.practitionerId ?? by.sub,
  at,
});
