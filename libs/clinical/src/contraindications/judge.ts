/** What facts of a patient leave of the techniques, place by place (docs/domain/safety.md#judgement). The stricter wins. */
import type { CalendarDate, Instant } from '@fascia/kernel';
import { sitesOverlap, workedSites, type BodySite, type Tissue } from '../body-site.js';
import { TECHNIQUES, type TechniqueCode } from '../techniques.js';
import {
  CONTRAINDICATIONS,
  type Contraindication,
  type Demand,
  type Detail,
  type Effect,
  type Rule,
  type Span,
} from './rows.js';

/** A physician's word that care may go on, from a day to a day, both included. */
export interface Clearance {
  readonly from: CalendarDate;
  readonly until: CalendarDate;
  /** For all of them when absent. */
  readonly techniques?: readonly string[] | undefined;
  /** Everywhere when absent. */
  readonly sites?: readonly BodySite[] | undefined;
}

/** The latest moment and day at which it can have begun. */
export interface Onset {
  readonly at: Instant;
  readonly day: CalendarDate;
}

/** That a row of the catalogue holds for a patient. */
export interface Contraindicated {
  readonly catalogueId: string;
  readonly site?: BodySite | undefined;
  readonly since?: Onset | undefined;
  readonly details?: readonly Detail[] | undefined;
  readonly clearance?: Clearance | undefined;
}

/** What would open what is closed. */
export const OPENINGS = [
  'clearance',
  'time',
  'resolution',
  'site-stated',
  'onset-stated',
  'detail-stated',
] as const;
export type Opening = (typeof OPENINGS)[number];

export interface Finding {
  readonly catalogueId: string;
  readonly effect: Effect;
  /** Those that it takes out. */
  readonly techniques: readonly TechniqueCode[];
  /** Of these tissues alone; of all when absent. */
  readonly tissues?: readonly Tissue[] | undefined;
  /** It reaches the whole body, not this place alone. */
  readonly whole: boolean;
  readonly maxPressureGrade?: number | undefined;
  readonly why: string;
  readonly openedBy: readonly Opening[];
}

export interface SiteJudgement {
  readonly site: BodySite;
  readonly allowedTechniques: readonly TechniqueCode[];
  /** 1-5; 0 where nothing may be done. */
  readonly maxPressureGrade: number;
  readonly demands: readonly Demand[];
  readonly findings: readonly Finding[];
}

/** Of a person, at the time of the work. */
export interface WhatHolds {
  readonly facts: readonly Contraindicated[];
  /** When the work is done, and the day that it is there. */
  readonly at: Instant;
  readonly day: CalendarDate;
}

export interface Judging extends WhatHolds {
  /** `bilateral` is judged on either side. */
  readonly sites: readonly BodySite[];
  /** That are worked; any may be when absent. */
  readonly tissues?: readonly Tissue[] | undefined;
}

const HARDEST = 5;
const HOUR_MS = 3_600_000;
const EVERY_TECHNIQUE: readonly TechniqueCode[] = TECHNIQUES.map(({ code }) => code);

const later = (day: CalendarDate, { days = 0, months = 0 }): CalendarDate => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last) + days)).toISOString().slice(0, 10);
};

/** What began nobody knows when has not lasted for any time yet. */
const hasLasted = (span: Span, { since }: Contraindicated, { at, day }: Judging): boolean => {
  if (since === undefined) return false;
  if ('hours' in span) return Date.parse(at) - Date.parse(since.at) >= span.hours * HOUR_MS;
  return day >= later(since.day, 'weeks' in span ? { days: 7 * span.weeks } : { months: span.months });
};

const isStated = ({ details = [] }: Contraindicated, detail: Detail): boolean => details.includes(detail);

const isUnplaced = (fact: Contraindicated): boolean => fact.site === undefined;

const holds = ({ when = {} }: Rule, fact: Contraindicated, judging: Judging): boolean =>
  (when.stated === undefined || isStated(fact, when.stated)) &&
  (when.unless === undefined || !isStated(fact, when.unless)) &&
  (when.under === undefined || !hasLasted(when.under, fact, judging)) &&
  (when.sited === undefined || when.sited !== isUnplaced(fact)) &&
  (when.within === undefined || fact.site === undefined || when.within.includes(fact.site.region));

