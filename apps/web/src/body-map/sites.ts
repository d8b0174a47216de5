/** What can be marked, and what is: the map and the list beside it both read it from here, so they cannot disagree. */
import {
  REGIONS,
  sidesOf,
  siteKey,
  sitesOverlap,
  workedSites,
  type BodySite,
  type Region,
} from '@fascia/clinical';
import { filled } from '@fascia/letter/contract';
import type { Tone } from './tones.js';
import { siteName, type BodyWords } from './words.js';

export interface MarkedSite extends BodySite {
  readonly tone?: Tone | undefined;
  /** A word or two that say more than the colour does. */
  readonly label?: string | undefined;
}

/** A place, and all that is to be said of it. */
export interface Place {
  readonly site: BodySite;
  readonly key: string;
  readonly name: string;
  readonly marked: boolean;
  readonly tone: Tone | undefined;
  /** What its marks say (a colour is never alone), and why it may not be marked. */
  readonly note: string | undefined;
  /** What is marked can always be taken back, whatever speaks against marking it. */
  readonly barred: boolean;
}

/** The places of a region that are marked one by one; `bilateral` is two of them. */
export const placesOf = (region: Region): readonly BodySite[] => {
  const sides = sidesOf(region).filter((side) => side !== 'bilateral');
  return sides.length === 0 ? [{ region }] : sides.map((side) => ({ region, side }));
};

export type Places = ReadonlyMap<string, Place>;

export const placesFor = (
  sites: readonly MarkedSite[],
  whyNot: (site: BodySite) => string | undefined,
  words: BodyWords,
): Places =>
  new Map(
    REGIONS.flatMap(placesOf).map((site) => {
      const marks = sites.filter((one) => sitesOverlap(one, site));
      const marked = marks.length > 0;
      const reason = whyNot(site);
      const labels = marks.map(({ label, tone }) => label ?? (tone && words.tones[tone]));
      const said = [...new Set([...labels, reason])].filter((text) => text !== undefined);
      const place = {
        site,
        key: siteKey(site),
        name: siteName(words, site),
        marked,
        tone: marks.find(({ tone }) => tone !== undefined)?.tone,
        note: said.length === 0 ? undefined : said.join(words.between),
        barred: !marked && reason !== undefined,
      };
      return [place.key, place];
    }),
  );

/** Its name, and what there is to say of it. */
export const placeText = (words: BodyWords, { name, note }: Pick<Place, 'name' | 'note'>): string =>
  note === undefined ? name : filled(words.remark, { place: name, note });

/** Marks a place, or takes back every mark that is on it; of a bilateral mark the other side stays. */
export const toggled = (sites: readonly MarkedSite[], site: BodySite): readonly MarkedSite[] => {
  if (!sites.some((one) => sitesOverlap(one, site))) return [...sites, site];
  return sites.flatMap((one) =>
    sitesOverlap(one, site)
      ? workedSites(one)
          .filter((half) => !sitesOverlap(half, site))
          .map((half) => ({ ...one, ...half }))
      : [one],
  );
};
