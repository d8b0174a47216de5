/** What a file proposes as a precaution, in words, and who settles it. */
import type { TFunction } from 'i18next';
import type { Answer } from '../api/questions.js';
import { placeText } from '../order/place-list.js';

export type Proposal = Answer<'listPrecautions'>;

/** "Fracture: Knee, left"; a row that has left the catalogue keeps its code. */
export const whatText = (
  { words, catalogueId, site }: Pick<Proposal, 'words' | 'catalogueId' | 'site'>,
  t: TFunction,
): string => [words ?? catalogueId, ...(site === null ? [] : [placeText(site, t)])].join(': ');

const SETTLING: readonly Proposal['allowedActions'][number][] = ['ConfirmPrecaution', 'DismissPrecaution'];

/** Whoever asks may settle it: otherwise they ask somebody who may. */
export const isTheirs = ({ allowedActions }: Pick<Proposal, 'allowedActions'>): boolean =>
  SETTLING.some((deed) => allowedActions.includes(deed));
