/** Tabs of one browser: each has a session of its own, one of them listens for all, and who leaves one has left them all. */
import { until } from '@fascia/testkit';
import type { BrowserContext, Page } from 'playwright-core';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { signsIn } from './people.js';

/** A person waits a second or two; a busy machine takes longer. */
const SEEN_MS = 90_000;

type Storage = Readonly<Record<string, string>>;

const storageOf = (page: Page): Promise<Storage> => page.evaluate<Storage>('({ ...sessionStorage })');

const refreshTokenOf = async (page: Page): Promise<string | undefined> => {
  const [, user] =
    Object.entries(await storageOf(page)).find(([key]) => key.startsWith('fascia.user.')) ?? [];
  return user === undefined
    ? undefined
    : (JSON.parse(user) as { readonly refresh_token?: string }).refresh_token;
};

const isLive = (page: Page): Promise<void> =>
  page.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });

/** As browsers duplicate a tab: at the same address, with a copy of its storage. */
const duplicate = async (page: Page): Promise<Page> => {
  const copy = await page.context().newPage();
  const copied = JSON.stringify(await storageOf(page));
  // Once: what it does with its storage afterwards is its own.
  await copy.addInitScript(`
    if (location.protocol === 'http:' && sessionStorage.getItem('copied') === null) {
      for (const [key, value] of Object.entries(${copied})) sessionStorage.setItem(key, value);
      sessionStorage.setItem('copied', '');
    }`);
  await copy.goto(page.url());
  await isLive(copy);
  return copy;
};

/** By address, all that any tab of it asks from now on. */
const asked = (context: BrowserContext, path: string): string[] => {
  const all: string[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === path) all.push(request.method());
  });
  return all;
};

describeWithBrowser('two tabs of one browser', () => {
  const screens = atTheScreens();

  const signedIn = async (): Promise<Page> => {
    const { page } = await screens.open('physician-demo');
    await isLive(page);
    return page;
  };

  it('have a session each, also where one is a copy of a tab that was never loaded again', async () => {
    const page = await signedIn();
    const before = await refreshTokenOf(page);
    expect(before).toEqual(expect.any(String));
    const copy = await duplicate(page);
    const own = await until(() => refreshTokenOf(copy), {
      deadlineMs: SEEN_MS,
      message: 'a session of its own',
    });
    expect(own).not.toBe(before);
    expect(await refreshTokenOf(page)).toBe(before);
    // The copy of a copy as well.
    const third = await duplicate(copy);
    expect(await refreshTokenOf(third)).not.toBe(own);
    // Loaded again, a tab is the one that it was.
    await copy.reload();
    await isLive(copy);
    expect(await refreshTokenOf(copy)).toBe(own);
  });

  it('hear of changes by one stream', async () => {
    const page = await screens.browser.newPage();
    const streams = asked(page.context(), '/api/v1/live');
    await page.goto(screens.product.fascia.url);
    await signsIn(page, 'physician-demo');
    await isLive(page);
    const other = screens.adopt(await page.context().newPage());
    await other.goto(screens.product.fascia.url);
    await isLive(other);
    expect(streams).toEqual(['GET']);
    // Whoever is left goes on.
    await page.close();
    await until(() => streams.length === 2, { deadlineMs: SEEN_MS, message: 'a stream of the other tab' });
    await isLive(other);
  });

  it('are left together', async () => {
    const page = await signedIn();
    const other = await page.context().newPage();
    await other.goto(screens.product.fascia.url);
    await isLive(other);
    await page.getByRole('button', { name: /Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await other.getByText('You are signed out').waitFor();
    expect(await refreshTokenOf(other)).toBeUndefined();
    expect(await other.locator('[data-row-link]').count()).toBe(0);
    await page.waitForURL((url) => url.pathname.includes('/oidc/') || url.pathname === '/signed-in');
  });
});
