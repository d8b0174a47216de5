/** How what is done leaves the plan: told before it is recorded, and kept with it. */
import { sitesOverlap, workedSites, type BodySite } from '@fascia/clinical';
import type { Deviation } from './events.js';

/** Of a plan, what interventions are held against. */
export interface PlannedWork {
  readonly techniques: readonly string[];
  readonly sites: readonly BodySite[];
}

/** A plan for widespread pain names no regions, so it covers each; the session says which were worked. */
const isPlanned = (site: BodySite, planned: readonly BodySite[]): boolean =>
  planned.some(({ region }) => region === 'widespread') ||
  workedSites(site).every((worked) => planned.some((other) => sitesOverlap(other, worked)));

export const deviationsFrom = (
  plan: PlannedWork,
  technique: string,
  site: BodySite,
): readonly Deviation[] => [
  ...(plan.techniques.includes(technique) ? [] : (['technique'] as const)),
  ...(isPlanned(site, plan.sites) ? [] : (['site'] as const)),
];
