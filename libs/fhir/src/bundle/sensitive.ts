/**
 * What soft-tissue work does not need and the law guards apart: it is left out and named by its kind, never copied. Disorders of
 * substance use are records of 42 CFR Part 2 (docs/domain/sources.md#cfr-42-2; tobacco and caffeine are none); labels are those of HL7 v3 (Healthcare Privacy
 * and Security Classification System).
 */
import type { Resource } from '@medplum/fhirtypes';
import { isBelow } from '@fascia/clinical/icd10';
import { inSystem, type Codes } from './codes.js';
import type { Field } from './field.js';
import type { Ignored } from './items.js';

/** Mental and behavioural disorders by substances, without tobacco (F17); remission, counselling and history of them. */
const PART_2_ICD10 = [
  ...['F10', 'F11', 'F12', 'F13', 'F14', 'F15', 'F16', 'F18', 'F19'],
  ...['Z71.41', 'Z71.51', 'Z86.4', 'O99.31', 'O99.32'],
] as const;

// prettier-ignore
const PART_2_SNOMED: ReadonlySet<string> = new Set([
  '66214007', '361055000', '7200002', '5602001', '75544000', '15167005', '66590003', '6525002', '191816009', '26416006',
  '37344009', '85005007', '78267003', '31956009',
]);

/** Label → what it guards. Of confidentiality only "restricted" and "very restricted". */
const LABELS: ReadonlyMap<string, Ignored['why']> = new Map([
  ...['ETH', 'ETHUD', 'OPIOIDUD', 'SUD', 'ALC', 'DRGIS', '42CFRPart2'].map(
    (code) => [code, 'sensitive-42-cfr-part-2'] as const,
  ),
  ...['PSY', 'PSYTHPN', 'MH', 'BH'].map((code) => [code, 'sensitive-psychotherapy'] as const),
  ...['R', 'V', 'HIV', 'STD', 'SDV', 'SEX', 'SPI', 'GDIS', 'TABOO'].map(
    (code) => [code, 'sensitive-restricted'] as const,
  ),
]);

/** By the security labels of its `meta`. */
export const guardedBy = (resource: Field<Resource>): Ignored['why'] | undefined =>
  resource
    .at('meta')
    .at('security')
    .each()
    .flatMap((label) => LABELS.get(label.at('code').noting([]).text() ?? '') ?? [])[0];

/** By what it is a diagnosis of. */
export const isSensitive = (codes: Codes): boolean =>
  inSystem(codes, 'icd-10-cm').some((code) => PART_2_ICD10.some((prefix) => isBelow(code, prefix))) ||
  inSystem(codes, 'snomed').some((code) => PART_2_SNOMED.has(code));
