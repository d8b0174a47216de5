/** Two people at two browsers: what one does the other sees without asking, also after the service, or a laptop, was away. */
import type { Locator, Page } from 'playwright-core';
import { refer } from '../journeys/treatment.js';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { metAtTheEnd, underTreatment } from './course.js';
import { button, dialog, rowWith } from './hands.js';
import { signsIn } from './people.js';

/** A person is told within a second; a busy machine, or one that was just started, takes longer. */
const SEEN_MS = 90_000;

/** What a page says while nobody answers it, and of the commands that came second. */
const AWAY =
  /net::ERR_(?:FAILED|CONNECTION_|INCOMPLETE_|EMPTY_|NETWORK_|INTERNET_|SOCKET_)|: (?:401|409|422|50[234])$|status of (?:401|409|422|50[234])/;

const says = async (page: Page, words: string): Promise<void> => {
  await button(page, 'Write a message').click();
  await dialog(page).getByLabel('Message').fill(words);
  await dialog(page).getByRole('button', { name: 'Write a message' }).click();
  await dialog(page).waitFor({ state: 'hidden' });
};

describeWithBrowser('two people at their screens', () => {
  const screens = atTheScreens(AWAY);
  let referral: string;

  const at = async (account: string, path: string): Promise<Page> =>
    (await screens.open(account, { path })).page;
  /** Both at the same referral, each live. */
  const both = async (id: string): Promise<readonly [physician: Page, clinic: Page]> => {
    const pages = [
      await at('physician-demo', `/referrals/${id}`),
      await at('coordinator-demo', `/referrals/${id}`),
    ] as const;
    for (const page of pages) {
      await page.locator('#thread').waitFor();
      await page.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });
    }
    return pages;
  };
  const hears = (page: Page, words: string): Promise<void> =>
    page.getByText(words).waitFor({ timeout: SEEN_MS });
  /** As by somebody at a third place. */
  const isSaid = (words: string): Promise<unknown> =>
    screens.product.fascia
      .as('physician-demo')
      .does(`/api/v1/referrals/${referral}/post-message`, { text: words });

  beforeAll(async () => {
    const { fascia } = screens.product;
    const physician = fascia.as('physician-demo');
    ({ referral } = await refer(physician, await physician.registers('Nordin'), 'SELF-PAY'));
    await fascia.as('coordinator-demo').isAskedFor('TRIAGE', referral);
  });

  it('see a task taken, and who comes second is told so', async () => {
    const [first, other] = [await at('coordinator-demo', '/inbox'), await at('therapist-demo', '/inbox')];
    // Of a third nobody tells anything: they see the list of before.
    const late = (
      await screens.open('therapist-demo', {
        path: '/inbox',
        prepare: async (page) => {
          await page.route('**/api/v1/live', (route) => route.abort());
        },
      })
    ).page;
    const takes = (page: Page): Locator =>
      rowWith(page, 'Nordin')
        .filter({ hasText: 'Look at a referral' })
        .getByRole('button', { name: 'Take it' });
    for (const page of [other, late]) await takes(page).waitFor();
    await takes(first).click();
    await takes(other).waitFor({ state: 'hidden', timeout: SEEN_MS });
    await takes(late).click();
    await late.getByText('Priya Sandoval was first and has taken it.').waitFor();
    await takes(late).waitFor({ state: 'hidden' });
  });

  it('see a message, and an outcome', async () => {
    const [physician, clinic] = await both(referral);
    await says(physician, 'She climbs stairs again.');
    await hears(clinic, 'She climbs stairs again.');
    await says(clinic, 'Then we go on as planned.');
    await hears(physician, 'Then we go on as planned.');

    const course = await underTreatment(screens.product, 'Oyelaran');
    await metAtTheEnd(course);
    const waits = await at('physician-demo', `/referrals/${course.referral}`);
    await waits.getByRole('list', { name: 'The loop' }).waitFor();
    const therapist = await at('therapist-demo', `/referrals/${course.referral}`);
    await button(therapist, 'Report the outcome').click();
    await dialog(therapist).getByText('Proposed from what is known: Goals met').waitFor();
    await dialog(therapist).getByRole('button', { name: 'Report the outcome' }).click();
    await dialog(therapist).waitFor({ state: 'hidden' });
    await button(waits, 'Acknowledge').waitFor({ timeout: SEEN_MS });
  });

  it('miss nothing of what was said while the service was killed and started again', async () => {
    const [physician, clinic] = await both(referral);
    const { fascia } = screens.product;
    await fascia.kill9();
    await clinic.getByText('Offline', { exact: true }).waitFor({ timeout: SEEN_MS });
    await fascia.start();
    // Before any of them is back.
    await isSaid('The first word after the night.');
    await hears(clinic, 'The first word after the night.');
    await hears(physician, 'The first word after the night.');
    for (const page of [physician, clinic])
      await page.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });
    await says(physician, 'And the second.');
    await hears(clinic, 'And the second.');
  });

  it('miss nothing of what was said while a laptop slept, for minutes or for so long that it asks who is there', async () => {
    const { page: clinic } = await screens.open('coordinator-demo', {
      path: `/referrals/${referral}`,
      prepare: (page) => page.clock.install(),
    });
    await clinic.locator('#thread').waitFor();
    await clinic.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });
    const sleeps = async (howLong: string, words: string): Promise<void> => {
      await clinic.context().setOffline(true);
      await isSaid(words);
      await clinic.clock.fastForward(howLong);
      await clinic.context().setOffline(false);
    };
    await sleeps('08:00', 'While the lid was closed.');
    await hears(clinic, 'While the lid was closed.');

    await sleeps('45:00', 'While everybody was at lunch.');
    await button(clinic, 'Sign in and go on').click();
    await signsIn(clinic, 'coordinator-demo');
    await hears(clinic, 'While everybody was at lunch.');
  });
});
