/**
 * Where on the body, on which side, in which tissue (docs/domain/body-and-technique.md#regions). No official list has these regions: they
 * are ours, version 1. Stored events hold the words, so a region may be added and never renamed.
 */

export const TISSUES = ['muscle', 'tendon', 'ligament', 'fascia', 'scar'] as const;
export type Tissue = (typeof TISSUES)[number];

export const SIDES = ['left', 'right', 'bilateral', 'midline'] as const;
export type Side = (typeof SIDES)[number];

const PAIRED = ['left', 'right', 'bilateral'] as const;
const PAIRED_OR_MIDLINE = SIDES;

/** Regions and the sides each allows. */
// prettier-ignore
export const REGION_SIDES = {
  'head-tmj': PAIRED,
  cervical: PAIRED_OR_MIDLINE,
  shoulder: PAIRED,
  'upper-arm': PAIRED,
  elbow: PAIRED,
  forearm: PAIRED,
  'wrist-hand': PAIRED,
  thoracic: PAIRED_OR_MIDLINE,
  rib: PAIRED,
  lumbar: PAIRED_OR_MIDLINE,
  'sacroiliac-gluteal': PAIRED,
  hip: PAIRED,
  'thigh-anterior': PAIRED,
  'thigh-posterior': PAIRED,
  knee: PAIRED,
  'lower-leg': PAIRED,
  'ankle-foot': PAIRED,
  plantar: PAIRED,
  /** Scar work only. */
  abdomen: ['midline'],
  /** Fibromyalgia and alike: no side; each session names the regions worked. */
  widespread: [],
} as const satisfies Readonly<Record<string, readonly Side[]>>;

export type Region = keyof typeof REGION_SIDES;

export const REGIONS = Object.keys(REGION_SIDES) as readonly Region[];

export interface BodySite {
  readonly region: Region;
  readonly side?: Side | undefined;
}

export const isRegion = (text: string): text is Region => Object.hasOwn(REGION_SIDES, text);

export const sidesOf = (region: Region): readonly Side[] => REGION_SIDES[region];

/** A side must be named wherever left and right exist. */
export const needsSide = (region: Region): boolean => sidesOf(region).includes('left');

export type SiteFault = 'side-missing' | 'side-not-allowed';

export const siteFault = ({
  region,
  side,
}: {
  readonly region: Region;
  readonly side?: Side | undefined;
}): SiteFault | undefined => {
  if (side === undefined) return needsSide(region) ? 'side-missing' : undefined;
  return sidesOf(region).includes(side) ? undefined : 'side-not-allowed';
};

/** A session works on one side at a time: `bilateral` becomes two sites. */
export const workedSites = (site: BodySite): readonly BodySite[] =>
  site.side === 'bilateral'
    ? [
        { region: site.region, side: 'left' },
        { region: site.region, side: 'right' },
      ]
    : [site];

/** One text per region and side, to find doubles by. */
export const siteKey = ({ region, side }: BodySite): string =>
  side === undefined ? region : `${region}/${side}`;

/** Whether both name the same place at least in part; a site without a side is the whole region. */
export const sitesOverlap = (a: BodySite, b: BodySite): boolean => {
  if (a.region !== b.region) return false;
  if (a.side === undefined || b.side === undefined) return true;
  const keys = new Set(workedSites(a).map(siteKey));
  return workedSites(b).some((site) => keys.has(siteKey(site)));
};
