/** What was treated: by the visits that are signed. */
import type { Answer } from '../api/questions.js';
import type { MarkedSite } from '../body-map/sites.js';

export type Visit = Answer<'listSessions'>;

export const givenOf = (visits: readonly Visit[]): readonly Visit[] =>
  visits.filter(({ state }) => state === 'Signed');

export interface Given {
  readonly count: number;
  /** When the first and the last of them began. */
  readonly first: string;
  readonly last: string;
}

/** @param known where not all visits are there: how many are signed, and when the first of them began */
export const givenIn = (
  visits: readonly Visit[],
  known: { readonly first?: string; readonly count?: number | undefined } = {},
): Given | undefined => {
  const given = givenOf(visits);
  const first = known.first ?? given[0]?.start;
  return first === undefined
    ? undefined
    : { count: known.count ?? given.length, first, last: given.at(-1)?.start ?? first };
};

/** Each place once for each tissue. */
export const treatedIn = (visits: readonly Visit[]): readonly MarkedSite[] => {
  const sites = givenOf(visits)
    .flatMap(({ interventions }) => interventions)
    .map(({ region, side, tissue }) => ({ region, ...(side === undefined ? {} : { side }), tone: tissue }));
  return [...new Map(sites.map((site) => [JSON.stringify(site), site])).values()];
};
