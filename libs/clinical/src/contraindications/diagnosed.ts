/**
 * Which row of the catalogue a diagnosis calls for by its ICD-10-CM code, beside the codes that modify (docs/domain/diagnosis.md).
 * Codes as in ICD-10-CM, words our own; a clinician signs the rows off before use.
 */
import { isBelow } from '../icd10/code.js';
import { modifierOf } from '../icd10/hazards.js';
import type { ContraindicationId } from './rows.js';

/** Of the codes that bounce on sight; a cauda equina has no row, it is a red flag. */
// prettier-ignore
const BY_CODE: readonly (readonly [catalogueId: ContraindicationId, ...prefixes: string[]])[] = [
  ['C01', 'M72.6', 'M60.0'],
  ['C02', 'I82.4', 'I80'],
  ['C04', 'L03'],
  ['C05', 'M84.4', 'M80'],
  ['C07', 'M61'],
  ['C08', 'M86', 'M46.2', 'M46.4'],
  ['C09', 'C79.5'],
  ['C11', 'M79.A', 'T79.A'],
  ['C12', 'I16'],
  ['C13', 'I77.71', 'I77.74'],
];

/** Sprains and strains of joints and muscles; what a sequela is left of is long over. */
// prettier-ignore
const SPRAINS_AND_STRAINS = [
  'S03.4', 'S13.4', 'S16.1', 'S23.3', 'S29.01', 'S33.5', 'S33.6', 'S39.01', 'S43.4', 'S43.5', 'S46.01', 'S46.11', 'S46.21', 'S46.31',
  'S46.81', 'S46.91', 'S53.4', 'S63.5', 'S63.6', 'S73.1', 'S76.01', 'S76.11', 'S76.21', 'S76.31', 'S76.81', 'S76.91', 'S83.4', 'S83.5',
  'S83.6', 'S86.01', 'S86.11', 'S86.21', 'S86.31', 'S86.81', 'S86.91', 'S93.4', 'S93.5', 'S93.6', 'S96.01', 'S96.11', 'S96.21', 'S96.81',
];

const SEQUELA = 'S';
const SEVENTH = 8;

const isFreshInjury = (code: string): boolean =>
  SPRAINS_AND_STRAINS.some((prefix) => isBelow(code, prefix)) &&
  !(code.length === SEVENTH && code.endsWith(SEQUELA));

/** @param code with its dot */
export const contraindicationOf = (code: string): string | undefined => {
  const [row] = BY_CODE.find(([, ...prefixes]) => prefixes.some((prefix) => isBelow(code, prefix))) ?? [];
  return row ?? modifierOf(code)?.precaution ?? (isFreshInjury(code) ? 'C06' : undefined);
};
