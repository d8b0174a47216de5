/** Measuring under a referral, and what treatment came to. */
import { button, DIALOG, field, heading, list, option, words, type Thing } from '../things.js';
import type { Way } from '../way.js';

/** On the page of the referral. @param point of care, where it is not the one that is proposed */
export const recordsPain = async (way: Way, pain: string, point?: string): Promise<void> => {
  await way.pushes(button('Record a measurement'));
  await way.writes(field(/^Pain now/, DIALOG), pain);
  if (point !== undefined) await way.chooses(list('At which point of care', DIALOG), option(point));
  await way.pushes(button('Record', DIALOG));
  await way.seesNoMore(DIALOG);
};

/** With what is known already. */
export const reportsGoalsMet = async (way: Way): Promise<void> => {
  await way.pushes(button('Report the outcome'));
  await way.sees(words('Proposed from what is known: Goals met', DIALOG));
  await way.pushes(button('Report the outcome', DIALOG));
  await way.seesNoMore(DIALOG);
};

/** In a dialog that shows the card first. @param row in a list of referrals */
export const acknowledges = async (way: Way, row: Thing): Promise<void> => {
  await way.doesFirst(row, button('Acknowledge'));
  await way.sees(heading('The five benefits', DIALOG));
  await way.pushes(button('Acknowledge', DIALOG));
  await way.seesNoMore(DIALOG);
};

/** By the key of the row alone: it is done when the card is shown. */
export const acknowledgesAtOnce = async (way: Way, row: Thing): Promise<void> => {
  await way.doesFirst(row, button('Acknowledge'));
  await way.sees(words('The loop is closed.', DIALOG));
  await way.sees(heading('The five benefits', DIALOG));
};
