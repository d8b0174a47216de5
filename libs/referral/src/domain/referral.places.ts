/** Whether an order is for the place of its diagnoses (docs/domain/referral.md#places). */
import { isRegion, workedSites, type BodySite, type Side } from '@fascia/clinical';
import type { OrderContent } from '../contract/order.js';
import type { ReferralRefusal } from '../contract/refusals.js';
import type { DiagnosisFact, PlaceFact, ReferralFacts } from './facts.js';
import type { Draft } from './referral.state.js';

const SIDES: readonly Side[] = ['left', 'right', 'bilateral', 'midline'];

/** Each side by itself: an order for both is for two places. */
const placesIn = ({ sites = [] }: OrderContent): readonly BodySite[] =>
  sites.flatMap(({ region, side }) => {
    if (!isRegion(region)) return [];
    const known = SIDES.find((one) => one === side);
    return workedSites(known === undefined ? { region } : { region, side: known });
  });

const regionsAgree = (a: string | undefined, b: string): boolean =>
  a === undefined || a === b || a === 'widespread' || b === 'widespread';

const sidesAgree = (a: string | undefined, b: Side | undefined): boolean =>
  a === undefined || b === undefined || a === b || (a === 'bilateral' && b !== 'midline');

/** What is not known differs from nothing. */
export const isThere = (place: PlaceFact, worked: BodySite): boolean =>
  regionsAgree(place.region, worked.region) && sidesAgree(place.side, worked.side);

/** Whether an order is for the place of something, in part at least. */
export const concerns = (content: OrderContent, place: PlaceFact): boolean =>
  placesIn(content).some((worked) => isThere(place, worked));

const wordsFor = ({ region, side }: PlaceFact): string => [side, region].filter(Boolean).join(' ');

/** Of those that an order names: this patient's, and neither refuted nor resolved. Of others nothing is told. */
export const usableDiagnoses = (
  { patientId }: Pick<Draft, 'patientId'>,
  { diagnoses }: Pick<ReferralFacts, 'diagnoses'>,
): readonly DiagnosisFact[] =>
  diagnoses.filter(
    (diagnosis) =>
      diagnosis.patientId === patientId && ['confirmed', 'provisional'].includes(diagnosis.verification),
  );

/** G3: what is to be treated is what was diagnosed; where it is not, the sender says why. */
export const orderFitsDiagnoses = (draft: Draft, facts: ReferralFacts): ReferralRefusal | undefined => {
  const { content } = draft;
  const diagnoses = usableDiagnoses(draft, facts);
  if (content.siteExplanation !== undefined || diagnoses.length === 0) return undefined;
  const places = placesIn(content);
  if (places.length === 0) return undefined;
  const elsewhere = diagnoses.filter(({ place }) => !places.some((worked) => isThere(place, worked)));
  const undiagnosed = places.filter((worked) => !diagnoses.some(({ place }) => isThere(place, worked)));
  if (elsewhere.length === 0 && undiagnosed.length === 0) return undefined;
  const [ordered, diagnosed] = [
    (undiagnosed.length > 0 ? undiagnosed : places).map(wordsFor),
    (elsewhere.length > 0 ? elsewhere : diagnoses).map(({ place }) => wordsFor(place)),
  ];
  return {
    code: 'REFERRAL_SITE_DIFFERS',
    detail: `The order is for ${ordered.join(', ')}, the diagnosis for ${diagnosed.join(', ')}: correct the one that is wrong, or say why they differ (siteExplanation).`,
    pointer: '/content/sites',
    about: { ordered, diagnosed, diagnosisIds: elsewhere.map(({ diagnosisId }) => diagnosisId) },
  };
};
