/** A finding as somebody says it: of a diagnosis that is recorded, and of one that is revised. */
import { sitesOverlap, type BodySite, type Tissue } from '@fascia/clinical';
import type { DYSFUNCTIONS } from '@fascia/diagnosis/contract';
import type { BodyOf } from '../api/commands.js';
import type { Answer } from '../api/questions.js';
import { toggled } from '../body-map/sites.js';
import { placeOfValue, valueOf } from './place-list.js';

export type Diagnosis = Answer<'listDiagnoses'>;
type Revision = BodyOf<'diagnoses', 'ReviseDiagnosis'>;

export interface Code {
  readonly code: string;
  readonly text: string;
}

export interface Finding {
  readonly code: Code | null;
  /** Of the list of places. */
  readonly place: string | null;
  readonly tissues: readonly string[];
  readonly dysfunction: string | null;
  /** Why it stands beside one that its code excludes; empty where that is not so. */
  readonly unrelatedReason: string;
}

export const NOTHING_FOUND: Finding = {
  code: null,
  place: null,
  tissues: [],
  dysfunction: null,
  unrelatedReason: '',
};

/** On the body one place is chosen at a time: another goes, and of both sides the one that is chosen again. */
export const placeAfter = (value: string | null, chosen: BodySite): string | null => {
  const place = value === null ? undefined : placeOfValue(value);
  if (place === undefined || !sitesOverlap(place, chosen)) return valueOf(chosen);
  const [left] = toggled([place], chosen);
  return left === undefined ? null : valueOf(left);
};

/** What a source wrote down without a side is no place that somebody can choose. */
const placeIn = ({ site }: Pick<Diagnosis, 'site'>): string | null => {
  if (site === null) return null;
  const { region, side } = site;
  const values = [valueOf({ region, side: side ?? '' }), valueOf({ region })];
  return values.find((value) => placeOfValue(value) !== undefined) ?? null;
};

/** As a diagnosis says it now. */
export const findingIn = (diagnosis: Diagnosis): Finding => {
  const { code, text, tissues, dysfunction, unrelatedReason } = diagnosis;
  return {
    code: code === null ? null : { code, text: text ?? '' },
    place: placeIn(diagnosis),
    tissues,
    dysfunction,
    unrelatedReason: unrelatedReason ?? '',
  };
};

type Said = Pick<Revision, 'code' | 'site' | 'tissues' | 'dysfunction' | 'unrelatedReason'>;

/** @returns nothing as long as nobody has said what is wrong there */
export const saidOf = (finding: Finding): Said | undefined => {
  const { code, place, tissues, dysfunction } = finding;
  const site = place === null ? undefined : placeOfValue(place);
  const unrelatedReason = finding.unrelatedReason.trim();
  if (dysfunction === null) return undefined;
  return {
    ...(code === null ? {} : { code: code.code }),
    ...(site === undefined ? {} : { site }),
    tissues: tissues as Tissue[],
    dysfunction: dysfunction as (typeof DYSFUNCTIONS)[number],
    ...(unrelatedReason === '' ? {} : { unrelatedReason }),
  };
};

/** What no field asks for stays as it is; a code of SNOMED CT says the same as the one beside it, and goes with that. */
export const keptOf = (
  { code, snomed, onset }: Pick<Diagnosis, 'code' | 'snomed' | 'onset'>,
  now: Code | null,
): Pick<Revision, 'snomed' | 'onset'> => ({
  ...(snomed === null || (code !== null && code !== now?.code) ? {} : { snomed }),
  ...(onset === null ? {} : { onset }),
});

/** @returns nothing as long as it cannot be sent */
export const revisionOf = (diagnosis: Diagnosis, finding: Finding, reason: string): Revision | undefined => {
  const said = saidOf(finding);
  const kept = keptOf(diagnosis, finding.code);
  if (said === undefined || (said.code ?? kept.snomed) === undefined || reason.trim() === '')
    return undefined;
  return { ...said, ...kept, reason: reason.trim() };
};
