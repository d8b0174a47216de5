/**
 * Units of 15-minute codes from minutes (docs/domain/session.md#units; CMS Claims Processing Manual ch. 5,
 * section 20.2). Codes are numbers only: their descriptors are licensed by the AMA.
 */
import type { UnitMethod } from './payer-profile.js';

export interface TimedMinutes {
  readonly cpt: string;
  /** Whole minutes, not negative. */
  readonly minutes: number;
}

export interface CodeUnits {
  readonly cpt: string;
  readonly units: number;
}

/** Codes with equal claims to the last units: the therapist chooses, and what is given is a proposal. */
export interface UnitTie {
  readonly candidates: readonly string[];
  /** How many of the candidates get a unit. */
  readonly places: number;
  /** Whether the therapist's choice fills all places. */
  readonly settled: boolean;
}

export interface UnitAllocation {
  readonly method: UnitMethod;
  readonly totalMinutes: number;
  readonly totalUnits: number;
  /** In the order in which the codes were first given. */
  readonly byCode: readonly CodeUnits[];
  readonly tie?: UnitTie;
}

const MINUTES_PER_UNIT = 15;
/** A unit counts from its eighth minute on. */
const ROUNDING_MINUTES = 7;

export const units = (totalMinutes: number): number =>
  Math.floor((totalMinutes + ROUNDING_MINUTES) / MINUTES_PER_UNIT);

interface Claim {
  readonly cpt: string;
  readonly minutes: number;
  readonly blocks: number;
  readonly remainder: number;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** One claim per code, however often it was used. */
const claimsOf = (lines: readonly TimedMinutes[]): readonly Claim[] =>
  [...Map.groupBy(lines, ({ cpt }) => cpt)].map(([cpt, used]) => {
    const minutes = sumOf(used.map((line) => line.minutes));
    return {
      cpt,
      minutes,
      blocks: Math.floor(minutes / MINUTES_PER_UNIT),
      remainder: minutes % MINUTES_PER_UNIT,
    };
  });

const isTied = (a: Claim, b: Claim): boolean => a.remainder === b.remainder && a.minutes === b.minutes;

/** Largest remainder first, then the larger total, then the therapist's choice, then the order of codes. */
const byPrecedence =
  (choice: readonly string[]) =>
  (a: Claim, b: Claim): number =>
    b.remainder - a.remainder ||
    b.minutes - a.minutes ||
    Number(choice.includes(b.cpt)) - Number(choice.includes(a.cpt)) ||
    a.cpt.localeCompare(b.cpt, 'en');

const tieAt = (ranked: readonly Claim[], places: number, choice: readonly string[]): UnitTie | undefined => {
  const [last, next] = [ranked[places - 1], ranked[places]];
  if (last === undefined || next === undefined || !isTied(last, next)) return undefined;
  const candidates = ranked.filter((claim) => isTied(claim, last)).map(({ cpt }) => cpt);
  const served = ranked.slice(0, places).filter((claim) => isTied(claim, last));
  const chosen = candidates.filter((cpt) => choice.includes(cpt));
  return {
    candidates: candidates.toSorted(),
    places: served.length,
    settled: chosen.length === served.length,
  };
};

/** Pools all timed minutes: full blocks per code, then what is left by largest remainder. */
const allocateTotalTime = (claims: readonly Claim[], choice: readonly string[]): UnitAllocation => {
  const totalMinutes = sumOf(claims.map(({ minutes }) => minutes));
  const totalUnits = units(totalMinutes);
  const places = totalUnits - sumOf(claims.map(({ blocks }) => blocks));
  const ranked = claims.toSorted(byPrecedence(choice));
  const served = new Set(ranked.slice(0, places));
  const tie = tieAt(ranked, places, choice);
  return {
    method: 'CMS_TOTAL_TIME',
    totalMinutes,
    totalUnits,
    byCode: claims.map((claim) => ({ cpt: claim.cpt, units: claim.blocks + (served.has(claim) ? 1 : 0) })),
    ...(tie === undefined ? {} : { tie }),
  };
};

/** Each code by itself: minutes of different codes are never pooled. */
const allocatePerCode = (claims: readonly Claim[]): UnitAllocation => {
  const byCode = claims.map(({ cpt, minutes }) => ({ cpt, units: units(minutes) }));
  return {
    method: 'AMA_PER_CODE',
    totalMinutes: sumOf(claims.map(({ minutes }) => minutes)),
    totalUnits: sumOf(byCode.map((code) => code.units)),
    byCode,
  };
};

/** @param choice codes the therapist prefers; it decides between tied codes only. */
export const allocateUnits = (
  method: UnitMethod,
  lines: readonly TimedMinutes[],
  choice: readonly string[] = [],
): UnitAllocation => {
  const claims = claimsOf(lines);
  return method === 'CMS_TOTAL_TIME' ? allocateTotalTime(claims, choice) : allocatePerCode(claims);
};
