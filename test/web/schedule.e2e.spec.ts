/** Visits are booked, moved, recorded late and cancelled in the calendar of a clinic, by pointer and by keyboard. */
import { until } from '@fascia/testkit';
import type { Page } from 'playwright-core';
import { daysLater, dayIn, clockText, minuteIn } from '../../apps/web/src/parts/zone.js';
import { refer } from '../journeys/treatment.js';
import { barriersOn } from './axe.js';
import { atTheScreens, REFUSED } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { button, chooses, dialog, type Hands, rowWith, tabsTo } from './hands.js';
import { formKept } from './people.js';
import { fitsItsWindow } from './targets.js';

const ZONE = 'America/New_York';
const MINUTE_MS = 60_000;
/** A task is asked for, and a visit is shown, once the machine has come to it. */
const PATIENCE_MS = 90_000;

const today = dayIn(new Date().toISOString(), ZONE);
/** Long enough from now that nothing of it is over, and within the plan. */
const DAY = daysLater(today, 7);

const LOOKS = [
  ['light', ''],
  ['dark', ''],
  ['light', '&words=pseudo'],
] as const;

describeWithBrowser('the schedule of a clinic', () => {
  const screens = atTheScreens(REFUSED);

  const at = (path: string, opening: object = {}): Promise<Hands> =>
    screens.open('coordinator-demo', { path, ...opening });

  const visitAt = (page: Page, time: string) => page.locator('[data-state]').filter({ hasText: time });
  const submit = (page: Page, name: string | RegExp) => dialog(page).getByRole('button', { name });

  it('takes a first visit from the inbox, lets it be moved, and shows a clash with what is free', async () => {
    const hands = await at('/inbox');
    const { page } = hands;
    const task = rowWith(page, 'Book the first visit');
    await task.first().waitFor({ timeout: PATIENCE_MS });
    await hands.click(task.first().getByRole('link', { name: 'Book a visit' }));
    await hands.type(dialog(page).getByLabel('Day'), DAY);
    await hands.type(dialog(page).getByLabel('Begins'), '10:00');
    await hands.click(submit(page, 'Book a visit'));
    await dialog(page).waitFor({ state: 'hidden' });
    await visitAt(page, '10:00 AM to 10:45 AM').waitFor({ timeout: PATIENCE_MS });

    await hands.click(visitAt(page, '10:00 AM'));
    await hands.click(submit(page, 'Move or shorten'));
    await hands.type(dialog(page).getByLabel('Begins'), '10:30');
    await hands.type(dialog(page).getByLabel('Minutes'), '30');
    await hands.click(submit(page, 'Move or shorten'));
    await visitAt(page, '10:30 AM to 11:00 AM').waitFor({ timeout: PATIENCE_MS });

    await hands.click(button(page, 'Book a visit'));
    await hands.click(dialog(page).getByRole('combobox', { name: 'For whom' }));
    await hands.click(page.getByRole('option').first());
    await hands.type(dialog(page).getByLabel('Begins'), '10:45');
    await dialog(page).getByText('10:30 AM to 11:00 AM').waitFor();
    await hands.click(submit(page, 'Book a visit'));
    await dialog(page).getByRole('alert').filter({ hasText: 'The time is taken' }).waitFor();
    await hands.click(dialog(page).getByRole('button', { name: '11:00 AM' }));
    await hands.click(submit(page, 'Book a visit'));
    await visitAt(page, '11:00 AM to 11:45 AM').waitFor({ timeout: PATIENCE_MS });
  });

  it('is gone through, booked in and changed by keyboard alone', async () => {
    const hands = await at(`/schedule?day=${DAY}`);
    const { page } = hands;
    await visitAt(page, '10:30 AM').waitFor({ timeout: PATIENCE_MS });
    await hands.press('w');
    await page.waitForURL(/view=week/);
    await hands.press('ArrowRight');
    await page.waitForURL((url) => url.searchParams.get('day') === daysLater(DAY, 7));
    await hands.press('d');
    await hands.press('t');
    await page.waitForURL((url) => url.searchParams.get('day') === today);
    for (let day = 0; day < 7; day += 1) {
      await hands.press('ArrowRight');
      await page.waitForURL((url) => url.searchParams.get('day') === daysLater(today, day + 1));
    }

    await visitAt(page, '10:30 AM').waitFor();
    await tabsTo(hands, 'button[aria-label^="Free 8:00"]');
    await hands.press('Enter');
    await dialog(page).getByRole('combobox', { name: 'For whom' }).waitFor();
    await tabsTo(hands, '[role="dialog"] input[aria-haspopup]');
    await hands.press('ArrowDown');
    await page.getByRole('option').first().waitFor();
    await hands.press('ArrowDown');
    await hands.press('Enter');
    await tabsTo(hands, '[role="dialog"] button[type="submit"]');
    await hands.press('Enter');
    await visitAt(page, '8:00 AM to 8:45 AM').waitFor({ timeout: PATIENCE_MS });

    await tabsTo(hands, '[data-state]');
    await hands.press('ArrowDown');
    await dialog(page).waitFor();
    await hands.press('Shift+ArrowUp');
    await hands.press('Enter');
    await visitAt(page, '8:15 AM to 8:45 AM').waitFor({ timeout: PATIENCE_MS });
  });

  it('books a series as it is planned, each visit for itself', async () => {
    const hands = await at(`/schedule?day=${DAY}`);
    const { page } = hands;
    await hands.click(button(page, 'Book a visit'));
    await hands.click(dialog(page).getByRole('combobox', { name: 'For whom' }));
    await hands.click(page.getByRole('option').first());
    await hands.click(dialog(page).getByRole('button', { name: 'As planned: 5 more, 2 a week' }));
    await hands.type(dialog(page).getByLabel('Begins').first(), '10:30');
    await hands.click(submit(page, 'Book 5 visits'));
    await dialog(page).getByRole('alert').filter({ hasText: 'The time is taken' }).waitFor();
    const booked = dialog(page).getByText('Booked', { exact: true });
    await booked.nth(3).waitFor({ timeout: PATIENCE_MS });
    expect(await booked.count()).toBe(4);
    const told = () =>
      dialog(page)
        .getByText(/^Visit [2-5],/)
        .allInnerTexts();
    const asBooked = await told();
    expect(asBooked).toHaveLength(4);
    await hands.click(dialog(page).getByRole('button', { name: '11:45 AM' }));
    expect(await told()).toEqual(asBooked);
    await hands.click(button(page, 'Book those that are left'));
    await booked.nth(4).waitFor({ timeout: PATIENCE_MS });
    await hands.click(button(page, 'Done'));
    await visitAt(page, '11:45 AM to').waitFor({ timeout: PATIENCE_MS });
  });

  it('records a visit that took place, late and with the reason', async () => {
    const past = new Date(Date.now() - 90 * MINUTE_MS).toISOString();
    const hands = await at(`/schedule?day=${dayIn(past, ZONE)}`);
    const { page } = hands;
    await hands.click(button(page, 'Book a visit'));
    await hands.click(dialog(page).getByRole('combobox', { name: 'For whom' }));
    await hands.click(page.getByRole('option').first());
    await hands.type(dialog(page).getByLabel('Begins'), clockText(minuteIn(past, ZONE)));
    await hands.type(dialog(page).getByLabel('Minutes'), '30');
    await hands.click(submit(page, 'Book a visit'));
    await dialog(page).getByText('This is needed.').waitFor();
    const kept = formKept(page, 'ScheduleSession');
    await hands.type(dialog(page).getByLabel(/It has taken place/), 'The network was down.');
    await kept;

    // Left, and begun anew at another time: for whom and why are there, and when is what is said now.
    await page.reload();
    await hands.click(button(page, 'Book a visit'));
    await dialog(page).getByText('This is as you left it').waitFor({ timeout: PATIENCE_MS });
    expect(await dialog(page).getByLabel('Begins').inputValue()).not.toBe(clockText(minuteIn(past, ZONE)));
    await hands.type(dialog(page).getByLabel('Begins'), clockText(minuteIn(past, ZONE)));
    expect(
      await dialog(page)
        .getByLabel(/It has taken place/)
        .inputValue(),
    ).toBe('The network was down.');
    await hands.click(submit(page, 'Book a visit'));
    await page.locator('[data-state="InProgress"]').waitFor({ timeout: PATIENCE_MS });
  });

  it('says who is here, and who did not come', async () => {
    const { fascia } = screens.product;
    const [physician, coordinator] = [fascia.as('physician-demo'), fascia.as('coordinator-demo')];
    const { referral } = await refer(physician, await physician.registers('Kovács'), 'SELF-PAY');
    await coordinator.does(`/api/v1/referrals/${referral}/accept`);
    const hands = await at(`/schedule?day=${dayIn(new Date().toISOString(), ZONE)}`);
    const { page } = hands;
    const theirs = (state: string) => page.locator(`[data-state="${state}"]`).filter({ hasText: 'Kovács' });
    const [{ id: therapistId }] = (await coordinator.get('/api/v1/practitioners?name=halvorsen')).body.items;
    const isDue = async (): Promise<void> => {
      const now = Date.now() + 1_000;
      await coordinator.does('/api/v1/sessions', {
        referralId: referral,
        kind: 'evaluation',
        therapistId,
        start: new Date(now).toISOString(),
        end: new Date(now + 20 * MINUTE_MS).toISOString(),
      });
      await theirs('Scheduled').waitFor({ timeout: PATIENCE_MS });
      await until(() => Date.now() > now, { message: 'the visit to begin' });
      await hands.click(theirs('Scheduled'));
    };
    await isDue();
    await hands.click(submit(page, 'Did not come'));
    await theirs('NoShow').waitFor({ timeout: PATIENCE_MS });
    await isDue();
    await hands.click(submit(page, 'Is here'));
    await theirs('CheckedIn').waitFor({ timeout: PATIENCE_MS });
  });

  it('cancels a visit, and prints the day with the numbers of those who come', async () => {
    const { promise: printed, resolve } = Promise.withResolvers<undefined>();
    const hands = await at(`/schedule?day=${DAY}`, {
      prepare: async (page: Page) => {
        await page.exposeFunction('fasciaPrints', () => resolve(undefined));
        await page.addInitScript('window.print = () => void fasciaPrints();');
      },
    });
    const { page } = hands;
    await hands.click(visitAt(page, '11:45 AM to'));
    await hands.click(submit(page, 'Cancel the visit'));
    await chooses(hands, 'Who cancels', 'The patient');
    await hands.type(dialog(page).getByLabel('Why'), 'A cold.');
    await hands.click(submit(page, 'Cancel the visit'));
    await page.getByText('Cancelled', { exact: true }).waitFor({ timeout: PATIENCE_MS });
    await hands.click(button(page, 'Print the day'));
    await printed;
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('table').isVisible()).toBe(true);
    expect(await page.getByRole('row').count()).toBe(4);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
  });

  it.each(LOOKS)('has no barrier by day, by week and in its forms (%s %s)', async (colorScheme, words) => {
    const hands = await at(`/schedule?day=${DAY}${words}`, {
      options: { colorScheme, viewport: { width: 1280, height: 860 } },
    });
    const { page } = hands;
    await page.locator('[data-state]').first().waitFor({ timeout: PATIENCE_MS });
    expect(await barriersOn(page)).toEqual([]);
    await page.locator('[data-state]').first().click();
    await dialog(page).getByRole('button').nth(1).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await hands.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    await page.locator('[data-gap] button').first().click();
    await dialog(page).getByRole('combobox').first().waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await hands.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    await hands.press('w');
    await page.waitForURL(/view=week/);
    await page.locator('[data-state]').first().waitFor();
    expect(await barriersOn(page)).toEqual([]);
  });

  it('fits a narrow window in a language that is longer', async () => {
    const { page } = await at(`/schedule?day=${DAY}&view=week&words=pseudo`, {
      options: { viewport: { width: 360, height: 740 } },
    });
    await page.locator('[data-state]').first().waitFor({ timeout: PATIENCE_MS });
    await fitsItsWindow(page);
  });
});
