/** A referral's state: the lifecycle is in the type. */
import { endOfDay, type Zone } from '@fascia/clinical/calendar';
import type { CalendarDate, Instant } from '@fascia/kernel';
import type { Basis } from '../contract/events.js';
import type { OrderContent, Target } from '../contract/order.js';
import type { Stage } from '../contract/lifecycle.js';

/** One attempt to place the order with a recipient (one FHIR Task). */
export interface Leg {
  readonly no: number;
  readonly target: Target;
  /** The organisations behind the target's listings, in the same order. */
  readonly organizationIds: readonly string[];
  /** Who has it now; nobody while a pool leg is unclaimed. */
  readonly recipient?: { readonly organizationId: string; readonly listingId: string };
  readonly ended?: 'declined' | 'redirected';
}

export interface Visit {
  readonly sessionId: string;
  readonly start: Instant;
}

export type Plain = Exclude<
  Stage,
  'none' | 'Draft' | 'Discarded' | 'InfoRequested' | 'OnHold' | 'CancelRequested' | 'Declined'
>;

/** Where a placed order stands, with what only that stage knows. */
export type Phase =
  | { readonly stage: Plain }
  | { readonly stage: 'InfoRequested'; readonly mandatory: readonly string[] }
  | {
      readonly stage: 'OnHold';
      readonly prior: Phase;
      readonly holder: 'referrer' | 'recipient' | 'safety';
      readonly flagId?: string;
    }
  | { readonly stage: 'CancelRequested'; readonly prior: Phase; readonly deceased: boolean }
  | { readonly stage: 'Declined'; readonly at: Instant };

export type Proposal = { readonly kind: 'redirect'; readonly listingId: string } | { readonly kind: 'stop' };

export interface Draft {
  /** When the draft was begun. */
  readonly begunAt: Instant;
  readonly patientId: string;
  readonly referrerOrganizationId: string;
  readonly content: OrderContent;
}

export interface PlacedReferral extends Draft {
  readonly phase: Phase;
  readonly referrerPractitionerId: string;
  readonly diagnosisCodes: readonly string[];
  readonly sentAt: Instant;
  /** When the order said last what it says: sent, or revised. */
  readonly saidAt: Instant;
  /** As it was sent: the end of the last day where it went first. */
  readonly validUntil: Instant;
  /** The last day, where the referrer named one. */
  readonly validOn?: CalendarDate | undefined;
  readonly basis: Basis;
  /** At least one; the last is current. */
  readonly legs: readonly Leg[];
  readonly booked: readonly Visit[];
  readonly missed: { readonly consecutive: number; readonly total: number };
  readonly treatmentStarted: boolean;
  readonly proposal?: Proposal | undefined;
  readonly revisionToAcknowledge: boolean;
  readonly materialRevisions: number;
}

export type ReferralState =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'draft'; readonly ended?: 'Discarded' | 'Voided' } & Draft)
  | ({ readonly kind: 'placed' } & PlacedReferral);

export const stageOf = (state: ReferralState): Stage => {
  switch (state.kind) {
    case 'none':
      return 'none';
    case 'draft':
      return state.ended ?? 'Draft';
    case 'placed':
      return state.phase.stage;
  }
};

export const currentLeg = (state: PlacedReferral): Leg => {
  const leg = state.legs.at(-1);
  if (leg === undefined) throw new Error('a placed referral has a leg');
  return leg;
};

/** A day ends where the clinic is that has the order now, and it may have gone on to another zone since it was sent. */
export const validUntilIn = (
  { validUntil, validOn }: Pick<PlacedReferral, 'validUntil' | 'validOn'>,
  zone: Zone,
): Instant => (validOn === undefined ? validUntil : endOfDay(validOn, zone));
