/** What somebody has typed is theirs until they send it: after a closed tab, a killed server, an expired token, a covered screen. */
import { until } from '@fascia/testkit';
import type { Locator, Page } from 'playwright-core';
import { served, type Served } from '../journeys/served.js';
import { describeWithBrowser, TestBrowser } from './browser.js';
import { DRAFTS, KINDS, opensDraft, type WrittenDraft } from './drafts.js';
import { button, dialog } from './hands.js';
import { openAs, signsIn } from './people.js';

const WORDS = 'The capsule gives by ten degrees; sleep is better, and lifting the arm is not.';

/** Slow enough for what is lost with the last second to be some letters, and not all of them. */
const LETTER_MS = 40;
const LAST_SECOND = 1_000 / LETTER_MS;
const DEADLINE_MS = 120_000;

/** Anywhere in its later half, so that no lucky moment is the only one that was tried; something is left to be typed after it. */
const aMoment = (): number => Math.ceil((WORDS.length - 1) * (0.6 + 0.4 * Math.random()));

const types = (field: Locator, words: string): Promise<void> =>
  field.pressSequentially(words, { delay: LETTER_MS });

/** @returns how much of it was typed until something happens */
const typesUntil = async (field: Locator, moment: number): Promise<number> => {
  await types(field, WORDS.slice(0, moment));
  expect(await field.inputValue()).toBe(WORDS.slice(0, moment));
  return moment;
};

/** The service takes no token of the page any more, and the issuer gives it no other: somewhere in what is typed on it goes there. */
const losesItsToken = async (page: Page, field: Locator, typed: number): Promise<void> => {
  const refused = { status: 401, contentType: 'application/problem+json', body: '{}' };
  await page.route('**/api/v1/**', (route) => route.fulfill(refused));
  await page.route('**/oidc/token', (route) =>
    route.fulfill({ status: 400, contentType: 'application/json', body: '{"error":"invalid_grant"}' }),
  );
  await field
    .pressSequentially(WORDS.slice(typed), { delay: LETTER_MS, timeout: 5_000 })
    .catch(() => undefined);
  await page.getByText('Signing in did not work').waitFor();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
};

