/** What a plan says, part by part, a line each: as whoever certifies it reads it, beside what it said before. */
import type { TFunction } from 'i18next';
import { placeText } from '../order/place-list.js';
import { beside, type Told } from '../parts/beside.js';
import { dayText } from '../parts/times.js';
import { precautionWords, techniqueName } from '../safety/catalogue-words.js';
import type { Part, Plan } from './changes.js';

type Content = Plan['content'];

const joined = (...parts: readonly (string | false | undefined)[]): string =>
  parts.filter((one) => one !== undefined && one !== false && one !== '').join(', ');

type Lines = (content: Content, t: TFunction, diagnosed: ReadonlyMap<string, string>) => readonly string[];

const LINES: Readonly<Record<Exclude<Part, 'goals'>, Lines>> = {
  diagnosisIds: ({ diagnosisIds = [] }, t, diagnosed) =>
    diagnosisIds.map((id) => diagnosed.get(id) ?? t('plan.unknownDiagnosis')),
  startDate: ({ startDate }) => (startDate === undefined ? [] : [dayText(startDate)]),
  durationDays: ({ durationDays: count }, t) => (count === undefined ? [] : [t('plan.days', { count })]),
  frequency: ({ frequency }, t) =>
    frequency === undefined
      ? []
      : [
          joined(
            t('plan.perWeek', { count: frequency.timesPerWeek }),
            frequency.weeks !== undefined && t('plan.weeks', { count: frequency.weeks }),
          ),
        ],
  plannedVisits: ({ plannedVisits: count }, t) => (count === undefined ? [] : [t('plan.visits', { count })]),
  interventions: ({ interventions = [] }, t) =>
    interventions.map(({ technique: code, sites, tissues, minutesPerVisit: minutes, cpt }) =>
      joined(
        techniqueName(code),
        sites.map((site) => placeText(site, t)).join(' + '),
        tissues.map((tissue) => t(`names.tissue.${tissue}`)).join(' + '),
        t('plan.minutes', { minutes }),
        cpt,
      ),
    ),
  coInterventions: ({ coInterventions = [] }, t) =>
    coInterventions.map(({ kind, by, note }) => joined(t(`names.coIntervention.${kind}`), by, note)),
  precautionsConsidered: ({ precautionsConsidered: some }, t) =>
    some?.length === 0 ? [t('plan.noPrecautions')] : (some ?? []).map(precautionWords),
  homeProgram: ({ homeProgram }) => (homeProgram === undefined ? [] : [homeProgram]),
};

/** In the order in which they are read; goals stand in a table of their own. */
export const TOLD_PARTS = Object.keys(LINES) as readonly (keyof typeof LINES)[];

/** @param before the version before, where there is one to compare it with */
export const told = (
  part: (typeof TOLD_PARTS)[number],
  { now, before }: { readonly now: Content; readonly before: Content | null },
  t: TFunction,
  diagnosed: ReadonlyMap<string, string>,
): readonly Told[] => {
  const lines = LINES[part](now, t, diagnosed);
  return beside(lines, before === null ? lines : LINES[part](before, t, diagnosed));
};
