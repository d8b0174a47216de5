/** A visit by its own page, station by station. */
import { button, field, list, option, region, words, type Thing } from '../things.js';
import type { Way } from '../way.js';

const BEFORE_TREATMENT = region('Before treatment');

const group = (name: string | RegExp, around?: Thing): Thing => ({
  role: 'group',
  name,
  ...(around === undefined ? {} : { in: around }),
});

/** `14:05`: as this machine's clocks show it, and so those of its browser. */
export const clock = (moment: number): string => {
  const at = new Date(moment);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
};

/** Every question in turn: no red flag, skin and consent as they should be. */
export const preScreens = async (way: Way): Promise<void> => {
  const no: Thing = { role: 'radio', name: 'No', in: BEFORE_TREATMENT };
  await way.sees(no);
  const flags = (await way.count(no)) - 2;
  for (let nth = 0; nth < flags; nth += 1)
    await way.answers({ role: 'group', in: BEFORE_TREATMENT, nth }, 'No');
  await way.answers(group(/skin intact/, BEFORE_TREATMENT), 'Yes');
  await way.answers(group(/agree to today/, BEFORE_TREATMENT), 'Yes');
  await way.answers(group('Pain now, before treatment', BEFORE_TREATMENT), '6');
  await way.pushes(button('Record the answers'));
};

/** What the plan means to be done at its one place. */
export const worksAsPlanned = async (way: Way): Promise<void> => {
  await way.pushes(button('As planned (1 place)'));
  const work: Thing = { role: 'article', name: 'Right shoulder' };
  await way.chooses(list('Tissue', work), option('Fascia'));
  await way.answers(group('Pressure', work), '2');
  await way.pushes(button('Record: Right shoulder'));
  await way.sees({ role: 'row', nth: 1, in: { role: 'table', name: 'Recorded' } });
};

const NOTE = [
  ['Subjective', 'Woke once; drives again.'],
  ['Objective', 'Turns 65 degrees to the right.'],
  ['Assessment', 'Moves more freely.'],
  ['Plan', 'Go on; chin tucks, ten a day.'],
] as const;

/** @param began at what time, as {@link clock} says it */
export const completesVisit = async (way: Way, began: string): Promise<void> => {
  await way.sets(field(/^Began/), began);
  await way.answers(group('Pain after treatment'), '3');
  for (const [part, said] of NOTE) await way.writes(field(part), said);
  await way.sees(words('Nothing stands in the way.'));
  await way.pushes(button('Complete the visit'));
};

export const signsNote = async (way: Way): Promise<void> => {
  await way.pushes(button('Sign the note'));
  await way.sees(words(/^Signed by Noor Halvorsen/));
};
