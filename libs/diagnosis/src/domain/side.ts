/** The place of a diagnosis and its side, beside the side that its code names (docs/domain/diagnosis.md#sides). */
import { isRegion, sidesOf, siteFault } from '@fascia/clinical';
import type { IcdSide } from '@fascia/clinical/icd10';
import type { DiagnosisCommandOf } from '../contract/commands.js';
import { CODED_SIDES } from '../contract/events.js';
import type { DiagnosisRefusal } from '../contract/refusals.js';

type Placed = Pick<DiagnosisCommandOf<'ReviseDiagnosis'>, 'site'>;

interface Coded {
  readonly side: IcdSide;
}

/** The one side that a code names. */
export const codedSide = (code: Coded | undefined): (typeof CODED_SIDES)[number] | undefined =>
  CODED_SIDES.find((side) => side === code?.side);

/** Whoever records it, a place has the side that the code has, where it has one and nobody said another (docs/domain/diagnosis.md#sides). */
export const sided = <Said extends Placed>(said: Said, code: Coded | undefined): Said => {
  const side = codedSide(code);
  const { site } = said;
  if (side === undefined || site === undefined || site.side !== undefined) return said;
  const { region } = site;
  return isRegion(region) && sidesOf(region).includes(side) ? { ...said, site: { region, side } } : said;
};

export const sideAgrees = ({ site }: Placed, { side }: Coded): DiagnosisRefusal | undefined => {
  const said = site?.side;
  const agrees =
    said === undefined || side === 'none' || side === said || (side === 'unspecified' && said === 'midline');
  return agrees
    ? undefined
    : {
        code: 'ICD_SIDE_MISMATCH',
        detail: `The code says ${side}, the site says ${said}: code each side for itself.`,
        pointer: '/site/side',
      };
};

export const siteRefusal = (said: Placed, imported: boolean): DiagnosisRefusal | undefined => {
  if (said.site === undefined) return undefined;
  const { region, side } = said.site;
  if (!isRegion(region))
    return { code: 'REGION_UNKNOWN', detail: 'Use a region of the catalogue.', pointer: '/site/region' };
  const fault = siteFault(side === undefined ? { region } : { region, side });
  if (fault === undefined || (fault === 'side-missing' && imported)) return undefined;
  return fault === 'side-missing'
    ? {
        code: 'SIDE_REQUIRED',
        detail: 'This region has a left and a right: say which, or both.',
        pointer: '/site/side',
      }
    : { code: 'SIDE_NOT_ALLOWED', detail: 'This region has no such side.', pointer: '/site/side' };
};
