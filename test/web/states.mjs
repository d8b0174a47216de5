/** States of the screens that no path leads to: somebody was away, nobody knows them, nothing answers, or something is open or on paper. */

/** Of no referral. */
const NOWHERE = '/referrals/0198d0a0-0000-7000-8000-000000000001';
const NO_ACCOUNT = {
  status: 403,
  code: 'ACCOUNT_UNKNOWN',
  title: 'No account',
  detail: 'Nobody knows you.',
};

const opens = (page, path) => page.goto(new URL(path, page.url()).href);
const says = (page, words) => page.getByText(words).first().waitFor();

/** As the screens themselves: who, what it is called, where, and what is done there before the picture. */
export const STATES = [
  [
    'physician-demo',
    'covered',
    '/referrals',
    async (page) => {
      await page.clock.install();
      await page.clock.fastForward('11:00');
      await says(page, 'Covered while you were away');
    },
  ],
  [
    'physician-demo',
    'signed-out',
    '/referrals',
    async (page) => {
      await opens(page, '/signed-in');
      await says(page, 'You are signed out');
    },
  ],
  [
    'physician-demo',
    'no-account',
    '/referrals',
    async (page) => {
      await page.route('**/api/v1/me', (route) =>
        route.fulfill({
          status: NO_ACCOUNT.status,
          contentType: 'application/problem+json',
          body: JSON.stringify(NO_ACCOUNT),
        }),
      );
      await page.reload();
      await says(page, 'You have no account here');
    },
  ],
  [
    'physician-demo',
    'unknown-referral',
    '/referrals',
    async (page) => {
      await opens(page, NOWHERE);
      await says(page, 'There is no such thing, or it is not yours to see');
    },
  ],
  [
    'physician-demo',
    'no-page',
    '/referrals',
    async (page) => {
      await opens(page, '/nowhere');
      await says(page, 'There is no such thing, or it is not yours to see');
    },
  ],
  [
    'physician-demo',
    'no-connection',
    '/referrals',
    async (page) => {
      await page.route('**/api/v1/referrals/*', (route) => route.abort());
      await page.locator('[data-row-link]').first().click();
      await says(page, 'There is no connection');
    },
  ],
  [
    'physician-demo',
    'no-service',
    '/referrals',
    async (page) => {
      await page.route('**/config.json', (route) => route.abort());
      await page.reload();
      await says(page, 'Fascia cannot be reached');
    },
  ],
  ['therapist-demo', 'not-for-you', '/referrals/new'],
  [
    'physician-demo',
    'new-patient',
    '/referrals/new',
    async (page) => {
      await page.getByLabel('Part of the name').fill('Somebody New');
      await page.getByRole('button', { name: 'Register a new patient' }).click();
      await page.getByRole('form', { name: 'A new patient' }).waitFor();
    },
  ],
  [
    'coordinator-demo',
    'schedule-visit',
    '/schedule',
    async (page) => {
      await page.locator('[data-state]').first().press('Enter');
      await page.getByRole('dialog').getByRole('link', { name: 'The referral' }).waitFor();
    },
  ],
  [
    'coordinator-demo',
    'schedule-printed',
    '/schedule',
    async (page) => {
      await page.locator('[data-state]').first().waitFor();
      await page.emulateMedia({ media: 'print' });
      await page.getByRole('table').waitFor();
    },
  ],
];
