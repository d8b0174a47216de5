/**
 * Normal range of motion by goniometer, in degrees (version 1). A deficit (the neutral position cannot be reached) is
 * negative, so that more is always better. Sources: American Academy of Orthopaedic Surgeons, and the AMA guides where
 * they differ (docs/domain/measures.md#range-of-motion); normals fall with age and differ by sex, so they are for display and for the plausible
 * range, not for judging a person.
 */

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
const midline = (
  low: number,
  high: number,
  more: Pick<RomNormal, 'ama' | 'unconfirmed'> = {},
): RomNormal => ({
  aaos: [low, high],
  sided: false,
  ...more,
});

// prettier-ignore
export const ROM_NORMALS = {
  shoulder: {
    flexion: limb(180), extension: limbAma(60, 50), abduction: limbAma(180, 170),
    'medial-rotation': limbAma(70, 80), 'lateral-rotation': limbAma(90, 60),
  },
  elbow: { flexion: limbAma(150, 140), extension: limb(0), pronation: limb(80), supination: limb(80) },
  wrist: { flexion: limbAma(80, 60), extension: limbAma(70, 60), 'radial-deviation': limb(20), 'ulnar-deviation': limb(30) },
  hip: {
    flexion: limb(120, 125), extension: limb(15, 30), abduction: limb(45), adduction: limb(25, 30),
    'medial-rotation': limb(40, 45), 'lateral-rotation': limb(45, 60),
  },
  knee: { flexion: limb(130, 140), extension: limb(0) },
  ankle: { dorsiflexion: limb(20), 'plantar-flexion': limb(45, 50), inversion: limb(35), eversion: limb(15, 25) },
  cervical: {
    flexion: midline(45, 50, { unconfirmed: true }), extension: midline(45, 60, { unconfirmed: true }),
    'lateral-flexion': limb(45), rotation: limb(60, 80),
  },
  thoracolumbar: {
    flexion: midline(80, 80, { ama: 60 }), extension: midline(25, 25), 'lateral-flexion': limbAma(35, 25), rotation: limbAma(45, 30),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, RomNormal>>>>;

/** @returns nothing for a motion that the joint does not have. */
export const romNormal = (joint: string, motion: string): RomNormal | undefined => {
  if (!Object.hasOwn(ROM_NORMALS, joint)) return undefined;
  const motions: Readonly<Record<string, RomNormal>> = ROM_NORMALS[joint as keyof typeof ROM_NORMALS];
  return Object.hasOwn(motions, motion) ? motions[motion] : undefined;
};
