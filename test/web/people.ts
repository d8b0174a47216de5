/** The demo's people at browsers of their own. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { TestBrowser } from './browser.js';

/** How somebody presses what a selector names. */
export type Press = (page: Page, selector: string) => Promise<void>;

const byPointer: Press = (page, selector) => page.locator(selector).click();

/** On the development issuer's page, which the browser is on its way to; waits until it is back. */
export const signsIn = async (page: Page, account: string, press = byPointer): Promise<void> => {
  const persona = `button[name="persona"][value="${account}"]`;
  await page.locator(persona).waitFor();
  const { origin } = new URL(page.url());
  await press(page, persona);
  await page.waitForURL((url) => url.origin === origin && !url.pathname.startsWith('/oidc/'));
};

export interface Opening {
  /** Of the product. */
  readonly url: string;
  readonly path?: string;
  readonly options?: BrowserContextOptions;
  /** Before anything is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
  readonly press?: Press;
}

/** Signs in as people do: by opening the page that they want, which asks who they are. */
export const openAs = async (
  browser: TestBrowser,
  account: string,
  { url, path = '/', options, prepare, press }: Opening,
): Promise<Page> => {
  const page = await browser.newPage(options);
  await prepare?.(page);
  await page.goto(`${url}${path}`);
  await signsIn(page, account, press);
  return page;
};

/** As on a busy machine: what a page puts off until it is idle comes after the next key. */
export const lateTimers = async (page: Page): Promise<void> => {
  await page.addInitScript(`{
    const given = setTimeout;
    globalThis.setTimeout = (deed, ms, ...rest) => given(deed, Math.max(ms ?? 0, 150), ...rest);
  }`);
};

/** Once the service has what is typed in a form now. @param form what it is for */
export const formKept = (page: Page, form: string): Promise<unknown> =>
  page.waitForResponse(
    (response) =>
      response.request().method() === 'PUT' &&
      response.url().includes(`/api/v1/forms/${form}`) &&
      response.ok(),
  );

/** Once it is known whether somebody left a form: what they left comes in under whatever is typed before. */
export const formLookedFor = (page: Page, form: string): Promise<unknown> =>
  page.waitForResponse(
    (response) =>
      response.request().method() === 'GET' &&
      response.url().includes(`/api/v1/forms/${form}`) &&
      response.ok(),
  );
