/** Regions with their sides as one choice of a list. */
import { REGION_SIDES, REGIONS, type Region, type Side } from '@fascia/clinical';
import type { TFunction } from 'i18next';

export interface Place {
  readonly region: Region;
  readonly side?: Side;
}

const BETWEEN = '/';

const PLACES: readonly Place[] = REGIONS.flatMap((region): readonly Place[] => {
  const sides: readonly Side[] = REGION_SIDES[region];
  return sides.length === 0 ? [{ region }] : sides.map((side) => ({ region, side }));
});

export const valueOf = ({
  region,
  side = '',
}: {
  readonly region: string;
  readonly side?: string | undefined;
}): string => `${region}${BETWEEN}${side}`;

export const placeOfValue = (value: string): Place | undefined =>
  PLACES.find((place) => valueOf(place) === value);

/** "Shoulder, right". */
export const placeText = (
  { region, side }: { readonly region: Region; readonly side?: Side | undefined },
  t: TFunction,
): string => [t(`names.region.${region}`), side && t(`names.bodySide.${side}`)].filter(Boolean).join(', ');

export const placesIn = (t: TFunction): { readonly value: string; readonly label: string }[] =>
  PLACES.map((place) => ({ value: valueOf(place), label: placeText(place, t) }));
