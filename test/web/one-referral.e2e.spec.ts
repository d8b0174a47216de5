/**
 * One referral from a delegate's draft to the closed loop, through the hands of all four roles and by the screens alone: once with the
 * pointer, once with nothing but keys. Every page stays open: what one does, the others see without loading anything anew.
 */
import type { Page } from 'playwright-core';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { writesOrder } from './order-case.js';
import { acknowledges, acknowledgesAtOnce, recordsPain, reportsGoalsMet } from './steps/measuring.js';
import { answersSafety, beginsForSomebodyNew, sends } from './steps/ordering.js';
import {
  addsIntervention,
  asksForChange,
  beginsPlan,
  makesGoalMeasurable,
  signsPlan,
  weighsPrecautions,
} from './steps/planning.js';
import { accepts, answersQuestion, asks } from './steps/triage.js';
import { clock, completesVisit, preScreens, signsNote, worksAsPlanned } from './steps/visiting.js';
import { button, DIALOG, field, link, region, row, words, type Thing } from './things.js';
import type { Way } from './way.js';

const STORY_MS = 900_000;
const MINUTE_MS = 60_000;

const FAMILY = 'Ozolins';
const QUESTION = 'Which shoulder hurts at night?';
const ANSWER = 'The right one.';
const CHANGE = 'Fewer visits, please.';

const of = (...says: readonly string[]): Thing => row(FAMILY, ...says);
const WHICH_TASKS: Thing = { role: 'radiogroup', name: 'Which tasks' };

interface Cast {
  readonly delegate: Way;
  readonly physician: Way;
  readonly coordinator: Way;
  readonly therapist: Way;
}

const orders = async ({ delegate, physician }: Cast): Promise<void> => {
  await beginsForSomebodyNew(delegate, `Robin ${FAMILY}`);
  await writesOrder(delegate, 'Medicare Part B');
  await delegate.writes(field('Pain', region('Goals')), 'Sleeps through the night.');
  await delegate.sees(words('Saved'));
  // As the physician will find it: nobody asked about safety yet.
  await delegate.sees(words('What still stands in the way'));
  await delegate.goesTo('My referrals');

  await physician.doesFirst(of('Draft'), link('Go on writing'));
  await answersSafety(physician);
  // What a delegate records is not confirmed.
  await physician.writes(field('Why the diagnosis is suspected'), 'It does not turn outwards.');
  await sends(physician);
  await delegate.sees(of('Sent'));
};

const isTaken = async ({ delegate, physician, coordinator }: Cast): Promise<void> => {
  const triage = of('Look at a referral');
  await coordinator.answers(WHICH_TASKS, /^Pool/);
  expect(await coordinator.counted(() => coordinator.doesFirst(triage, button('Take it')))).toBe(1);
  await coordinator.seesNoMore(triage);
  await coordinator.answers(WHICH_TASKS, /^Mine/);
  await coordinator.sees(of('Look at a referral', 'yours'));
  await coordinator.opens(triage);
  await asks(coordinator, QUESTION);

  await physician.goesTo('My referrals');
  const waiting = of('Question asked');
  await delegate.sees(waiting);
  const answered = await physician.counted(() =>
    answersQuestion(physician, { row: waiting, question: QUESTION, answer: ANSWER }),
  );
  expect(answered).toBe(2);
  await coordinator.sees(words(ANSWER));
  await accepts(coordinator);
  await physician.sees(of('Accepted'));

  await coordinator.goesTo('Inbox');
  await coordinator.pushes(link('Book a visit', of('Book the first visit')));
  await coordinator.pushes(button('Book a visit', DIALOG));
  await coordinator.seesNoMore(DIALOG);
  await coordinator.sees({ selector: '[data-state="Scheduled"]', says: [FAMILY] });
  await physician.sees(of('Booked'));
};

