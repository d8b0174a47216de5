/**
 * Codes that speak about safety by themselves (docs/domain/diagnosis.md#codes-that-bounce; version 1). Codes as in ICD-10-CM, words our
 * own; a clinician signs the rows off before use.
 */
import { isBelow } from './code.js';

export interface HazardousCode {
  /** Prefix; everything below counts. */
  readonly prefix: string;
  readonly hazard: string;
  /** `site`: only the region of the diagnosis is out of bounds. */
  readonly scope: 'whole' | 'site';
}

/** A referral with one of these comes back on sight. */
// prettier-ignore
export const BOUNCING_CODES: readonly HazardousCode[] = [
  { prefix: 'M72.6', hazard: 'necrotizing fasciitis', scope: 'whole' },
  { prefix: 'M60.0', hazard: 'infective myositis', scope: 'whole' },
  { prefix: 'I82.4', hazard: 'acute deep vein thrombosis of the leg', scope: 'whole' },
  { prefix: 'I80', hazard: 'phlebitis', scope: 'whole' },
  { prefix: 'M86', hazard: 'osteomyelitis', scope: 'whole' },
  { prefix: 'M46.2', hazard: 'osteomyelitis of a vertebra', scope: 'whole' },
  { prefix: 'M46.4', hazard: 'discitis', scope: 'whole' },
  { prefix: 'L03', hazard: 'cellulitis', scope: 'site' },
  { prefix: 'M79.A', hazard: 'compartment syndrome', scope: 'whole' },
  { prefix: 'T79.A', hazard: 'traumatic compartment syndrome', scope: 'whole' },
  { prefix: 'G83.4', hazard: 'cauda equina syndrome', scope: 'whole' },
  { prefix: 'I77.71', hazard: 'dissection of a carotid artery', scope: 'whole' },
  { prefix: 'I77.74', hazard: 'dissection of a vertebral artery', scope: 'whole' },
  { prefix: 'I16', hazard: 'hypertensive crisis', scope: 'whole' },
  { prefix: 'M84.4', hazard: 'pathological fracture', scope: 'whole' },
  { prefix: 'M80', hazard: 'fracture with osteoporosis', scope: 'whole' },
  { prefix: 'C79.5', hazard: 'metastasis in bone', scope: 'whole' },
  { prefix: 'M61', hazard: 'ossification of muscle', scope: 'site' },
];

export const hazardOf = (code: string): HazardousCode | undefined =>
  BOUNCING_CODES.find(({ prefix }) => isBelow(code, prefix));

export const bouncesOnSight = (code: string): boolean => hazardOf(code) !== undefined;

export interface ModifierCode {
  readonly prefix: string;
  readonly meaning: string;
  /** Id of the precaution that the code calls for. */
  readonly precaution: string;
}

/** Codes beside the diagnosis that change how, or whether, a technique is used. */
// prettier-ignore
export const MODIFIER_CODES: readonly ModifierCode[] = [
  { prefix: 'Z79.01', meaning: 'anticoagulant', precaution: 'P01' },
  { prefix: 'Z79.52', meaning: 'systemic steroid', precaution: 'P02' },
  // Haemophilia, and a defect of coagulation nobody has named yet: the stricter row until a clinician says otherwise.
  { prefix: 'D66', meaning: 'haemophilia', precaution: 'C10' },
  { prefix: 'D68.9', meaning: 'defect of coagulation', precaution: 'C10' },
  { prefix: 'M81.0', meaning: 'osteoporosis', precaution: 'P03' },
  { prefix: 'M35.7', meaning: 'hypermobility', precaution: 'P10' },
  { prefix: 'M06.9', meaning: 'rheumatoid arthritis', precaution: 'P04' },
  { prefix: 'I89.0', meaning: 'lymphedema', precaution: 'P08' },
  { prefix: 'G90.5', meaning: 'complex regional pain syndrome', precaution: 'P09' },
  { prefix: 'E11.42', meaning: 'neuropathy with diabetes', precaution: 'P05' },
  { prefix: 'Z95.0', meaning: 'pacemaker', precaution: 'P12' },
];

export const modifierOf = (code: string): ModifierCode | undefined =>
  MODIFIER_CODES.find(({ prefix }) => isBelow(code, prefix));
