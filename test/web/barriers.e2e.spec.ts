/** Every screen, in both themes and in the language that nobody speaks: nothing that keeps somebody out. */
import type { Page } from 'playwright-core';
import { served, type Served } from '../journeys/served.js';
import { barriersOn } from './axe.js';
import { describeWithBrowser, noTrouble, TestBrowser } from './browser.js';
import { openAs } from './people.js';
import { fitsItsWindow } from './targets.js';

const LOOKS = [
  ['light', ''],
  ['dark', ''],
  ['light', 'words=pseudo'],
] as const;

describeWithBrowser('a screen', () => {
  let product: Served;
  let browser: TestBrowser;

  beforeAll(async () => {
    [product, browser] = await Promise.all([served(), TestBrowser.start()]);
  });

  afterAll(async () => {
    await browser.stop();
    await product.dispose();
  });

  const opened = async (
    account: string,
    path: string,
    colorScheme: 'light' | 'dark',
    words: string,
  ): Promise<Page> => {
    const page = await openAs(browser, account, {
      url: product.fascia.url,
      path: words === '' ? path : `${path}?${words}`,
      options: { colorScheme, viewport: { width: 1280, height: 800 } },
    });
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  };

  it.each(LOOKS)('of the list and of one referral has no barrier (%s %s)', async (colorScheme, words) => {
    const page = await opened('physician-demo', '/referrals', colorScheme, words);
    const first = page.locator('[data-row-link]').first();
    await first.waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await first.click();
    await page.locator('#thread').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await page.locator('section button').first().click();
    await page.getByRole('dialog').locator('form').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await noTrouble(page);
  });

  it.each(LOOKS)('of the inbox has no barrier (%s %s)', async (colorScheme, words) => {
    const page = await opened('coordinator-demo', '/inbox', colorScheme, words);
    await page.locator('[data-row-link]').first().waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await noTrouble(page);
  });

  it('of somebody without a screen of theirs says so, and has no barrier', async () => {
    const page = await openAs(browser, 'auditor-demo', { url: product.fascia.url });
    await page.getByText('There is no screen for your role yet').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await noTrouble(page);
  });

  it('is found wanting where it is (so that the others can fail)', async () => {
    const page = await opened('physician-demo', '/referrals', 'light', '');
    await page.evaluate(
      `document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')`,
    );
    expect(await barriersOn(page)).toEqual([expect.stringContaining('button-name')]);
  });

  it('fits a narrow window, and is not wider than it in a language that is longer', async () => {
    const page = await openAs(browser, 'physician-demo', {
      url: product.fascia.url,
      path: '/referrals?words=pseudo',
      options: { viewport: { width: 360, height: 740 } },
    });
    await page.locator('[data-row-link]').first().waitFor();
    await fitsItsWindow(page);
    expect(await page.evaluate('document.documentElement.dir')).toBe('rtl');
  });
});
