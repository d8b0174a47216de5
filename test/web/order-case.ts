/** What an order says beside its safety answers, typed by hand: a shoulder that has to move again. */
import { box, button, field, list, option } from './things.js';
import type { Way } from './way.js';

/** @param payer by name: whoever pays decides what else is asked for */
export const writesOrder = async (way: Way, payer = 'The patient'): Promise<void> => {
  await way.finds(list('Diagnosis (ICD-10-CM)'), 'M75.01', option(/M75\.01/));
  await way.chooses(list('Place'), option('Shoulder, right'));
  await way.chooses(list('What is wrong there'), option('Contracture'));
  await way.pushes(button('Record the diagnosis'));
  await way.sees(box(/M75\.01/));
  await way.pushes(box('right shoulder'));
  await way.writes(field('Clinical question'), 'Can the shoulder move again?');
  await way.writes(field('Since'), '2026-03');
  await way.writes(field('Visits in all'), '8');
  await way.chooses(list('Who pays'), option(payer));
  await way.answers({ role: 'radiogroup', name: 'Clinic' }, /Riverside/);
};
