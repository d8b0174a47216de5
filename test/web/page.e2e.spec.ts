import { createHash } from 'node:crypto';
import { until } from '@fascia/testkit';
import type { Page } from 'playwright-core';
import { served, type Served } from '../journeys/served.js';
import { describeWithBrowser, noTrouble, TestBrowser, troublesOf } from './browser.js';
import { openAs } from './people.js';

describeWithBrowser('the page of the running product', () => {
  let product: Served;
  let browser: TestBrowser;
  let url: string;

  beforeAll(async () => {
    [product, browser] = await Promise.all([served(), TestBrowser.start()]);
    ({ url } = product.fascia);
  });

  afterAll(async () => {
    await browser.stop();
    await product.dispose();
  });

  /** Where somebody is who has signed out: every other address asks who they are. */
  const opened = async (path = '/signed-in'): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(`${url}${path}`);
    return page;
  };

  it('shows, and nothing in it is against its policy', async () => {
    const page = await opened();
    expect(await page.title()).toBe('Fascia');
    await page.locator('#root > *, #root:not(:empty)').first().waitFor();
    await noTrouble(page);
  });

  it('may bring styles that carry its nonce', async () => {
    const page = await opened();
    const colour = await page.evaluate(`(() => {
      const style = document.createElement('style');
      style.nonce = document.querySelector('meta[property="csp-nonce"]').nonce;
      style.textContent = 'body { color: rgb(1, 2, 3) }';
      document.head.append(style);
      return getComputedStyle(document.body).color;
    })()`);
    expect(colour).toBe('rgb(1, 2, 3)');
    await noTrouble(page);
  });

  it.each([
    [
      'a script written into it',
      `document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))`,
      'policy: script-src',
    ],
    [
      'a style without its nonce',
      `document.head.append(Object.assign(document.createElement('style'), { textContent: 'body { color: red }' }))`,
      'policy: style-src',
    ],
    [
      'a question to another server',
      `fetch('http://127.0.0.1:9/').catch(() => undefined)`,
      'policy: connect-src',
    ],
    ['a file that is not there', `fetch('/assets/nothing.js')`, '/assets/nothing.js: 404'],
    ['an error', `setTimeout(() => { throw new Error('on purpose') })`, 'error: on purpose'],
    ['what it says of an error', `console.error('out loud')`, 'console: out loud'],
  ])('is found in trouble by %s', async (_what, script, trouble) => {
    const page = await opened();
    await page.evaluate(`void (${script})`);
    let found: readonly string[] = [];
    await until(async () => (found = await troublesOf(page)).some((one) => one.includes(trouble)), {
      message: () => `only ${found.join(', ') || 'nothing'} was found`,
    });
    await expect(noTrouble(page)).rejects.toThrow(trouble);
  });

  it.each([
    ['what it is told first', '**/config.json', 2],
    ['where one signs in', '**/.well-known/openid-configuration', 3],
    ['what a signature is exchanged for', '**/oidc/token', 3],
    ['who somebody is', '**/api/v1/me', 7],
    ['a list', '**/api/v1/tasks*', 7],
  ])(
    'comes up by itself, where somebody wanted to be, once %s is answered again',
    async (_what, address, times) => {
      let failed = 0;
      const page = await openAs(browser, 'physician-demo', {
        url,
        path: '/inbox?view=late',
        prepare: async (fresh) => {
          await fresh.route(address, (route) => {
            if (failed >= times) return route.fallback();
            failed += 1;
            // By turns it is busy, and not there at all.
            if (failed % 2 === 0) return route.abort('connectionrefused');
            const [contentType, body] =
              failed % 4 === 1 ? ['application/json', '{}'] : ['text/html', '<p>Soon.'];
            return route.fulfill({ status: 503, contentType, body });
          });
        },
      });
      await page.getByText('Nothing is late').waitFor();
      expect({ failed, at: new URL(page.url()).pathname }).toEqual({ failed: times, at: '/inbox' });
      await page.context().close();
    },
  );

  it('says in the end that signing in does not work, where a code is never exchanged', async () => {
    let failed = 0;
    const page = await openAs(browser, 'physician-demo', {
      url,
      prepare: async (fresh) => {
        await fresh.route('**/oidc/token', (route) => {
          failed += 1;
          return route.abort('connectionrefused');
        });
      },
    });
    await page.getByText('Signing in did not work').waitFor();
    expect(failed).toBe(5);
    await page.context().close();
  });

  it('says to whom nobody has given a role what to do, and lets them out', async () => {
    // The demo has no such person: the service's answer is put in its place.
    const problem = {
      status: 403,
      code: 'ACCOUNT_UNKNOWN',
      title: 'No account',
      detail: 'Nobody knows you.',
    };
    const page = await openAs(browser, 'physician-demo', {
      url,
      prepare: async (fresh) => {
        await fresh.route('**/api/v1/me', (route) =>
          route.fulfill({
            status: 403,
            contentType: 'application/problem+json',
            body: JSON.stringify(problem),
          }),
        );
      },
    });
    await page.getByRole('heading', { name: 'You have no account here' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL((at) => at.pathname.includes('/oidc/') || at.pathname === '/signed-in');
    await page.context().close();
  });

  it('finds who signs people in at its own origin, by whatever name it was opened', async () => {
    const page = await browser.newPage();
    await page.goto(`${url.replace('127.0.0.1', 'localhost')}/signed-in`);
    expect(page.url()).toBe(`${url}/signed-in`);
    const found = await page.evaluate(`(async () => {
      const config = await (await fetch('/config.json')).json();
      const discovered = await (await fetch(config.issuer + '/.well-known/openid-configuration')).json();
      return { config, tokens: discovered.token_endpoint, leave: discovered.end_session_endpoint };
    })()`);
    expect(found).toEqual({
      config: {
        issuer: `${url}/oidc`,
        clientId: 'fascia-web',
        scope: 'openid profile offline_access fascia',
        demo: true,
        idle: { minutes: 10, of: {} },
      },
      tokens: `${url}/oidc/token`,
      leave: `${url}/oidc/session/end`,
    });
    await noTrouble(page);
  });

  it('gets people back from where they said who they are', async () => {
    const challenge = createHash('sha256').update('v'.repeat(64)).digest('base64url');
    const asked = new URLSearchParams({
      client_id: 'fascia-web',
      response_type: 'code',
      redirect_uri: `${url}/signed-in`,
      scope: 'openid profile offline_access fascia',
      state: 'xyz',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const page = await openAs(browser, 'physician-demo', {
      url,
      path: `/oidc/auth?${asked}`,
      prepare: async (fresh) => {
        await fresh.route('**/signed-in?**', (route) => route.fulfill({ body: 'back' }));
      },
    });
    const { pathname, searchParams } = new URL(page.url());
    expect({ pathname, state: searchParams.get('state') }).toEqual({ pathname: '/signed-in', state: 'xyz' });
    expect(searchParams.get('code')).toEqual(expect.any(String));
    await noTrouble(page);
  });
});
