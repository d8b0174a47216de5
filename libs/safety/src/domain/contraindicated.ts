/**
 * What of the catalogue holds for a person: their precautions, and what orders, plans, diagnoses and pre-screens say beside them
 * (docs/domain/safety.md#what-holds). What nobody settled counts until somebody has.
 */
import { isRegion, SIDES, sitesOverlap, type BodySite } from '@fascia/clinical';
import { daysAfter, dayOf, endOfDay, type Zone } from '@fascia/clinical/calendar';
import {
  contraindicationOf,
  DETAILS,
  type Clearance,
  type Contraindicated,
  type Detail,
  type Onset,
} from '@fascia/clinical/contraindications';
import type { Instant } from '@fascia/kernel';
import type { PrecautionStage } from '../contract/precaution.lifecycle.js';

export interface PrecautionFact {
  readonly precautionId: string;
  readonly catalogueId: string;
  readonly status: Exclude<PrecautionStage, 'none'>;
  /** Its source says that it is over. */
  readonly ended: boolean;
  /** By a person. */
  readonly settledAt: Instant | null;
  readonly site: BodySite | null;
  /** FHIR date. */
  readonly since: string | null;
  readonly beganAt: Instant | null;
  readonly details: readonly string[];
  readonly clearance: Clearance | null;
}

/** That a row holds, said by something that is no precaution of the record. */
export interface Statement {
  readonly catalogueId: string;
  readonly site?: BodySite | undefined;
  /** FHIR date, or `unknown`. */
  readonly since?: string | undefined;
  readonly statedAt: Instant;
}

const FHIR_DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** The last day that a date as precise as it is known may mean. */
const lastDayOf = (date: string): string => {
  if (date.length === 4) return `${date}-12-31`;
  // Day 1 and 31 days on lie in the next month at the latest; back to its first day, and one further.
  return date.length === 7 ? daysAfter(`${daysAfter(`${date}-01`, 31).slice(0, 7)}-01`, -1) : date;
};

const onsetOf = (
  since: string | null | undefined,
  beganAt: Instant | null,
  zone: Zone,
): Onset | undefined => {
  if (beganAt !== null) return { at: beganAt, day: dayOf(beganAt, zone) };
  if (since === null || since === undefined || !FHIR_DATE.test(since)) return undefined;
  const day = lastDayOf(since);
  return { at: endOfDay(day, zone), day };
};

const isDetail = (text: string): text is Detail => DETAILS.some((detail) => detail === text);

const stands = ({ status, ended }: PrecautionFact): boolean =>
  status === 'confirmed' || (status === 'proposed' && !ended);

const mayBeThere = (one: BodySite | null | undefined, other: BodySite | null | undefined): boolean =>
  one === null || one === undefined || other === null || other === undefined || sitesOverlap(one, other);

/** The record knows more: of a precaution that stands always, of one that a person settled since. */
const isTakenUp = (statement: Statement, precautions: readonly PrecautionFact[]): boolean =>
  precautions.some(
    (one) =>
      one.catalogueId === statement.catalogueId &&
      mayBeThere(one.site, statement.site) &&
      (stands(one) || (one.status !== 'proposed' && (one.settledAt ?? '') >= statement.statedAt)),
  );

/** @param zone in which days are counted */
export const contraindicatedBy = (
  precautions: readonly PrecautionFact[],
  statements: readonly Statement[],
  zone: Zone,
): readonly Contraindicated[] => [
  ...precautions.filter(stands).map((one) => ({
    catalogueId: one.catalogueId,
    site: one.site ?? undefined,
    since: onsetOf(one.since, one.beganAt, zone),
    details: one.details.filter(isDetail),
    clearance: one.clearance ?? undefined,
  })),
  ...statements
    .filter((statement) => !isTakenUp(statement, precautions))
    .map(({ catalogueId, site, since }) => ({ catalogueId, site, since: onsetOf(since, null, zone) })),
];

/** Those that nobody has looked at, over or not. */
export const unsettledOf = (precautions: readonly PrecautionFact[]): readonly PrecautionFact[] =>
  precautions.filter(({ status }) => status === 'proposed');

export interface DiagnosisStood {
  readonly code: string | null;
  readonly verification: string;
  readonly region: string | null;
  readonly side: string | null;
  readonly onset: string | null;
  readonly recordedAt: Instant;
}

/** What is only suspected is asked about where the suspicion is, in the screening. */
const SURE = ['confirmed', 'provisional'];

/** @param onset of the order, where a diagnosis has none of its own */
export const statedByDiagnosis = (
  { code, verification, region, side, onset, recordedAt }: DiagnosisStood,
  orderOnset: string | undefined,
): readonly Statement[] => {
  const catalogueId = code !== null && SURE.includes(verification) ? contraindicationOf(code) : undefined;
  if (catalogueId === undefined) return [];
  const site: BodySite | undefined =
    region !== null && isRegion(region) ? { region, side: SIDES.find((one) => one === side) } : undefined;
  return [{ catalogueId, site, since: onset ?? orderOnset, statedAt: recordedAt }];
};
