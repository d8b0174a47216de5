/** A plan of care, from the task that asks for it to the signature, and its next version after the physician asked for changes. */
import { refer } from '../journeys/treatment.js';
import { barriersOn } from './axe.js';
import { atTheScreens, REFUSED } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { button, type Hands, rowWith, tabsTo } from './hands.js';
import { formKept } from './people.js';
import {
  beginsIntervention,
  beginsPlan,
  choosesTechnique,
  makesGoalMeasurable,
  weighsPrecautions,
} from './steps/planning.js';
import { fitsItsWindow } from './targets.js';

const PATIENCE_MS = 90_000;

const LOOKS = [
  ['light', ''],
  ['dark', ''],
  ['light', '?words=pseudo'],
] as const;

describeWithBrowser('a plan of care', () => {
  const screens = atTheScreens(REFUSED);
  let referral: string;

  const at = (path: string, opening: object = {}): Promise<Hands> =>
    screens.open('therapist-demo', { path, ...opening });

  beforeAll(async () => {
    const physician = screens.product.fascia.as('physician-demo');
    const patient = await physician.registers('Ozolinš');
    ({ referral } = await refer(physician, patient, 'SELF-PAY'));
    await screens.product.fascia.as('coordinator-demo').does(`/api/v1/referrals/${referral}/accept`);
    await screens.product.fascia.as('therapist-demo').isAskedFor('ESTABLISH_PLAN', referral);
  });

  it('begins as the order asks for it, says all that it lacks, and is signed', async () => {
    const hands = await at('/inbox');
    const { page } = hands;
    const task = rowWith(page, 'Ozolinš').filter({ hasText: 'Establish a plan' });
    await hands.click(task.getByRole('link', { name: 'Write the plan' }));
    await beginsPlan(hands);
    expect(await page.getByLabel('Visits in all').inputValue()).toBe('8');
    expect(await page.getByLabel('In words').inputValue()).toBe('Stairs.');
    expect(await page.getByRole('checkbox', { name: /M76\.52/ }).isChecked()).toBe(true);

    await hands.click(button(page, 'Sign the plan'));
    const told = page.getByRole('alert');
    await told.filter({ hasText: 'at least one long-term goal' }).waitFor();
    await told.filter({ hasText: 'fill in the missing parts' }).waitFor();
    await page.getByText('What is still to be said').waitFor();

    await makesGoalMeasurable(hands);
    const kept = formKept(page, 'EditPlan');
    await beginsIntervention(hands);
    await kept;
    // Also what is no part of the plan yet is there again.
    await page.reload();
    await page.getByText('Not part of it yet').waitFor({ timeout: PATIENCE_MS });
    await choosesTechnique(hands, /^DTFM/);
    expect(await page.getByLabel('Code number (CPT)').inputValue()).toBe('97140');
    await weighsPrecautions(hands);
    await page.getByText('Saved', { exact: true }).waitFor();

    // Whoever leaves and comes back finds what was written.
    await page.reload();
    await page.getByLabel('Baseline').waitFor({ timeout: PATIENCE_MS });
    expect(await page.getByLabel('Baseline').inputValue()).toBe('6');
    await hands.click(button(page, 'Sign the plan'));
    await button(page, 'Treatment is done').waitFor({ timeout: PATIENCE_MS });
  });

  it('is written anew by keyboard alone once the physician asked for changes', async () => {
    const { fascia } = screens.product;
    const plans = await fascia.as('therapist-demo').get(`/api/v1/plans?referralId=${referral}`);
    const [{ id }] = plans.body.items as [{ id: string }];
    await fascia
      .as('physician-demo')
      .does(`/api/v1/plans/${id}/review`, { agree: false, text: 'Fewer visits, please.' });
    const hands = await at(`/referrals/${referral}/plan`);
    const { page } = hands;
    await page.getByText('Fewer visits, please.').waitFor({ timeout: PATIENCE_MS });
    const visits = await page.getByLabel('Visits in all').getAttribute('id');
    await tabsTo(hands, `[id="${visits ?? ''}"]`);
    await hands.press('ArrowDown');
    await page.getByText('Otherwise than the version in force: number of visits').waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
    await tabsTo(hands, 'button', 'Sign the plan');
    await hands.press('Enter');
    await button(page, 'Treatment is done').waitFor({ timeout: PATIENCE_MS });
    await page.getByText('7 visits').first().waitFor({ timeout: PATIENCE_MS });
  });

  it.each(LOOKS)('has no barrier while it is written (%s %s)', async (colorScheme, words) => {
    const { fascia } = screens.product;
    const plans = await fascia.as('therapist-demo').get(`/api/v1/plans?referralId=${referral}`);
    const [{ id, state }] = plans.body.items as [{ id: string; state: string }];
    if (state !== 'ChangesRequested')
      await fascia.as('physician-demo').does(`/api/v1/plans/${id}/review`, { agree: false, text: 'Again.' });
    const { page } = await at(`/referrals/${referral}/plan${words}`, {
      options: { colorScheme, viewport: { width: 1280, height: 860 } },
    });
    await page.locator('#part-precautions').waitFor({ timeout: PATIENCE_MS });
    expect(await barriersOn(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await fitsItsWindow(page);
  });
});
