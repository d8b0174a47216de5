/** An order by the screens, begun for somebody new, made safe, and sent. */
import { box, button, field, link, list, option, region, words, type Thing } from '../things.js';
import type { Way } from '../way.js';

const QUESTIONS = region('Safety questions');

/** Of whom nobody knows yet. @param name given and family */
export const beginsForSomebodyNew = async (way: Way, name: string): Promise<void> => {
  await way.pushes(link('New referral'));
  await way.writes(field('Part of the name'), name);
  await way.pushes(button('Register a new patient'));
  const form: Thing = { role: 'form', name: 'A new patient' };
  await way.writes(field('Born', form), '1991-08-12');
  await way.chooses(list('Sex at birth', form), option('Male'));
  await way.pushes(button('Register and begin the referral', form));
  await way.sees(region('Diagnoses'));
};

/** To every question of the screening, each by hand. */
export const saysNo = async (way: Way): Promise<void> => {
  const questions: Thing = { role: 'radiogroup', in: QUESTIONS };
  await way.sees(questions);
  const count = await way.count(questions);
  for (let nth = 0; nth < count; nth += 1) await way.answers({ ...questions, nth }, 'No');
};

export const answersSafety = async (way: Way): Promise<void> => {
  await saysNo(way);
  await way.pushes(box('I asked: none', QUESTIONS));
};

export const sends = async (way: Way): Promise<void> => {
  await way.sees(words('Nothing stands in the way.'));
  await way.pushes(button('Send'));
  await way.sees({ role: 'list', name: 'The loop' });
  await way.sees(words('Sent'));
};
