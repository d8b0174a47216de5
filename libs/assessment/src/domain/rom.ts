/** Range of motion by goniometer, in degrees: what may be entered, and how it is shown beside the normals. */
import { romNormal, type RomNormal } from '@fascia/clinical';
import type { MEASURED_SIDES, MODES } from '../contract/events.js';
import type { AssessmentRefusal } from '../contract/refusals.js';

export type RomMode = (typeof MODES)[number];
export type RomSide = (typeof MEASURED_SIDES)[number];

export interface RomEntry {
  readonly joint: string;
  readonly motion: string;
  readonly side: RomSide;
  readonly mode: RomMode;
  readonly degrees: number;
  /** The person was shown that the value is unusual and stands by it. */
  readonly confirmed?: boolean;
}

const LARGEST_DEFICIT = -30;
const BEYOND_NORMAL = 40;
const FULL_CIRCLE = 360;

/** Outside it a typing error is likelier than the finding, so the screen asks. */
export const isPlausible = (degrees: number, { aaos: [, high] }: RomNormal): boolean =>
  degrees >= LARGEST_DEFICIT && degrees <= high + BEYOND_NORMAL;

export const isSideOfMotion = (side: RomSide, { sided }: RomNormal): boolean =>
  (side !== 'midline') === sided;

/** @returns the first thing wrong with the entry, or nothing. */
export const romFault = ({
  joint,
  motion,
  side,
  degrees,
  confirmed = false,
}: RomEntry): AssessmentRefusal | undefined => {
  const normal = romNormal(joint, motion);
  if (normal === undefined)
    return { code: 'MEASURE_RANGE', detail: 'This joint has no such motion.', pointer: '/motion' };
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
export const creditedDegrees = (degrees: number, { aaos: [, high] }: RomNormal): number =>
  Math.min(degrees, high);

/** Display aid. @returns nothing where normal is 0 (extension of elbow and knee). */
export const percentOfNormal = (degrees: number, { aaos: [low] }: RomNormal): number | undefined =>
  low === 0 ? undefined : Math.round((degrees / low) * 100);
