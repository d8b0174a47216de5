/** A plan of care, from the order to the signature, and what the physician says to it. */
import { box, button, field, link, list, option, words } from '../things.js';
import type { Way } from '../way.js';

export const beginsPlan = async (way: Way): Promise<void> => {
  await way.pushes(button('Begin from the order'));
  await way.sees(field('Visits in all'));
};

/** The order names the goal in words. */
export const makesGoalMeasurable = async (way: Way): Promise<void> => {
  await way.chooses(list('Measured by'), option('Pain, 0 to 10 (NPRS)'));
  await way.writes(field('Baseline'), '6');
  await way.writes(field('Target'), '2');
};

export const beginsIntervention = async (way: Way): Promise<void> => {
  await way.pushes(button('One more intervention'));
  await way.sees({ role: 'status', says: ['Not part of it yet', 'interventions'] });
};

export const choosesTechnique = (way: Way, technique: RegExp): Promise<void> =>
  way.chooses(list('Technique'), option(technique));

export const addsIntervention = async (way: Way, technique: RegExp): Promise<void> => {
  await beginsIntervention(way);
  await choosesTechnique(way, technique);
};

export const weighsPrecautions = (way: Way): Promise<void> => way.pushes(box('I weighed them: none'));

/** Where it has to be certified it goes to the physician by itself. */
export const signsPlan = async (way: Way): Promise<void> => {
  await way.sees(words('Saved'));
  await way.pushes(button('Sign the plan'));
  await way.sees(words('Sent to the physician'));
  await way.pushes(link('The referral'));
};

/** On the page of the referral. */
export const asksForChange = async (way: Way, text: string): Promise<void> => {
  await way.writes(field('What should be changed?'), text);
  await way.pushes(button('Ask for a change'));
  await way.seesNoMore(button('Ask for a change'));
};
