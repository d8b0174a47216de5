/** What a report comes to, in words. */
import { stateOf, type ImportSums } from '@fascia/fhir/rules';
import type { TFunction } from 'i18next';
import { imports } from '../words/imports.js';

const isIn = <W extends object>(words: W, code: PropertyKey): code is keyof W => Object.hasOwn(words, code);

/** A code that no word stands for is shown as it is: it can be looked up. */
export const whyText = (t: TFunction, code: string): string =>
  isIn(imports.whys, code) ? t(`imports.whys.${code}`) : code;
export const codeText = (t: TFunction, code: string): string =>
  isIn(imports.codes, code) ? t(`imports.codes.${code}`) : code;
export const droppedText = (t: TFunction, what: string): string =>
  isIn(imports.dropped, what) ? t(`imports.dropped.${what}`) : what;
export const kindText = (t: TFunction, kind: string): string =>
  isIn(imports.kinds, kind) ? t(`imports.kinds.${kind}`) : kind;

const TOLD = ['added', 'changed', 'unchanged', 'different', 'refused', 'broken'] as const;

/** "12 resources read, 4 added, 1 refused": what there is none of is not told, but that nothing was taken is. */
export const sumsText = (t: TFunction, sums: ImportSums): string =>
  [
    t('imports.sums.read', { count: sums.read }),
    ...TOLD.filter((part) => sums[part] > 0).map((part) => t(`imports.sums.${part}`, { count: sums[part] })),
    ...(stateOf(sums) === 'nothing-taken' ? [t('imports.nothing')] : []),
  ].join(', ');

/** Whether a person has to look at it. */
export const needsSomebody = ({ different, refused, broken }: ImportSums): boolean =>
  different + refused + broken > 0;

const MOST = 3;

/** The first places of a file, as JSON pointers. */
export const placesText = (t: TFunction, pointers: readonly string[], count: number): string => {
  const first = pointers.slice(0, MOST).join(', ');
  return count > Math.min(MOST, pointers.length) && first !== ''
    ? t('imports.where', { pointers: first })
    : first;
};
