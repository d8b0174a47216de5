/** What is measured is entered, shown, and comes to an outcome that is reported and acknowledged: by the screens. */
import type { Locator, Page } from 'playwright-core';
import { barriersOn } from './axe.js';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { metAtTheEnd, underTreatment, type Course } from './course.js';
import { button, dialog, type Hands, rowWith } from './hands.js';
import { formKept } from './people.js';

/** A person is told within a second; a busy machine takes longer. */
const SEEN_MS = 90_000;

/** Of the browser's window, where functions run that are handed to it. */
interface Styled {
  getComputedStyle(of: unknown): { getPropertyValue(name: string): string };
}

const LOOKS = [
  ['light', ''],
  ['dark', ''],
  ['light', '?words=pseudo'],
] as const;

describeWithBrowser('what is measured', () => {
  const screens = atTheScreens();
  let course: Course;

  const at = (account: string, path = '/', options = {}): Promise<Hands> =>
    screens.open(account, { path, options });

  const curves = (page: Page): Locator => page.getByRole('img', { name: /^Pain \(NPRS\): from/ });

  beforeAll(async () => {
    course = await underTreatment(screens.product, 'Anders');
  });

  it('is labelled against its threshold while it is typed, and again once it is recorded', async () => {
    const hands = await at('therapist-demo', `/referrals/${course.referral}`);
    const { page } = hands;
    await curves(page).waitFor();
    await hands.click(button(page, 'Record a measurement'));
    const form = dialog(page);
    await hands.type(form.getByLabel('Pain now'), '11');
    await form.getByText('Pain is rated from 0 to 10.').waitFor();
    await hands.type(form.getByLabel('Pain now'), '3');
    await form.getByText('Better by 3').waitFor();
    await form.getByText(/2 or more counts. Source: JOSPT/).waitFor();
    await hands.click(form.getByRole('button', { name: 'Record' }));
    await form.waitFor({ state: 'hidden' });
    await page.getByRole('img', { name: 'Pain (NPRS): from 6 to 3' }).waitFor();
    await rowWith(page, 'Better by 3').first().waitFor();
    expect(hands.presses).toBe(2);
  });

  it('is corrected with a reason, and labelled anew', async () => {
    const hands = await at('therapist-demo', `/referrals/${course.referral}`);
    const { page } = hands;
    await curves(page).waitFor();
    await hands.click(
      page.getByRole('row').filter({ hasText: 'In between' }).getByRole('button', { name: 'Correct' }),
    );
    const form = dialog(page);
    await hands.type(form.getByLabel('Pain now'), '5');
    await form.getByText('No change that counts').waitFor();
    await hands.click(form.getByRole('button', { name: 'Record' }));
    await form.getByText('This is needed.').waitFor();
    await hands.type(form.getByLabel('Why it is corrected'), 'Misheard.');
    await hands.click(form.getByRole('button', { name: 'Record' }));
    await form.waitFor({ state: 'hidden' });
    await page.getByRole('img', { name: 'Pain (NPRS): from 6 to 5' }).waitFor();
  });

  it('asks whether an angle is right that is unusual', async () => {
    const hands = await at('therapist-demo', `/referrals/${course.referral}`);
    const { page } = hands;
    await curves(page).waitFor();
    await hands.click(button(page, 'Measure again').last());
    const form = dialog(page);
    await hands.type(form.getByLabel(/^Degrees/), '190');
    await form.getByText(/This angle is unusual/).waitFor();
    await hands.click(form.getByLabel('The angle is unusual, and right'));
    const kept = formKept(page, 'RecordAssessment');
    await hands.type(form.getByLabel(/^Degrees/), '140');
    await form.getByText('Better by 50°').waitFor();
    await kept;

    // Whoever leaves finds it again where the same is measured, and nowhere else.
    await page.reload();
    await curves(page).waitFor();
    await hands.click(button(page, 'Measure again').first());
    await form.getByLabel('Pain now').waitFor();
    expect(await form.getByLabel('Pain now').inputValue()).toBe('');
    await hands.press('Escape');
    await form.waitFor({ state: 'hidden' });
    await hands.click(button(page, 'Measure again').last());
    await form.getByText('This is as you left it').waitFor();
    expect(await form.getByLabel(/^Degrees/).inputValue()).toBe('140');
    await hands.click(form.getByRole('button', { name: 'Begin anew' }));
    await form.getByText('This is as you left it').waitFor({ state: 'hidden' });
    expect(await form.getByLabel(/^Degrees/).inputValue()).toBe('');
  });

  it.each(LOOKS)(
    'has no barrier, where it is shown and where it is entered (%s%s)',
    async (colorScheme, words) => {
      const { page } = await at('therapist-demo', `/referrals/${course.referral}${words}`, { colorScheme });
      await page.locator('#measures').waitFor();
      await page.locator('svg.recharts-surface').first().waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.locator('section[aria-labelledby="measures"] button').first().click();
      await dialog(page).locator('form').waitFor();
      expect(await barriersOn(page)).toEqual([]);
    },
  );

  it('is reported with what is known already, and acknowledged with two clicks', async () => {
    await metAtTheEnd(course);
    const therapist = await at('therapist-demo', `/referrals/${course.referral}`);
    await curves(therapist.page).waitFor();
    await therapist.click(button(therapist.page, 'Report the outcome'));
    const form = dialog(therapist.page);
    await form.getByRole('heading', { name: 'The five benefits' }).waitFor();
    await form.getByText('1 visit given').first().waitFor();
    await form.getByText('Proposed from what is known: Goals met').waitFor();
    expect(await form.getByLabel(/^Discharge summary/).inputValue()).toMatch(
      /Pain \(NPRS\): 6 .*, 2 .*; target 2; Better by 4\.\n/,
    );
    expect(await barriersOn(therapist.page)).toEqual([]);
    await therapist.click(form.getByRole('button', { name: 'Report the outcome' }));
    await form.waitFor({ state: 'hidden' });
    expect(therapist.presses).toBe(2);

    const physician = await at('physician-demo', '/referrals?show=mine');
    const { page } = physician;
    await physician.click(rowWith(page, 'Anders').getByRole('button', { name: 'Acknowledge' }));
    await dialog(page).getByRole('heading', { name: 'The five benefits' }).waitFor();
    await dialog(page).getByText('Better by 4', { exact: true }).waitFor();
    await dialog(page).getByText('Not measured').first().waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await physician.click(dialog(page).getByRole('button', { name: 'Acknowledge' }));
    await dialog(page).waitFor({ state: 'hidden' });
    await rowWith(page, 'Anders').waitFor({ state: 'hidden', timeout: SEEN_MS });
    expect(physician.presses).toBe(2);
  });

  it('is acknowledged with the keys j and a, where the goals are met', async () => {
    const met = await underTreatment(screens.product, 'Berg');
    await metAtTheEnd(met);
    await met.reported({ kind: 'goals-met', summary: 'All is well.' });
    const hands = await at('physician-demo', '/referrals?show=mine');
    const { page } = hands;
    await rowWith(page, 'Berg').waitFor();
    await hands.press('j');
    await hands.press('a');
    await dialog(page).getByText('The loop is closed.').waitFor();
    await dialog(page).getByRole('heading', { name: 'The five benefits' }).waitFor();
    expect(hands.presses).toBe(2);
    expect(await barriersOn(page)).toEqual([]);
    await rowWith(page, 'Berg').waitFor({ state: 'hidden', timeout: SEEN_MS });
  });

  it('is opened first where something is worse, and the next step is said', async () => {
    const worse = await underTreatment(screens.product, 'Cole');
    await worse.measured('discharge', { instrument: 'NPRS', value: 9 });
    await worse.reported({ kind: 'plateau', summary: 'It hurts more.' });
    const hands = await at('physician-demo', '/referrals?show=mine');
    const { page } = hands;
    await rowWith(page, 'Cole').waitFor();
    await hands.press('j');
    await hands.press('a');
    const form = dialog(page);
    await form.getByText('Worse by 3').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await hands.click(form.getByRole('button', { name: 'Acknowledge' }));
    await form.getByText('This is needed.').waitFor();
    await hands.type(form.getByLabel('Next step'), 'Sees me on Monday.');
    await hands.click(form.getByRole('button', { name: 'Acknowledge' }));
    await form.waitFor({ state: 'hidden' });
    expect(hands.presses).toBeLessThanOrEqual(4);
    await rowWith(page, 'Cole').waitFor({ state: 'hidden', timeout: SEEN_MS });
  });

  it.each([
    ['red-flag', 'Drew'],
    ['lost-to-follow-up', 'Eden'],
  ])('is opened first where it ended as %s, and the next step is said', async (kind, family) => {
    const ended = await underTreatment(screens.product, family);
    await ended.reported({ kind, summary: 'It ended.', noFinalMeasuresReason: 'Nobody came.' });
    const hands = await at('physician-demo', '/referrals?show=mine');
    const { page } = hands;
    await hands.click(rowWith(page, family).getByRole('button', { name: 'Acknowledge' }));
    const form = dialog(page);
    await hands.type(form.getByLabel('Next step'), 'Sees me on Monday.');
    await hands.click(form.getByRole('button', { name: 'Acknowledge' }));
    await form.waitFor({ state: 'hidden' });
    expect(hands.presses).toBeLessThanOrEqual(4);
    await rowWith(page, family).waitFor({ state: 'hidden', timeout: SEEN_MS });
  });

  it.each([
    ['the pointer', (hands: Hands, letter: Locator) => hands.click(letter)],
    [
      'keys',
      async (hands: Hands, letter: Locator) => {
        await letter.focus();
        await hands.press('Enter');
      },
    ],
  ])('is seen as a letter by %s, in a tab from which it is printed', async (_by, opens) => {
    const hands = await at('physician-demo', `/referrals/${course.referral}`);
    const { page } = hands;
    const letter = button(page, 'Letter of the outcome');
    await letter.waitFor();
    // A browser that has no viewer of its own hands the letter to whoever has one.
    const shown = new Promise<string>((resolve) => {
      page.once('popup', (tab) => {
        tab.on('download', (file) => resolve(file.url()));
        tab.on('framenavigated', (frame) => {
          if (frame.url().startsWith('blob:')) resolve(frame.url());
        });
      });
    });
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.url().endsWith(`/referrals/${course.referral}/outcome/letter.pdf`)),
      opens(hands, letter),
    ]);
    expect([answer.status(), await answer.headerValue('content-type')]).toEqual([200, 'application/pdf']);
    expect(await shown).toMatch(/^blob:/);
    // The second click is the printer's.
    expect(hands.presses).toBe(1);
  });

  it('is printed as what it says: nothing to press, tables as tables, black on white', async () => {
    const viewport = { width: 816, height: 1056 };
    const { page } = await at('physician-demo', `/referrals/${course.referral}`, {
      colorScheme: 'dark',
      viewport,
    });
    const card = page.getByRole('table').first();
    await card.waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const looks = (of: Locator, name: string): Promise<string> =>
      of.evaluate(
        (element, property) =>
          (globalThis as unknown as Styled).getComputedStyle(element).getPropertyValue(property),
        name,
      );
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
    expect([await looks(card, 'display'), await looks(card, 'color')]).toEqual(['table', 'rgb(0, 0, 0)']);
    expect(await looks(page.locator('body'), 'background-color')).toBe('rgb(255, 255, 255)');
  });
});
