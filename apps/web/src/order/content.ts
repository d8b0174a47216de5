/** What an order says, as far as it is known: the draft's content, and what one takes over from the last one. */
import { ASKED_AT_SENDING, RED_FLAG_QUESTIONS, type RedFlagQuestion } from '@fascia/clinical';
import type { BodyOf } from '../api/commands.js';

export type Content = BodyOf<'referrals', 'EditDraft'>['content'];
export type Site = NonNullable<Content['sites']>[number];
export type Screening = NonNullable<Content['screening']>[number];

/** Asked of every order. */
export const SCREENED: readonly RedFlagQuestion[] = RED_FLAG_QUESTIONS.filter(({ id }) =>
  ASKED_AT_SENDING.includes(id),
);

/**
 * What goes on from one order to the next for the same patient. Screening and precautions are asked afresh: what held then is no answer
 * now. What was said for one order alone (a reason to send a second one, papers, how long it holds) is not said again.
 */
export const likeLast = ({
  screening: _asked,
  precautions: _known,
  duplicateOverrideReason: _reason,
  siteExplanation: _explanation,
  attachments: _papers,
  validUntil: _until,
  ...kept
}: Content): Content => kept;

export const NEW_ORDER: Content = {
  priority: 'routine',
  service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
};

export const answered = (
  screening: readonly Screening[],
  flagId: Screening['flagId'],
  answer: Screening['answer'],
): Screening[] => [...screening.filter((one) => one.flagId !== flagId), { flagId, answer }];

export const answerOf = (
  screening: readonly Screening[] | undefined,
  flagId: string,
): Screening['answer'] | undefined => screening?.find((one) => one.flagId === flagId)?.answer;
