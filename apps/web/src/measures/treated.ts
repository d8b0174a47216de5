/** What was treated: by the visits that are signed. */
import type { Answer } from '../api/questions.js';
import type { MarkedSite } from '../body-map/sites.js';

export type Visit = Answer<'listSessions'>;

export const givenOf = (visits: readonly Visit[]): readonly Visit[] =>
  visits.filter(({ state }) => state === 'Signed');

/** Each place once for each tissue. */
export const treatedIn = (visits: readonly Visit[]): readonly MarkedSite[] => {
  const sites = givenOf(visits)
    .flatMap(({ interventions }) => interventions)
    .map(({ region, side, tissue }) => ({ region, ...(side === undefined ? {} : { side }), tone: tissue }));
  return [...new Map(sites.map((site) => [JSON.stringify(site), site])).values()];
};
