/** What somebody has typed is theirs until they send it: after a closed tab, a killed server, an expired token, a covered screen. */
import { until } from '@fascia/testkit';
import type { Locator, Page } from 'playwright-core';
import { served, type Served } from '../journeys/served.js';
import { describeWithBrowser, TestBrowser } from './browser.js';
import { button, dialog } from './hands.js';
import { openAs, signsIn } from './people.js';

const WORDS = 'The capsule gives by ten degrees; sleep is better, and lifting the arm is not.';

/** Slow enough for what is lost with the last second to be some letters, and not all of them. */
const LETTER_MS = 40;
const LAST_SECOND = 1_000 / LETTER_MS;
const DEADLINE_MS = 120_000;

/** Anywhere in its later half, so that no lucky moment is the only one that was tried. */
const aMoment = (): number => Math.ceil(WORDS.length * (0.6 + 0.4 * Math.random()));

describeWithBrowser('what is typed and not sent', () => {
  let product: Served;
  let browser: TestBrowser;

  beforeAll(async () => {
    [product, browser] = await Promise.all([served(), TestBrowser.start()]);
  });
  afterAll(async () => {
    await browser.stop();
    await product.dispose();
  });

  /** Of one that both sides know; drafts are no place to talk. */
  const sent = (page: Page): Locator =>
    page.getByRole('row').filter({ hasNotText: 'Draft' }).locator('[data-row-link]').first();
  const message = async (page: Page): Promise<Locator> => {
    await sent(page).waitFor();
    await sent(page).click();
    await button(page, 'Write a message').click();
    const field = dialog(page).getByLabel('Message');
    await field.waitFor();
    return field;
  };
  /** @returns what was typed until something happened */
  const typed = async (page: Page): Promise<string> => {
    const words = WORDS.slice(0, aMoment());
    await (await message(page)).pressSequentially(words, { delay: LETTER_MS });
    return words;
  };
  const expectLeft = async (page: Page, words: string): Promise<void> => {
    const found = await dialog(page).getByLabel('Message').inputValue();
    expect({ found, isOfIt: words.startsWith(found) }).toEqual({ found, isOfIt: true });
    expect(found.length).toBeGreaterThanOrEqual(words.length - LAST_SECOND);
  };
  /** As somebody finds it who opens the form again; then it is thrown away. */
  const expectFound = async (page: Page, words: string): Promise<void> => {
    await message(page);
    await dialog(page).getByText('This is as you left it').waitFor();
    await expectLeft(page, words);
    await dialog(page).getByRole('button', { name: 'Begin anew' }).click();
    await dialog(page).getByText('This is as you left it').waitFor({ state: 'hidden' });
    expect(await dialog(page).getByLabel('Message').inputValue()).toBe('');
  };
  /** In another tab of the same browser, whose person the issuer knows. */
  const again = async (page: Page): Promise<Page> => {
    const next = await page.context().newPage();
    await next.goto(product.fascia.url);
    return next;
  };

  it('is there after its tab was closed between two letters, and nowhere once it was begun anew', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const words = await typed(page);
    await page.close();
    const next = await again(page);
    await expectFound(next, words);
    await next.goto(product.fascia.url);
    await message(next);
    expect(await dialog(next).getByLabel('Message').inputValue()).toBe('');
    await page.context().close();
  });

  it('is there in another browser of the same person, and in none of anybody else', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const words = await typed(page);
    await page.keyboard.press('Escape');
    const elsewhere = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const stranger = await openAs(browser, 'coordinator-demo', {
      url: product.fascia.url,
      path: new URL(page.url()).pathname,
    });
    await button(stranger, 'Write a message').click();
    expect(await dialog(stranger).getByLabel('Message').inputValue()).toBe('');
    await expectFound(elsewhere, words);
    for (const one of [page, elsewhere, stranger]) await one.context().close();
  });

  it('survives a server that is killed while somebody types', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const field = await message(page);
    const words = WORDS.slice(0, aMoment());
    const half = Math.floor(words.length / 2);
    await field.pressSequentially(words.slice(0, half), { delay: LETTER_MS });
    await product.fascia.kill9();
    await field.pressSequentially(words.slice(half), { delay: LETTER_MS });
    await page.close();
    await product.fascia.start();
    await expectFound(await again(page), words);
    await page.context().close();
  });

  it('survives a token that is good no more, and cannot be renewed', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const words = WORDS.slice(0, aMoment());
    const field = await message(page);
    await field.pressSequentially(words.slice(0, 10), { delay: LETTER_MS });
    const refused = { status: 401, contentType: 'application/problem+json', body: '{}' };
    await page.route('**/api/v1/**', (route) => route.fulfill(refused));
    await page.route('**/oidc/token', (route) =>
      route.fulfill({ status: 400, contentType: 'application/json', body: '{"error":"invalid_grant"}' }),
    );
    // Somewhere in these letters the page goes to the issuer.
    await field
      .pressSequentially(words.slice(10), { delay: LETTER_MS, timeout: 5_000 })
      .catch(() => undefined);
    const at = page.url();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.goto(product.fascia.url);
    await message(page);
    await dialog(page).getByText('This is as you left it').waitFor();
    const found = await dialog(page).getByLabel('Message').inputValue();
    expect({ at, found, isOfIt: words.startsWith(found) && found.length >= 10 }).toEqual({
      at,
      found,
      isOfIt: true,
    });
    await page.context().close();
  });

  it('of an order is there after its tab was closed between two letters, also where the service was gone', async () => {
    const physician = product.fascia.as('physician-demo');
    const patientId = await physician.registers('Brandt');
    const { id } = await physician.does('/api/v1/referrals', { patientId, content: {} });
    const path = `/referrals/${String(id)}/draft`;
    const opens = async (page: Page): Promise<Locator> => {
      await page.goto(`${product.fascia.url}${path}`);
      const field = page.getByLabel('Clinical question');
      await field.waitFor();
      return field;
    };
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const words = WORDS.slice(0, aMoment());
    const half = Math.floor(words.length / 2);
    const field = await opens(page);
    await field.pressSequentially(words.slice(0, half), { delay: LETTER_MS });
    await page.route('**/edit-draft', (route) => route.abort());
    await field.pressSequentially(words.slice(half), { delay: LETTER_MS });
    await page.close();
    const next = await page.context().newPage();
    const again = await opens(next);
    await until(async () => (await again.inputValue()).length >= words.length - LAST_SECOND, {
      deadlineMs: DEADLINE_MS,
      message: 'the order as it was left',
    });
    expect(words.startsWith(await again.inputValue())).toBe(true);
    await next.getByText('Saved', { exact: true }).waitFor();
    await page.context().close();
  });

  it('of a diagnosis is there when its page is opened again', async () => {
    const physician = product.fascia.as('physician-demo');
    const patientId = await physician.registers('Quill');
    const { id } = await physician.does('/api/v1/referrals', { patientId, content: {} });
    const path = `/referrals/${String(id)}/draft`;
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url, path });
    const code = page.getByRole('combobox', { name: 'Diagnosis (ICD-10-CM)' });
    await code.fill('M75.01');
    await page.getByRole('option').filter({ hasText: 'M75.01' }).click();
    await page.getByRole('combobox', { name: 'What is wrong there' }).click();
    const kept = page.waitForResponse(
      (response) =>
        response.url().includes('/api/v1/forms/RecordDiagnosis.') &&
        response.request().postData()?.includes('contracture') === true,
      { timeout: DEADLINE_MS },
    );
    await page.getByRole('option', { name: 'Contracture', exact: true }).click();
    await kept;
    await page.reload();
    await page.getByText('This is as you left it').waitFor();
    expect(await code.inputValue()).toMatch(/^M75\.01 ./);
    expect(await page.getByRole('combobox', { name: 'What is wrong there' }).inputValue()).toBe(
      'Contracture',
    );
    await page.context().close();
  });

  it('is gone from this browser when its person signs out', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    await page.route('**/api/v1/forms/**', (route) => route.abort());
    await typed(page);
    const copies = (): Promise<number> =>
      page.evaluate<number>(`new Promise((resolve, reject) => {
        const asked = indexedDB.open('fascia');
        asked.onerror = () => reject(asked.error);
        asked.onsuccess = () => {
          const count = asked.result.transaction('forms').objectStore('forms').count();
          count.onsuccess = () => resolve(count.result);
        };
      })`);
    await until(async () => (await copies()) === 2, { deadlineMs: DEADLINE_MS, message: 'key and copy' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL((url) => url.pathname.includes('/oidc/') || url.pathname === '/signed-in');
    expect(await copies()).toBe(0);
    await page.context().close();
  });

  it('is covered after ten minutes, and shown again to the same person only', async () => {
    const away = async (): Promise<Page> => {
      const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
      await page.clock.install();
      await sent(page).click();
      await page.getByRole('list', { name: 'The loop' }).waitFor();
      return page;
    };
    const page = await away();
    const { pathname } = new URL(page.url());
    await page.clock.fastForward('09:00');
    expect(await page.getByRole('list', { name: 'The loop' }).isVisible()).toBe(true);
    await page.clock.fastForward('11:00');
    await page.getByText('Covered while you were away').waitFor();
    expect(await page.getByRole('list', { name: 'The loop' }).count()).toBe(0);
    await button(page, 'Sign in and go on').click();
    // Whoever is signed in at the issuer is asked all the same.
    await signsIn(page, 'physician-demo');
    await page.getByRole('list', { name: 'The loop' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(pathname);
    await page.context().close();

    const left = await away();
    await left.clock.fastForward('11:00');
    await button(left, 'Sign in and go on').click();
    await signsIn(left, 'coordinator-demo');
    await left.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await left.context().close();
  });
});