/** All but what was typed in the last second before it happened; what was typed after that may be there as well. */
const expectAllBut = (found: string, typed: number): void => {
  expect({ found, isOfIt: WORDS.startsWith(found) }).toEqual({ found, isOfIt: true });
  expect(found.length).toBeGreaterThanOrEqual(typed - LAST_SECOND);
};

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
    await sent(page).click();
    await button(page, 'Write a message').click();
    const field = dialog(page).getByLabel('Message');
    await field.waitFor();
    return field;
  };
  /** By the service too: a browser that is closed before that leaves it. */
  const isForgotten = (page: Page): Promise<unknown> =>
    until(
      async () => {
        const [, id = ''] = /referrals\/([^/]+)/.exec(page.url()) ?? [];
        const { body } = await product.fascia.as('physician-demo').get(`/api/v1/forms/PostMessage.${id}`);
        return (body as { readonly typed: unknown }).typed === null;
      },
      { deadlineMs: DEADLINE_MS, message: 'the form to be forgotten' },
    );
  /** @returns how much was typed until something happens */
  const typed = async (page: Page): Promise<number> => typesUntil(await message(page), aMoment());
  /** As somebody finds it who opens the form again; then it is thrown away. */
  const expectFound = async (page: Page, letters: number): Promise<void> => {
    await message(page);
    await dialog(page).getByText('This is as you left it').waitFor();
    expectAllBut(await dialog(page).getByLabel('Message').inputValue(), letters);
    await dialog(page).getByRole('button', { name: 'Begin anew' }).click();
    await dialog(page).getByText('This is as you left it').waitFor({ state: 'hidden' });
    expect(await dialog(page).getByLabel('Message').inputValue()).toBe('');
    await isForgotten(page);
  };
  /** In another tab of the same browser, whose person the issuer knows. */
  const again = async (page: Page): Promise<Page> => {
    const next = await page.context().newPage();
    await next.goto(product.fascia.url);
    return next;
  };

  it('is there after its tab was closed between two letters, and nowhere once it was begun anew', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const letters = await typed(page);
    await page.close();
    const next = await again(page);
    await expectFound(next, letters);
    await next.goto(product.fascia.url);
    await message(next);
    expect(await dialog(next).getByLabel('Message').inputValue()).toBe('');
    await page.context().close();
  });

  it('is there in another browser of the same person, and in none of anybody else', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const letters = await typed(page);
    await page.keyboard.press('Escape');
    const elsewhere = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const stranger = await openAs(browser, 'coordinator-demo', {
      url: product.fascia.url,
      path: new URL(page.url()).pathname,
    });
    await button(stranger, 'Write a message').click();
    expect(await dialog(stranger).getByLabel('Message').inputValue()).toBe('');
    await expectFound(elsewhere, letters);
    for (const one of [page, elsewhere, stranger]) await one.context().close();
  });

  it('survives a server that is killed while somebody types', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const field = await message(page);
    const before = await typesUntil(field, Math.floor(aMoment() / 2));
    await product.fascia.kill9();
    await types(field, WORDS.slice(before));
    expect(await field.inputValue()).toBe(WORDS);
    await page.close();
    await product.fascia.start();
    await expectFound(await again(page), WORDS.length);
    await page.context().close();
  });

  it('that was sent unawares and edited since is said to be, and sent again on purpose', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const field = await message(page);
    const sends = dialog(page).getByRole('button', { name: 'Write a message' });
    await field.fill('What was sent first.');
    // The service takes it, and its answer is lost however often it is asked.
    await page.route('**/post-message', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await sends.click();
    await dialog(page).getByText('There is no connection').waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await field.fill('What was written since.');
    await sends.click();
    await dialog(page).getByText('It was sent already').waitFor();
    expect(await field.inputValue()).toBe('What was written since.');
    await sends.click();
    await dialog(page).waitFor({ state: 'hidden' });
    for (const words of ['What was sent first.', 'What was written since.'])
      await page.getByText(words).first().waitFor();
    await isForgotten(page);
    await page.context().close();
  });

  it('survives a token that is good no more, and cannot be renewed', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const field = await message(page);
    const letters = await typesUntil(field, aMoment());
    await losesItsToken(page, field, letters);
    await page.goto(product.fascia.url);
    await expectFound(page, letters);
    await page.context().close();
  });

  interface Writing {
    readonly draft: WrittenDraft;
    readonly page: Page;
    readonly field: Locator;
  }
  const begins = async (kind: keyof typeof DRAFTS): Promise<Writing> => {
    const draft = await DRAFTS[kind](product);
    const page = await openAs(browser, draft.account, { url: product.fascia.url });
    return { draft, page, field: await opensDraft(page, product.fascia.url, draft) };
  };
  const expectLeftOn = async (page: Page, draft: WrittenDraft, letters: number): Promise<void> => {
    const field = await opensDraft(page, product.fascia.url, draft);
    let found = '';
    await until(async () => (found = await field.inputValue()).length >= letters - LAST_SECOND, {
      deadlineMs: DEADLINE_MS,
      message: () => `the draft as it was left, and not ${found}`,
    });
    expectAllBut(found, letters);
    await page.getByText('Saved', { exact: true }).waitFor();
  };

  it.each(KINDS)(
    'of %s is there after its tab was closed between two letters, also where the service was gone',
    async (kind) => {
      const { draft, page, field } = await begins(kind);
      const before = await typesUntil(field, Math.floor(aMoment() / 2));
      await page.route(/\/edit(-draft)?$/, (route) => route.abort());
      await types(field, WORDS.slice(before));
      expect(await field.inputValue()).toBe(WORDS);
      await page.close();
      await expectLeftOn(await page.context().newPage(), draft, WORDS.length);
      await page.context().close();
    },
  );

  it.each(KINDS)('of %s survives a token that is good no more, and cannot be renewed', async (kind) => {
    const { draft, page, field } = await begins(kind);
    const letters = await typesUntil(field, aMoment());
    await losesItsToken(page, field, letters);
    await expectLeftOn(page, draft, letters);
    await page.context().close();
  });

  it('of an order and of a plan survives a server that is killed while somebody types', async () => {
    const all = await Promise.all(KINDS.map(begins));
    const before = Math.floor(aMoment() / 2);
    await Promise.all(all.map(({ field }) => typesUntil(field, before)));
    await product.fascia.kill9();
    await Promise.all(all.map(({ field }) => types(field, WORDS.slice(before))));
    for (const { field } of all) expect(await field.inputValue()).toBe(WORDS);
    await Promise.all(all.map(({ page }) => page.close()));
    await product.fascia.start();
    for (const { draft, page } of all) {
      await expectLeftOn(await page.context().newPage(), draft, WORDS.length);
      await page.context().close();
    }
  });

  it.each(KINDS)('of %s is all there for whoever goes elsewhere at once and comes back', async (kind) => {
    const { page, field } = await begins(kind);
    await types(field, WORDS);
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Inbox', exact: true })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await page.goBack();
    await field.waitFor();
    await until(async () => (await field.inputValue()) === WORDS, {
      deadlineMs: DEADLINE_MS,
      message: 'all that was typed',
    });
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

    // Loaded again, it is asked as well.
    const again = await away();
    await again.clock.fastForward('11:00');
    await again.getByText('Covered while you were away').waitFor();
    await again.reload();
    await signsIn(again, 'physician-demo');
    await again.getByRole('list', { name: 'The loop' }).waitFor();
    await again.context().close();
  });
});
