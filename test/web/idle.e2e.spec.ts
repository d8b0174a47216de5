/** An organisation covers its screens after a time of its own: whoever was there goes on, and whoever comes next finds nothing of theirs. */
import { uuidFrom } from '@fascia/kernel';
import type { Page } from 'playwright-core';
import { served, type Served } from '../journeys/served.js';
import { refer } from '../journeys/treatment.js';
import { describeWithBrowser, TestBrowser } from './browser.js';
import { button, dialog } from './hands.js';
import { formKept, formLookedFor, openAs, signsIn } from './people.js';

const WORDS = 'She sleeps through, and climbs stairs with a hand on the rail.';
/** Of the demo: the physician's is covered sooner than everybody else's. */
const PRACTICE = uuidFrom('demo', 'harbor');
const SETTINGS = { FASCIA_IDLE_MINUTES: `60, ${PRACTICE}=5` };

const STORED = 'JSON.stringify([{ ...sessionStorage }, { ...localStorage }])';

describeWithBrowser('screens of an organisation with a time of its own', () => {
  let product: Served;
  let browser: TestBrowser;

  beforeAll(async () => {
    [product, browser] = await Promise.all([served(SETTINGS), TestBrowser.start()]);
  });
  afterAll(async () => {
    await browser.stop();
    await product.dispose();
  });

  const isThere = (page: Page): Promise<void> => page.getByRole('list', { name: 'The loop' }).waitFor();
  const isCovered = (page: Page): Promise<void> => page.getByText('Covered while you were away').waitFor();
  const isAtTheInbox = (page: Page): Promise<void> =>
    page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  const goesOnAs = async (page: Page, account: string): Promise<void> => {
    await button(page, 'Sign in and go on').click();
    await signsIn(page, account);
  };
  /** @returns what stands in it once it was looked for */
  const message = async (page: Page): Promise<string> => {
    const looked = formLookedFor(page, 'PostMessage');
    await button(page, 'Write a message').click();
    await looked;
    return dialog(page).getByLabel('Message').inputValue();
  };
  const holdsNothingOf = async (page: Page, ...what: readonly string[]): Promise<void> => {
    const [shown, stored] = [await page.content(), await page.evaluate<string>(STORED)];
    for (const words of [WORDS, ...what]) {
      expect(shown).not.toContain(words);
      expect(stored).not.toContain(words);
    }
  };

  interface LeftAlone {
    readonly page: Page;
    /** Beside it, of the same person at the same place. */
    readonly other: Page;
    readonly path: string;
  }

  /** In the middle of a message about a patient whom nobody wrote about before. */
  const leftAlone = async (family: string): Promise<LeftAlone> => {
    const { fascia } = product;
    const physician = fascia.as('physician-demo');
    const { referral } = await refer(physician, await physician.registers(family), 'SELF-PAY');
    const path = `/referrals/${referral}`;
    const page = await openAs(browser, 'physician-demo', { url: fascia.url, path });
    await isThere(page);
    const other = await page.context().newPage();
    await other.goto(`${fascia.url}${path}`);
    await isThere(other);
    await page.clock.install();
    expect(await message(page)).toBe('');
    const kept = formKept(page, 'PostMessage');
    await dialog(page).getByLabel('Message').fill(WORDS);
    await kept;
    return { page, other, path };
  };

  it('are covered in every tab after it, hold nothing, and are shown again to the same person with what they typed', async () => {
    const { page, other, path } = await leftAlone('Quarterman');
    await page.clock.fastForward('04:00');
    expect(await dialog(page).getByLabel('Message').inputValue()).toBe(WORDS);
    await page.clock.fastForward('02:00');
    for (const tab of [page, other]) {
      await isCovered(tab);
      await holdsNothingOf(tab, 'Quarterman', 'fascia.user.');
    }
    for (const tab of [page, other]) {
      await goesOnAs(tab, 'physician-demo');
      await isThere(tab);
      expect(new URL(tab.url()).pathname).toBe(path);
    }
    await message(page);
    await dialog(page).getByText('This is as you left it').waitFor();
    expect(await dialog(page).getByLabel('Message').inputValue()).toBe(WORDS);
    await page.context().close();
  });

  it('show nothing of it to whoever signs in next, in this tab or in another, and are theirs for as long as their own say', async () => {
    const { page, other, path } = await leftAlone('Rasmussen');
    await page.clock.fastForward('06:00');
    for (const tab of [page, other]) await isCovered(tab);
    // Of another clinic: the patient is nobody whom they know.
    await goesOnAs(other, 'scheduler-demo');
    await isAtTheInbox(other);
    await holdsNothingOf(other, 'Rasmussen');
    expect(await other.content()).not.toContain(path);
    // Of the clinic that was written to: they see what both sides see, and not what one of them has not sent.
    await goesOnAs(page, 'coordinator-demo');
    await isAtTheInbox(page);
    expect(new URL(page.url()).pathname).toBe('/inbox');
    await holdsNothingOf(page);
    await page.goto(`${product.fascia.url}${path}`);
    await isThere(page);
    expect(await message(page)).toBe('');
    await page.clock.fastForward('06:00');
    await dialog(page).getByLabel('Message').waitFor();
    await holdsNothingOf(page);
    await page.context().close();
  });

  it('are covered also in a tab that slept through it, whoever has touched them since', async () => {
    const { page, other, path } = await leftAlone('Silvestre');
    // As a browser does that needs the room: what the tab remembers stays with it.
    await other.goto('about:blank');
    await page.clock.fastForward('06:00');
    await isCovered(page);
    await goesOnAs(page, 'coordinator-demo');
    await isAtTheInbox(page);

    await other.goto(`${product.fascia.url}${path}`);
    await isCovered(other);
    await holdsNothingOf(other, 'Silvestre', 'fascia.user.');
    // Whoever has signed in since is not covered by that.
    await page.clock.fastForward('00:05');
    await isAtTheInbox(page);
    await goesOnAs(other, 'coordinator-demo');
    await isAtTheInbox(other);
    await page.context().close();
  });
});
