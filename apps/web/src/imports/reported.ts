/** What a report comes to, in words. */
import { stateOf, sumsOf, type ImportSums } from '@fascia/fhir/rules';
import type { TFunction } from 'i18next';
import { imports } from '../words/imports.js';

const isWhy = (code: string): code is keyof typeof imports.whys => Object.hasOwn(imports.whys, code);
const isCode = (code: string): code is keyof typeof imports.codes => Object.hasOwn(imports.codes, code);
const isKind = (kind: string): kind is keyof typeof imports.kinds => Object.hasOwn(imports.kinds, kind);

const isDropped = (what: string): what is keyof typeof imports.dropped =>
  Object.hasOwn(imports.dropped, what);

/** A code that no word stands for is shown as it is: it can be looked up. */
export const whyText = (t: TFunction, code: string): string =>
  isWhy(code) ? t(`imports.whys.${code}`) : code;
export const codeText = (t: TFunction, code: string): string =>
  isCode(code) ? t(`imports.codes.${code}`) : code;
export const droppedText = (t: TFunction, what: string): string =>
  isDropped(what) ? t(`imports.dropped.${what}`) : what;
export const kindText = (t: TFunction, kind: string): string =>
  isKind(kind) ? t(`imports.kinds.${kind}`) : kind;

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

export { sumsOf };

const MOST = 3;

/** The first places of a file, as JSON pointers. */
export const placesText = (t: TFunction, pointers: readonly string[], count: number): string => {
  const first = pointers.slice(0, MOST).join(', ');
  return count > Math.min(MOST, pointers.length) && first !== ''
    ? t('imports.where', { pointers: first })
    : first;
};
