/** What may be done at a place, technique by technique, and why the rest may not: as the service judges it, read for one tissue. */
import { TECHNIQUES, type TechniqueCode, type Tissue } from '@fascia/clinical';
import type { TechniquesAnswered } from '@fascia/session/contract';

export type Judged = TechniquesAnswered['sites'];
type Finding = Judged[number]['findings'][number];

/** The hardest grade there is. */
const HARDEST = 5;

/** What holds for one tissue alone holds while none is chosen: the stricter wins. */
const concerns = ({ tissues }: Finding, tissue: Tissue | undefined): boolean =>
  tissues === undefined || tissue === undefined || tissues.includes(tissue);

const findingsFor = (judged: Judged, tissue: Tissue | undefined): readonly Finding[] =>
  judged.flatMap(({ findings }) => findings).filter((finding) => concerns(finding, tissue));

/** Catalogue's words and reason, as people are told them. */
const toldOf = ({ words, why }: Finding): string => [words, why].filter(Boolean).join(': ');

/** @returns why the technique may not be used there; nothing where it may */
export const closedBy = (
  judged: Judged,
  technique: string,
  tissue: Tissue | undefined,
): string | undefined => {
  const closing = findingsFor(judged, tissue).find(({ techniques }) =>
    techniques.some((code) => code === technique),
  );
  return closing && toldOf(closing);
};

export interface SoftestGrade {
  readonly grade: number;
  /** Where it is softer than the hardest. */
  readonly why?: string;
}

/** The hardest pressure that is left. */
export const hardestGrade = (judged: Judged, tissue: Tissue | undefined): SoftestGrade => {
  const softening = findingsFor(judged, tissue)
    .filter(({ maxPressureGrade = HARDEST }) => maxPressureGrade < HARDEST)
    .toSorted((one, other) => (one.maxPressureGrade ?? HARDEST) - (other.maxPressureGrade ?? HARDEST))[0];
  return softening?.maxPressureGrade === undefined
    ? { grade: HARDEST }
    : { grade: softening.maxPressureGrade, why: toldOf(softening) };
};

export interface Choice {
  readonly code: TechniqueCode;
  readonly name: string;
  readonly planned: boolean;
  readonly closed: string | undefined;
}

/** What the plan names stands first. */
export const choicesAt = (
  judged: Judged,
  tissue: Tissue | undefined,
  planned: readonly string[],
): readonly Choice[] =>
  TECHNIQUES.map(({ code, name }) => ({
    code,
    name,
    planned: planned.includes(code),
    closed: closedBy(judged, code, tissue),
  })).toSorted((one, other) => Number(other.planned) - Number(one.planned));
