/** What those who give care under an order need to know of it. How it came there, and by which stages, stays here. */
import { isRegion, SIDES, type BodySite, type PayerProfileName } from '@fascia/clinical';
import type { CalendarDate, Instant } from '@fascia/kernel';
import { BEFORE_OUTCOME, UNDER_CARE } from '../contract/lifecycle.js';
import type { OrderContent } from '../contract/order.js';
import { evolve } from './referral.js';
import { currentLeg, stageOf, type ReferralState } from './referral.state.js';

export interface CareOrdered {
  readonly patientId: string;
  readonly referrerOrganizationId: string;
  /** The clinic of the current leg; absent while nobody of a pool has claimed it. */
  readonly organizationId?: string | undefined;
  /** Accepted, booked or in treatment. */
  readonly active: boolean;
  /** Taken on, its outcome still to come: active, on hold, or about to be cancelled. */
  readonly beforeOutcome: boolean;
  readonly payerProfile: PayerProfileName;
  /** How many were asked for, where the referrer said so. */
  readonly visits?: number | undefined;
  /** Those that the catalogue knows: others cover nothing. */
  readonly sites: readonly BodySite[];
  readonly techniquesExcluded: readonly string[];
  /** Rows of the contraindication catalogue that it names, and when it said so last. */
  readonly precautions: readonly string[];
  readonly saidAt: Instant;
  /** FHIR date, or `unknown`. */
  readonly onset?: string | undefined;
  readonly treatmentStarted: boolean;
  readonly revisionToAcknowledge: boolean;
  readonly sentAt: Instant;
  readonly validUntil: Instant;
  /** The last day, where the referrer named one; {@link validUntilIn} says when it ends at a clinic. */
  readonly validOn?: CalendarDate | undefined;
}

const sitesOf = (content: OrderContent): readonly BodySite[] =>
  (content.sites ?? []).flatMap(({ region, side }) => {
    if (!isRegion(region)) return [];
    const known = SIDES.find((one) => one === side);
    return [known === undefined ? { region } : { region, side: known }];
  });

const initial: ReferralState = { kind: 'none' };

/** @returns nothing for what does not exist, or was never sent */
const of = (state: ReferralState): CareOrdered | undefined => {
  if (state.kind !== 'placed') return undefined;
  const { content } = state;
  const stage = stageOf(state);
  return {
    patientId: state.patientId,
    referrerOrganizationId: state.referrerOrganizationId,
    organizationId: currentLeg(state).recipient?.organizationId,
    active: UNDER_CARE.includes(stage),
    beforeOutcome: BEFORE_OUTCOME.includes(stage),
    payerProfile: content.payer?.profile ?? 'SELF-PAY',
    visits: content.requested?.visits,
    sites: sitesOf(content),
    techniquesExcluded: content.service?.techniquesExcluded ?? [],
    precautions: content.precautions ?? [],
    saidAt: state.saidAt,
    onset: content.onset,
    treatmentStarted: state.treatmentStarted,
    revisionToAcknowledge: state.revisionToAcknowledge,
    sentAt: state.sentAt,
    validUntil: state.validUntil,
    validOn: state.validOn,
  };
};

/** Of a referral's stored events. */
export const underCare = { folds: { category: 'referral', initial, evolve, stage: stageOf }, of } as const;
