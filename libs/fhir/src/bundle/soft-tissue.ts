/**
 * Which imported conditions are for soft-tissue work, and the provisional diagnosis that each proposes. Open
 * data: bare SNOMED CT codes with our own words beside them. A person confirms every proposal.
 *
 * Side: the sources name none. Where ICD-10-CM wants a side, the code for the unspecified side is proposed, so
 * that the screen asks for it. Where no code fits for certain, none is proposed and `withoutCode` says why.
 *
 * 7th character of injuries: A while the source calls the condition active (care for the injury itself goes
 * on), D afterwards (official guideline I.C.19.a: healing and recovery). S is never proposed: a sequela is a
 * finding of its own, which no import can make.
 */
import type { Region, Tissue } from '@fascia/clinical';
import { isBelow } from '@fascia/clinical/icd10';

export type Dysfunction =
  | 'adhesion'
  | 'tightness'
  | 'trigger-point'
  | 'tendinopathy'
  | 'strain'
  | 'sprain'
  | 'contracture'
  | 'scar'
  | 'fasciitis'
  | 'widespread-pain';

export interface SoftTissueProposal {
  /** ICD-10-CM, ready for a bill but for the side. */
  readonly icd10?: string;
  readonly withoutCode?: string;
  /** Missing when the source's code does not say where. */
  readonly region?: Region;
  readonly tissue: readonly Tissue[];
  /** Missing for a symptom, which names no dysfunction. */
  readonly dysfunction?: Dysfunction;
}

interface Row extends SoftTissueProposal {
  /** An injury code takes a 7th character. */
  readonly injury?: true;
}

const injury = (icd10: string, region: Region, tissue: readonly Tissue[], dysfunction: Dysfunction): Row => ({
  icd10,
  region,
  tissue,
  dysfunction,
  injury: true,
});
const disorder = (
  icd10: string,
  region: Region,
  tissue: readonly Tissue[],
  dysfunction?: Dysfunction,
): Row => ({
  icd10,
  region,
  tissue,
  ...(dysfunction === undefined ? {} : { dysfunction }),
});

/** By SNOMED CT code. */
export const SOFT_TISSUE_BY_SNOMED: ReadonlyMap<string, Row> = new Map([
  // Inner ligament of the knee.
  ['444448004', injury('S83.419', 'knee', ['ligament'], 'sprain')],
  // Front cruciate ligament of the knee.
  ['444470001', injury('S83.519', 'knee', ['ligament'], 'sprain')],
  // Wrist, sprained.
  ['70704007', injury('S63.509', 'wrist-hand', ['ligament'], 'sprain')],
  // Ankle, sprained.
  ['44465007', injury('S93.409', 'ankle-foot', ['ligament'], 'sprain')],
  // Neck, whiplash: the code has no side, the site still may.
  ['39848009', injury('S13.4', 'cervical', ['ligament', 'muscle'], 'sprain')],
  // Tendons of the rotator cuff, kind of injury not said.
  ['307731004', injury('S46.009', 'shoulder', ['tendon'], 'strain')],
  // Kneecap tendon, torn: traumatic or spontaneous is not said, and the two are coded in different chapters.
  ['30832001', { withoutCode: 'traumatic or spontaneous is not known', region: 'knee', tissue: ['tendon'] }],
  ['203082005', disorder('M79.7', 'widespread', ['muscle', 'fascia'], 'widespread-pain')],
  ['95417003', disorder('M79.7', 'widespread', ['muscle', 'fascia'], 'widespread-pain')],
  ['202882003', disorder('M72.2', 'plantar', ['fascia'], 'fasciitis')],
  ['202855006', disorder('M77.10', 'elbow', ['tendon'], 'tendinopathy')],
  ['53286005', disorder('M77.00', 'elbow', ['tendon'], 'tendinopathy')],
  ['11654001', disorder('M76.60', 'lower-leg', ['tendon'], 'tendinopathy')],
  ['399114005', disorder('M75.00', 'shoulder', ['fascia', 'ligament'], 'adhesion')],
  ['279039007', disorder('M54.50', 'lumbar', ['muscle', 'fascia'])],
  ['278860009', disorder('M54.50', 'lumbar', ['muscle', 'fascia'])],
  ['81680005', disorder('M54.2', 'cervical', ['muscle', 'fascia'])],
]);

/** Beginnings of ICD-10-CM codes that are soft tissue, for sources that code in it. */
const SOFT_TISSUE_ICD10 = [
  'M24.5',
  'M25.6',
  'M54.2',
  'M54.5',
  'M54.6',
  'M62',
  'M65',
  'M70',
  'M72',
  'M75',
  'M76',
  'M77',
  'M79.1',
  'M79.7',
  'M79.8',
  'M79.9',
  'L90.5',
  'R29.3',
  'S13.4',
  'S16.1',
  'S23.3',
  'S29.01',
  'S33.5',
  'S39.01',
  'S43.4',
  'S46',
  'S53.4',
  'S56',
  'S63.5',
  'S66',
  'S76',
  'S83.4',
  'S83.5',
  'S86',
  'S93.4',
  'S96',
] as const;

const ONGOING: readonly (string | undefined)[] = ['active', 'recurrence', 'relapse', undefined];

const withSeventh = (stem: string, clinicalStatus: string | undefined): string => {
  const undotted = stem.replace('.', '').padEnd(6, 'X');
  return `${undotted.slice(0, 3)}.${undotted.slice(3)}${ONGOING.includes(clinicalStatus) ? 'A' : 'D'}`;
};

export const isSoftTissueCode = (icd10: string): boolean =>
  SOFT_TISSUE_ICD10.some((prefix) => isBelow(icd10, prefix));

/** The source's own ICD-10-CM code wins over ours; SNOMED CT says where and what. */
export const proposalFor = (
  snomed: readonly string[],
  icd10: readonly string[],
  clinicalStatus: string | undefined,
): SoftTissueProposal | undefined => {
  const own = icd10.find(isSoftTissueCode);
  const row = snomed.map((code) => SOFT_TISSUE_BY_SNOMED.get(code)).find((found) => found !== undefined);
  if (row === undefined) return own === undefined ? undefined : { icd10: own, tissue: [] };
  const { injury: isInjury, icd10: stem, withoutCode, ...site } = row;
  const mapped = stem === undefined || isInjury === undefined ? stem : withSeventh(stem, clinicalStatus);
  const code = own ?? mapped;
  return {
    ...site,
    ...(code === undefined ? { withoutCode: withoutCode ?? 'no code fits' } : { icd10: code }),
  };
};

/** The code of the condition that is soft tissue, for the record of where a proposal came from. */
export const softTissueSnomed = (snomed: readonly string[]): string | undefined =>
  snomed.find((code) => SOFT_TISSUE_BY_SNOMED.has(code)) ?? snomed[0];
