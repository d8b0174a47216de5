/** What comes between an order and its acceptance. */
import { button, DIALOG, field, words, type Thing } from '../things.js';
import type { Way } from '../way.js';

/** On the page of the referral. */
export const asks = async (way: Way, question: string): Promise<void> => {
  await way.pushes(button('Confirm receipt'));
  await way.sees(words('In triage'));
  await way.pushes(button('Ask the physician'));
  await way.writes(field('Question 1', DIALOG), question);
  await way.pushes(button('Ask the physician', DIALOG));
  await way.seesNoMore(DIALOG);
  await way.sees(words('Question asked'));
};

interface Answered {
  /** In a list of referrals. */
  readonly row: Thing;
  readonly question: string;
  readonly answer: string;
}

export const answersQuestion = async (way: Way, { row, question, answer }: Answered): Promise<void> => {
  await way.doesFirst(row, button('Answer'));
  await way.writes(field(question, DIALOG), answer);
  await way.pushes(button('Answer', DIALOG));
  await way.seesNoMore(DIALOG);
};

/** On the page of the referral. */
export const accepts = async (way: Way): Promise<void> => {
  await way.pushes(button('Accept'));
  await way.pushes(button('Accept', DIALOG));
  await way.seesNoMore(DIALOG);
  await way.sees(words('Accepted'));
};
