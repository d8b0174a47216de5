/** What was typed, and the body that the service is sent of it. */
import type { BodyOf } from '../api/commands.js';
import type { Answer } from '../api/questions.js';
import { deedOf, OPTIONAL, type Field, type OfferedDeed } from './deeds.js';

export interface Question {
  readonly questionId: string;
  readonly text: string;
  readonly mandatory: boolean;
}

export interface Typed {
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  /** To be asked. */
  readonly questions: readonly string[];
  /** By the question's id. */
  readonly answers: Readonly<Record<string, string>>;
}

export const NOTHING_TYPED: Typed = { fields: {}, questions: [''], answers: {} };

/** Those that wait for an answer: of the last time that any were asked. */
export const openQuestions = ({ thread }: Pick<Answer<'getReferral'>, 'thread'>): readonly Question[] => {
  const last = thread.findLast(({ kind }) => kind === 'questions' || kind === 'answers');
  return last?.kind === 'questions' ? (last.details?.questions ?? []) : [];
};

const said = (text = ''): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** @returns what is still to be filled in */
export const missingIn = (deed: OfferedDeed, typed: Typed, asked: readonly Question[]): readonly string[] =>
  deedOf(deed).fields.flatMap((field) => {
    if (OPTIONAL.includes(field)) return [];
    if (field === 'questions') return typed.questions.some((one) => said(one)) ? [] : [field];
    if (field === 'answers')
      return asked
        .filter(({ questionId, mandatory }) => mandatory && said(typed.answers[questionId]) === undefined)
        .map(({ questionId }) => questionId);
    return said(typed.fields[field]) === undefined ? [field] : [];
  });

/** By what name the command knows it, where that is another. */
const KNOWN_AS: Readonly<Partial<Record<Field, string>>> = { declineReason: 'reason', outcomeKind: 'kind' };

const partsOf = (deed: OfferedDeed, field: Field, { fields, questions, answers }: Typed): object => {
  if (field === 'questions')
    return {
      questions: questions
        .flatMap((text) => said(text) ?? [])
        .map((text, n) => ({ questionId: `q${n + 1}`, text, mandatory: true })),
    };
  if (field === 'answers')
    return {
      answers: Object.entries(answers).flatMap(([questionId, text]) =>
        said(text) === undefined ? [] : [{ questionId, text: text.trim() }],
      ),
    };
  const value = said(fields[field]);
  // Where an order goes is a target; a proposal names the listing alone.
  if (field === 'listing')
    return deed === 'RedirectReferral'
      ? { target: { kind: 'directed', listingId: value } }
      : { listingId: value };
  return value === undefined ? {} : { [KNOWN_AS[field] ?? field]: value };
};

export const bodyOf = <T extends OfferedDeed>(deed: T, typed: Typed): BodyOf<'referrals', T> =>
  Object.assign({}, ...deedOf(deed).fields.map((field) => partsOf(deed, field, typed))) as BodyOf<
    'referrals',
    T
  >;
