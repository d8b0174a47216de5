/**
 * Pictures of every screen, in both themes, on a wide and a narrow window: `npm run screenshots -- <folder>`; or of some, by name:
 * `npm run screenshots -- <folder> visit inbox`.
 * Starts the product with its demo people on data of its own, and takes both away afterwards.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { runnerImport } from 'vite';
import { STATES } from './states.mjs';

const folder = resolve(process.argv[2] ?? 'screenshots');
const asked = process.argv.slice(3);
const READY_MS = 180_000;
const root = join(import.meta.dirname, '..', '..');

const WINDOWS = [
  ['wide', { width: 1280, height: 860 }],
  ['narrow', { width: 360, height: 780 }],
];
const THEMES = ['light', 'dark'];

/** As whoever looks for a case. */
const seeksCase = async (page) => {
  await page.getByLabel("Patient's name, or part of it").fill('ferreira');
  await page.getByRole('row').filter({ hasText: 'Ferreira' }).locator('[data-row-link]').waitFor();
};

/** A file of which something is taken, something is nobody's, and something is broken. */
const importsFile = async (page) => {
  const patient = { resourceType: 'Patient', id: 'pictured', birthDate: '1961-07-08' };
  const entry = [
    { ...patient, name: [{ family: 'Oyelaran', given: ['Folake'] }] },
    { ...patient, id: 'broken', name: [{ family: 'Roe' }], birthDate: '1961-02-30' },
    { resourceType: 'Observation', id: 'o' },
  ].map((resource) => ({ resource }));
  const file = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry });
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'harbor.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  await page.getByRole('link', { name: 'Report', exact: true }).waitFor();
  await page.locator('[data-row-link]').first().waitFor();
};

/** Who, what it is called, where, and what is done there before the picture. */
const SCREENS = [
  [undefined, 'sign-in', '/'],
  ['physician-demo', 'referrals', '/referrals'],
  ['physician-demo', 'referrals-none', '/referrals?show=closed'],
  ['physician-demo', 'referral', '/referrals', (page) => page.locator('[data-row-link]').first().click()],
  [
    'physician-demo',
    'form',
    '/referrals',
    async (page) => {
      await page.locator('[data-row-link]').first().click();
      await page.getByRole('button', { name: 'Write a message' }).click();
      await page.getByRole('dialog').locator('form').waitFor();
    },
  ],
  [
    'physician-demo',
    'outcome',
    '/referrals?show=mine',
    async (page) => {
      const row = page.getByRole('row').filter({ hasText: 'Ferreira' });
      await row.getByRole('button', { name: 'Acknowledge' }).click();
      await page.getByRole('dialog').getByRole('heading', { name: 'The five benefits' }).waitFor();
    },
  ],
  [
    'physician-demo',
    'course',
    '/referrals?show=mine',
    async (page) => {
      await page.getByRole('row').filter({ hasText: 'Ferreira' }).locator('[data-row-link]').click();
      await page.getByRole('heading', { name: 'The five benefits' }).first().waitFor();
    },
  ],
  [
    'physician-demo',
    'revise',
    '/referrals',
    async (page) => {
      await page.getByRole('row').filter({ hasText: 'Accepted' }).locator('[data-row-link]').first().click();
      await page.getByRole('link', { name: 'Change the order' }).click();
      await page.getByLabel('Visits in all').fill('6');
      await page.getByRole('region', { name: 'What changes' }).locator('ins').waitFor();
    },
  ],
  ['physician-demo', 'new-referral', '/referrals/new'],
  ['physician-demo', 'keys', '/referrals', (page) => page.keyboard.press('?')],
  ['physician-demo', 'search', '/referrals', (page) => page.keyboard.press('Control+k')],
  ['physician-demo', 'pseudo', '/referrals?words=pseudo'],
  ['coordinator-demo', 'inbox', '/inbox'],
  ['coordinator-demo', 'inbox-pool', '/inbox?view=pool'],
  ['coordinator-demo', 'inbox-today', '/inbox?view=today'],
  ['therapist-demo', 'therapist', '/inbox'],
  [
    'therapist-demo',
    'measures',
    '/referrals',
    async (page) => {
      await page.getByRole('row').filter({ hasText: 'Accepted' }).locator('[data-row-link]').first().click();
      await page.getByRole('button', { name: 'Record a measurement' }).click();
      await page.getByRole('dialog').locator('form').waitFor();
    },
  ],
  ['coordinator-demo', 'schedule-day', '/schedule'],
  ['coordinator-demo', 'schedule-week', '/schedule?view=week'],
  [
    'coordinator-demo',
    'schedule-book',
    '/schedule',
    async (page) => {
      await page.getByRole('button', { name: 'Book a visit', exact: true }).click();
      await page.getByRole('dialog').locator('form').waitFor();
    },
  ],
  [
    'therapist-demo',
    'plan-editor',
    '/referrals',
    async (page) => {
      await page.locator('[data-row-link]').first().click();
      await page.getByRole('list', { name: 'The loop' }).waitFor();
      await page.goto(`${page.url()}/plan`);
      await page.getByRole('heading', { level: 1, name: 'Plan of care' }).waitFor();
    },
  ],
  ['auditor-demo', 'audit', '/audit'],
  ['auditor-demo', 'audit-found', '/audit', (page) => seeksCase(page)],
  [
    'auditor-demo',
    'audit-case',
    '/audit',
    async (page) => {
      await seeksCase(page);
      await page.getByRole('row').filter({ hasText: 'Ferreira' }).locator('[data-row-link]').click();
      await page.getByRole('table', { name: 'Who looked at this patient' }).waitFor();
    },
  ],
  ['auditor-demo', 'access', '/access', (page) => page.locator('table tbody tr').first().waitFor()],
  ['operator-demo', 'operations', '/operations'],
  ['operator-demo', 'imports', '/imports', (page) => importsFile(page)],
  [
    'operator-demo',
    'import',
    '/imports',
    async (page) => {
      await importsFile(page);
      await page.getByRole('link', { name: 'Report', exact: true }).click();
      await page.locator('#resources').waitFor();
    },
  ],
  ['operator-demo', 'people', '/people', (page) => page.locator('[data-row-link]').first().waitFor()],
  [
    'operator-demo',
    'person',
    '/people',
    async (page) => {
      await page.locator('[data-row-link]').first().click();
      await page.getByRole('table').first().waitFor();
    },
  ],
  ['operator-demo', 'organizations', '/organizations', (page) => page.locator('tbody tr').first().waitFor()],
  ['operator-demo', 'master-keys', '/keys', (page) => page.locator('tbody tr').first().waitFor()],
  [
    'physician-demo',
    'precautions',
    '/precautions',
    (page) => page.locator('[data-row-link]').first().waitFor(),
  ],
  ['records-demo', 'matches', '/matches', (page) => page.locator('[data-row-link]').first().waitFor()],
  [
    'records-demo',
    'match',
    '/matches',
    async (page) => {
      await page.locator('[data-row-link]').first().click();
      await page.locator('#settle').waitFor();
    },
  ],
  ['records-demo', 'merges', '/merges'],
  // Begins a draft, which lists show from then on.
  [
    'physician-demo',
    'order',
    '/referrals',
    async (page) => {
      const name = await page.locator('[data-row-link]').first().innerText();
      await page.goto(new URL('/referrals/new', page.url()).href);
      await page.getByLabel('Part of the name').fill(name);
      await page.getByRole('button', { name: 'Choose' }).first().click();
      await page.getByRole('button', { name: 'Begin a new referral' }).click();
      await page.getByRole('radiogroup', { name: 'Clinic' }).getByRole('radio').first().waitFor();
    },
  ],
];

