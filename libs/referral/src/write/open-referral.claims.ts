/** What an open referral holds, so that two at once cannot both be sent. */
import { isRegion, sidesOf, siteKey, workedSites, type BodySite } from '@fascia/clinical';
import type { Claim } from '@fascia/write-door';
import { isOpen } from '../contract/lifecycle.js';
import type { OrderContent } from '../contract/order.js';
import { duplicateRefusal } from '../domain/referral.policies.js';
import { stageOf, type ReferralState } from '../domain/referral.state.js';

export const bodySites = (content: OrderContent): readonly BodySite[] =>
  (content.sites ?? []).filter((site) => isRegion(site.region)) as readonly BodySite[];

/** Every elementary place of a site; the same text means the same place, so overlapping orders share a key. */
const placesOf = (site: BodySite): readonly string[] => {
  const sides = sidesOf(site.region).filter((side) => side !== 'bilateral');
  if (site.side !== undefined) return workedSites(site).map(siteKey);
  return sides.length === 0 ? [site.region] : sides.map((side) => siteKey({ region: site.region, side }));
};

/** An open referral holds its patient, service and places: no second one without a reason (G6). */
export const openReferralClaims = (state: ReferralState): readonly Claim[] => {
  if (
    state.kind !== 'placed' ||
    !isOpen(stageOf(state)) ||
    state.content.duplicateOverrideReason !== undefined
  )
    return [];
  const service = state.content.service?.code ?? 'STM';
  const places = new Set(bodySites(state.content).flatMap(placesOf));
  return [...places].map((place) => ({
    key: ['open-referral', state.patientId, service, place],
    refusal: duplicateRefusal([]),
  }));
};
