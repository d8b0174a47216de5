/**
 * Range of motion by goniometer, in degrees. A deficit (the neutral position cannot be reached) is negative,
 * so that more is always better. Normals: AAOS, and AMA where it differs (domain notes, section 3); they fall
 * with age and differ by sex, so they are for display and for the plausible range, not for judging a person.
 */
import type { Refusal } from '@fascia/kernel';

export const ROM_MODES = ['active', 'passive'] as const;
export type RomMode = (typeof ROM_MODES)[number];

export const ROM_SIDES = ['left', 'right', 'midline'] as const;
export type RomSide = (typeof ROM_SIDES)[number];

export interface RomNormal {
  /** Lower and upper value of what the source calls normal. */
  readonly aaos: readonly [low: number, high: number];
  /** Minimum by the AMA guides, where different. */
  readonly ama?: number;
  /** Whether left and right are told apart. */
  readonly sided: boolean;
  /** Widely taught, not confirmed against a source. */
  readonly unconfirmed?: true;
}

const limb = (low: number, high: number = low): RomNormal => ({ aaos: [low, high], sided: true });
const limbAma = (aaos: number, ama: number): RomNormal => ({ aaos: [aaos, aaos], ama, sided: true });
const midline = (low: number, high: number, more: Pick<RomNormal, 'ama' | 'unconfirmed'> = {}): RomNormal => ({
  aaos: [low, high], sided: false, ...more,
});

// prettier-ignore
export const ROM_NORMALS = {
  shoulder: {
    flexion: limb(180), extension: limbAma(60, 50), abduction: limbAma(180, 170),
    'medial-rotation': limbAma(70, 80), 'lateral-rotation': limbAma(90, 60),
  },
  elbow: { flexion: limbAma(150, 140), extension: limb(0), pronation: limb(80), supination: limb(80) },
  wrist: {
    flexion: limbAma(80, 60), extension: limbAma(70, 60),
    'radial-deviation': limb(20), 'ulnar-deviation': limb(30),
  },
  hip: {
    flexion: limb(120, 125), extension: limb(15, 30), abduction: limb(45), adduction: limb(25, 30),
    'medial-rotation': limb(40, 45), 'lateral-rotation': limb(45, 60),
  },
  knee: { flexion: limb(130, 140), extension: limb(0) },
  ankle: {
    dorsiflexion: limb(20), 'plantar-flexion': limb(45, 50),
    inversion: limb(35), eversion: limb(15, 25),
  },
  cervical: {
    flexion: midline(45, 50, { unconfirmed: true }), extension: midline(45, 60, { unconfirmed: true }),
    'lateral-flexion': limb(45), rotation: limb(60, 80),
  },
  thoracolumbar: {
    flexion: midline(80, 80, { ama: 60 }), extension: midline(25, 25),
    'lateral-flexion': limbAma(35, 25), rotation: limbAma(45, 30),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, RomNormal>>>>;

export type RomJoint = keyof typeof ROM_NORMALS;

export interface RomEntry {
  readonly joint: string;
  readonly motion: string;
  readonly side: RomSide;
  readonly mode: RomMode;
  readonly degrees: number;
  /** The person was shown that the value is unusual and stands by it. */
  readonly confirmed?: boolean;
}

/** @returns nothing for a motion that the joint does not have. */
export const romNormal = (joint: string, motion: string): RomNormal | undefined => {
  if (!Object.hasOwn(ROM_NORMALS, joint)) return undefined;
  const motions: Readonly<Record<string, RomNormal>> = ROM_NORMALS[joint as RomJoint];
  return Object.hasOwn(motions, motion) ? motions[motion] : undefined;
};

const LARGEST_DEFICIT = -30;
const BEYOND_NORMAL = 40;
const FULL_CIRCLE = 360;

/** Outside it a typing error is likelier than the finding, so the screen asks. */
export const isPlausible = (degrees: number, { aaos: [, high] }: RomNormal): boolean =>
  degrees >= LARGEST_DEFICIT && degrees <= high + BEYOND_NORMAL;

export const isSideOfMotion = (side: RomSide, { sided }: RomNormal): boolean => (side !== 'midline') === sided;

/** @returns the first thing wrong with the entry, or nothing. */
export const romFault = ({ joint, motion, side, degrees, confirmed = false }: RomEntry): Refusal | undefined => {
  const normal = romNormal(joint, motion);
  if (normal === undefined) return { code: 'MEASURE_RANGE', detail: 'This joint has no such motion.', pointer: '/motion' };
  if (!isSideOfMotion(side, normal)) {
    const detail = normal.sided ? 'Say left or right for this motion.' : 'This motion has no side.';
    return { code: 'MEASURE_INCOMPLETE', detail, pointer: '/side' };
  }
  if (!Number.isFinite(degrees) || Math.abs(degrees) > FULL_CIRCLE) {
    return { code: 'MEASURE_RANGE', detail: 'This is not an angle of a joint.', pointer: '/degrees' };
  }
  if (confirmed || isPlausible(degrees, normal)) return undefined;
  return {
    code: 'MEASURE_RANGE',
    detail: 'This angle is unusual for the motion: check it, and confirm it if it is right.',
    pointer: '/degrees',
    about: { from: LARGEST_DEFICIT, to: normal.aaos[1] + BEYOND_NORMAL, confirm: 'confirmed' },
  };
};

/** Mobility beyond normal is no further gain; where the source gives a range, its upper end counts. */
export const creditedDegrees = (degrees: number, { aaos: [, high] }: RomNormal): number => Math.min(degrees, high);

/** Display aid. @returns nothing where normal is 0 (extension of elbow and knee). */
export const percentOfNormal = (degrees: number, { aaos: [low] }: RomNormal): number | undefined =>
  low === 0 ? undefined : Math.round((degrees / low) * 100);