/** Whether a rule reaches a place. Pain that is widespread is worked region by region: it is judged where that is said. */
const reaches = (
  { where }: Rule,
  { usually }: Contraindication,
  fact: Contraindicated,
  site: BodySite,
): boolean => {
  if (where === 'whole') return true;
  if (fact.site !== undefined) return sitesOverlap(fact.site, site);
  return !isStated(fact, 'outside-regions') && (usually?.includes(site.region) ?? true);
};

const isCleared = ({ clearance }: Contraindicated, site: BodySite, { day }: Judging): boolean =>
  clearance !== undefined &&
  clearance.from <= day &&
  day <= clearance.until &&
  (clearance.sites?.some((one) => sitesOverlap(one, site)) ?? true);

const canBeCleared = ({ effect, clearable }: Rule): boolean => effect === 'CLEAR' || clearable === true;

/** Techniques that a rule takes out there, but for those that a physician cleared. */
const takenOut = (
  rule: Rule,
  fact: Contraindicated,
  site: BodySite,
  judging: Judging,
): readonly TechniqueCode[] => {
  if (rule.effect === 'MOD') return rule.without ?? [];
  if (!canBeCleared(rule) || !isCleared(fact, site, judging)) return EVERY_TECHNIQUE;
  const { techniques } = fact.clearance ?? {};
  return techniques === undefined ? [] : EVERY_TECHNIQUE.filter((code) => !techniques.includes(code));
};

const openingsOf = (rule: Rule, fact: Contraindicated): readonly Opening[] => {
  const { under, unless } = rule.when ?? {};
  const openings: readonly (readonly [Opening, boolean])[] = [
    ['clearance', canBeCleared(rule)],
    ['time', under !== undefined && fact.since !== undefined],
    ['onset-stated', under !== undefined && fact.since === undefined],
    ['site-stated', rule.where === 'site' && isUnplaced(fact)],
    ['detail-stated', unless !== undefined],
    ['resolution', true],
  ];
  return openings.filter(([, opens]) => opens).map(([opening]) => opening);
};

interface Found {
  readonly finding: Finding;
  readonly demands: readonly Demand[];
}

const foundBy = (
  fact: Contraindicated,
  site: BodySite,
  judging: Judging,
  rows: readonly Contraindication[],
): readonly Found[] => {
  const row = rows.find(({ id }) => id === fact.catalogueId);
  if (row === undefined) return [];
  return row.rules.flatMap((rule) => {
    const isOfTissue =
      rule.tissues === undefined ||
      judging.tissues === undefined ||
      rule.tissues.some((tissue) => judging.tissues?.includes(tissue));
    if (!isOfTissue || !holds(rule, fact, judging) || !reaches(rule, row, fact, site)) return [];
    const techniques = takenOut(rule, fact, site, judging);
    const { effect, tissues, maxPressureGrade, why, demands = [] } = rule;
    // A clearance for everything leaves nothing to say; a modification is more than the techniques it takes out.
    if (effect !== 'MOD' && techniques.length === 0) return [];
    return {
      finding: {
        catalogueId: fact.catalogueId,
        effect,
        techniques,
        tissues,
        whole: rule.where === 'whole',
        maxPressureGrade,
        why,
        openedBy: openingsOf(rule, fact),
      },
      demands,
    };
  });
};

const judgeSite = (site: BodySite, judging: Judging, rows: readonly Contraindication[]): SiteJudgement => {
  const found = judging.facts.flatMap((fact) => foundBy(fact, site, judging, rows));
  const findings = found.map(({ finding }) => finding);
  const out = new Set(findings.flatMap(({ techniques }) => techniques));
  const allowedTechniques = EVERY_TECHNIQUE.filter((code) => !out.has(code));
  const grades = findings.map(({ maxPressureGrade = HARDEST }) => maxPressureGrade);
  return {
    site,
    allowedTechniques,
    maxPressureGrade: allowedTechniques.length === 0 ? 0 : Math.min(HARDEST, ...grades),
    demands: [...new Set(found.flatMap(({ demands }) => demands))],
    findings,
  };
};

/** @param rows of the catalogue in force; a fact of another row closes nothing */
export const judge = (
  judging: Judging,
  rows: readonly Contraindication[] = CONTRAINDICATIONS,
): readonly SiteJudgement[] =>
  judging.sites.flatMap(workedSites).map((site) => judgeSite(site, judging, rows));
