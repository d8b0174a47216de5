/**
 * Soft-tissue techniques (docs/domain/body-and-technique.md#techniques; local code system `stm-technique`, version 1).
 * No standard lists them: codes and names are our own words, IASTM after Cheatham et al., Healthcare 2025;13(6):642. CPT codes are numbers only,
 * because their descriptors are licensed by the AMA. Codes are what a technique is usually billed as: a proposal,
 * never a rule, for payers differ.
 */
import type { Tissue } from './body-site.js';

export const TECHNIQUES_VERSION = '1';
export const TECHNIQUES_SOURCE = 'S22, S35; names are our own';

export interface Technique {
  readonly code: string;
  readonly name: string;
  readonly tissues: readonly Tissue[];
  /** What is recorded as its dose, beside minutes and pressure grade. */
  readonly dose: readonly string[];
  /** Empty: the payer says. */
  readonly cpt: readonly string[];
}

const MANUAL_THERAPY = '97140';
const MASSAGE = '97124';
const EXERCISE = '97110';
const EVERY_TISSUE = ['muscle', 'tendon', 'ligament', 'fascia', 'scar'] as const;

// prettier-ignore
export const TECHNIQUES = [
  { code: 'IASTM', name: 'instrument-assisted mobilisation',
    tissues: ['fascia', 'tendon', 'scar'], dose: ['tool', 'stroke', 'angle'], cpt: [MANUAL_THERAPY] },
  { code: 'MFR', name: 'myofascial release by slow sustained load',
    tissues: ['fascia'], dose: ['hold-seconds', 'direction'], cpt: [MANUAL_THERAPY] },
  { code: 'DTFM', name: 'deep friction across the fibres',
    tissues: ['tendon', 'ligament', 'muscle', 'scar'], dose: ['position'], cpt: [MANUAL_THERAPY] },
  { code: 'TPR', name: 'pressure on a trigger point',
    tissues: ['muscle'], dose: ['hold-seconds', 'nprs-during'], cpt: [MANUAL_THERAPY] },
  { code: 'ART', name: 'contact with active movement',
    tissues: ['muscle', 'fascia'], dose: ['passes'], cpt: [MANUAL_THERAPY] },
  { code: 'PNS', name: 'pin and stretch',
    tissues: ['muscle', 'fascia'], dose: ['passes', 'end-range'], cpt: [MANUAL_THERAPY] },
  { code: 'CUP', name: 'cupping, still or moving',
    tissues: ['fascia'], dose: ['cups', 'vacuum-level'], cpt: [] },
  { code: 'SCM', name: 'mobilisation of a healed scar',
    tissues: ['scar'], dose: ['weeks-since-surgery'], cpt: [MANUAL_THERAPY] },
  { code: 'STRIP', name: 'stripping along the fibres, skin rolling',
    tissues: ['muscle', 'fascia'], dose: ['passes'], cpt: [MANUAL_THERAPY] },
  { code: 'EFF', name: 'effleurage',
    tissues: EVERY_TISSUE, dose: [], cpt: [MASSAGE] },
  { code: 'PET', name: 'petrissage',
    tissues: EVERY_TISSUE, dose: [], cpt: [MASSAGE] },
  { code: 'TAP', name: 'tapotement',
    tissues: EVERY_TISSUE, dose: [], cpt: [MASSAGE] },
  { code: 'STR', name: 'assisted stretching after soft-tissue work',
    tissues: ['muscle'], dose: ['repetitions', 'hold-seconds'], cpt: [EXERCISE, MANUAL_THERAPY] },
] as const satisfies readonly Technique[];

export type TechniqueCode = (typeof TECHNIQUES)[number]['code'];

export const isTechnique = (text: string): text is TechniqueCode =>
  TECHNIQUES.some(({ code }) => code === text);