/** As the specs do it. */
const { module: specs } = await runnerImport(join(import.meta.dirname, 'screens-data.ts'), {
  root,
  configFile: false,
});

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
};

const ready = async (url) => {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    if ((await fetch(`${url}/health/ready`).catch(() => undefined))?.ok === true) return;
    await pause(200);
  }
  throw new Error('the product did not get ready');
};

const shot = async (browser, url, { account, name, path, before, theme, viewport, size }) => {
  const context = await browser.newContext({ viewport, colorScheme: theme, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.goto(`${url}${path}`);
  await page.locator('button[name="persona"]').first().waitFor();
  if (account !== undefined) {
    await page.locator(`button[value="${account}"]`).click();
    await page.locator('main').waitFor();
    await page.locator('[data-row-link], h1, h2').first().waitFor();
    await before?.(page);
    // The network is never idle: what is new keeps coming.
    await page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' });
  }
  // Pictures of a transition would be of neither end.
  await pause(400);
  await page.screenshot({ path: join(folder, `${name}-${theme}-${size}.png`), fullPage: true });
  await context.close();
};

const data = mkdtempSync(join(tmpdir(), 'fascia-screens-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
mkdirSync(folder, { recursive: true });
const product = spawn(
  process.execPath,
  // Not through bin/fascia.js, which ends with the npm that started it: this script is between them.
  [join('apps', 'cli', 'dist', 'main.js'), 'start', '--port', String(port), '--data-dir', data],
  {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  },
);
const starter = fork(join(import.meta.dirname, 'chromium.mjs'), { execArgv: [], stdio: 'inherit' });
try {
  const [[{ endpoint }]] = await Promise.all([once(starter, 'message'), ready(url)]);
  const browser = await chromium.connect(endpoint);
  const { visit, plan } = await specs.furnish(url);
  const furnished = [
    ['therapist-demo', 'visit', visit],
    [
      'physician-demo',
      'plan-to-certify',
      plan,
      (page) => page.getByRole('button', { name: 'Certify', exact: true }).waitFor(),
    ],
  ];
  const all = [...SCREENS, ...STATES, ...furnished];
  const screens = all.filter(([, name]) => asked.length === 0 || asked.includes(name));
  for (const [account, name, path, before] of screens)
    for (const theme of THEMES)
      for (const [size, viewport] of WINDOWS) {
        await shot(browser, url, { account, name, path, before, theme, viewport, size });
        process.stdout.write(`${name}-${theme}-${size}.png\n`);
      }
  await browser.close();
} finally {
  starter.disconnect();
  const ended = product.exitCode === null ? once(product, 'exit') : undefined;
  product.kill('SIGTERM');
  await ended;
  rmSync(data, { recursive: true, force: true });
}