const isPlanned = async ({ physician, therapist }: Cast): Promise<void> => {
  await therapist.pushes(link('Write the plan', of('Establish a plan')));
  await beginsPlan(therapist);
  await makesGoalMeasurable(therapist);
  await addsIntervention(therapist, /^MFR/);
  await weighsPrecautions(therapist);
  await signsPlan(therapist);

  await physician.goesTo('Inbox');
  const asked = of('Certify a plan');
  const refused = await physician.counted(async () => {
    await physician.opens(asked);
    await asksForChange(physician, CHANGE);
  });
  expect(refused).toBe(2);
  await therapist.sees(words(`The physician asked for changes: ${CHANGE}`));
  await therapist.pushes(link('Go on with the plan'));
  await therapist.writes(field('Visits in all'), '6');
  await therapist.sees(words('Otherwise than the version in force: number of visits'));
  await signsPlan(therapist);

  await physician.goesTo('Inbox');
  await physician.sees(asked);
  const certified = await physician.counted(async () => {
    await physician.opens(asked);
    await physician.sees(words('Changed since the version before: number of visits'));
    await physician.pushes(button('Certify'));
  });
  expect(certified).toBe(2);
  await physician.sees(words('Certified'));
  await therapist.sees(words('Certified'));
};

const isTreated = async ({ physician, therapist }: Cast): Promise<void> => {
  await recordsPain(therapist, '6');
  await therapist.pushes({ role: 'link', in: region('Visits'), nth: 0 });
  await therapist.pushes(button('Check in'));
  await preScreens(therapist);
  await therapist.pushes(button('Begin treatment'));
  await worksAsPlanned(therapist);
  await completesVisit(therapist, clock(Date.now() - 40 * MINUTE_MS));
  expect(await therapist.counted(() => signsNote(therapist))).toBe(1);
  // On the physician's page of the referral.
  await physician.sees(words('Signed', region('Visits')));
};

/** @param closes as the physician acknowledges, in how many presses */
const isOver = async (
  { delegate, physician, coordinator, therapist }: Cast,
  [closes, presses]: Closing,
): Promise<void> => {
  await therapist.pushes(link('The referral'));
  await therapist.sees({ ...region('Why they come'), says: ['1 of 6 agreed visits signed', 'Pain'] });
  await recordsPain(therapist, '2', 'At the end');
  await therapist.sees({ role: 'img', name: 'Pain (NPRS): from 6 to 2' });
  expect(await therapist.counted(() => reportsGoalsMet(therapist))).toBe(2);

  await physician.goesTo('My referrals');
  const reported = of('Outcome reported');
  await physician.sees(reported);
  expect(await physician.counted(() => closes(physician, reported))).toBe(presses);

  await therapist.sees(words('Closed'));
  const reached: Thing = { selector: 'li[data-reached="true"]', in: { role: 'list', name: 'The loop' } };
  await therapist.sees({ ...reached, says: ['Acknowledged', 'Amara Lindqvist'] });
  expect(await therapist.count(reached)).toBe(7);
  for (const one of [delegate, physician]) await one.seesNoMore(of());
  await coordinator.goesTo('Inbox');
  await coordinator.seesNoMore(of());
};

type Closing = readonly [closes: (way: Way, reported: Thing) => Promise<void>, presses: number];
type Screens = ReturnType<typeof atTheScreens>;

const WAYS = [
  ['by the pointer', 'open', [acknowledges, 2]],
  ['by nothing but keys', 'openByKeys', [acknowledgesAtOnce, 1]],
] as const satisfies readonly (readonly [string, keyof Screens, Closing])[];

describe.each(WAYS)('one referral, %s', (_how, open, closing) => {
  describeWithBrowser('at the screens of four people', () => {
    const screens = atTheScreens();

    it(
      'goes from a draft to a closed loop, and each sees what the others do',
      async () => {
        const pages: Page[] = [];
        const prepare = (page: Page): Promise<void> => {
          pages.push(page);
          return Promise.resolve();
        };
        const at = (role: string): Promise<Way> => screens[open](`${role}-demo`, { prepare });
        const cast: Cast = {
          delegate: await at('delegate'),
          physician: await at('physician'),
          coordinator: await at('coordinator'),
          therapist: await at('therapist'),
        };
        const loadedAnew: string[] = [];
        for (const page of pages) page.on('load', () => loadedAnew.push(page.url()));
        await orders(cast);
        await isTaken(cast);
        await isPlanned(cast);
        await isTreated(cast);
        await isOver(cast, closing);
        expect(loadedAnew).toEqual([]);
      },
      STORY_MS,
    );
  });
});
