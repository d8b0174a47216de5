/** What people are told of a finding: which row, why, and what would open it. */
import { siteKey, type BodySite } from '../body-site.js';
import type { Finding, Opening } from './judge.js';
import { CONTRAINDICATIONS } from './rows.js';

const OPENINGS_IN_WORDS: Readonly<Record<Opening, string>> = {
  clearance: 'a physician clears it (ClearPrecaution)',
  time: 'it has lasted long enough',
  resolution: 'it is over (ResolvePrecaution)',
  'site-stated': 'its place is said (SpecifyPrecaution)',
  'onset-stated': 'it is said since when (SpecifyPrecaution)',
  'detail-stated': 'more is said of it (SpecifyPrecaution)',
};

/** Which row, why, and what to do. */
export const saidOf = ({ catalogueId, effect, why, openedBy }: Finding): string => {
  const words = CONTRAINDICATIONS.find(({ id }) => id === catalogueId)?.words ?? 'a precaution';
  const openings = openedBy.map((opening) => OPENINGS_IN_WORDS[opening]).join(', or ');
  const instead = effect === 'MOD' ? 'Choose what it leaves, or wait until' : 'Care may go on when';
  return `${catalogueId} (${words}): ${why} ${instead} ${openings}.`;
};

/** Codes alone, for what goes with a refusal. */
export const codesOf = ({ catalogueId, effect, openedBy }: Finding, site: BodySite) => ({
  catalogueId,
  effect,
  site: siteKey(site),
  openedBy,
});
