/** Every screen, in both themes and in the language that nobody speaks: nothing that keeps somebody out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { today } from '../journeys/harness.js';
import type { Person } from '../journeys/person.js';
import { atTheScreens } from './at-the-screens.js';
import { barriersOn } from './axe.js';
import { describeWithBrowser } from './browser.js';
import { CLERK, typedTwice } from './records-office.js';
import { fitsItsWindow } from './targets.js';
import { visitCase, type VisitCase } from './visit-case.js';

const WIDE = { width: 1280, height: 860 };
/** As at 200 % zoom: half as much room. */
const ZOOMED = { width: 640, height: 430 };
const NARROW = { width: 360, height: 740 };

/** Colours are another matter than room: what is dark is laid out as what is light, long words need the most of it. */
const LOOKS = [
  ['light', '', [WIDE, NARROW]],
  ['dark', '', [WIDE]],
  ['light', '?words=pseudo', [NARROW]],
] as const;
const SHOWN_MS = 60_000;

const ROUTER = join(import.meta.dirname, '..', '..', 'apps', 'web', 'src', 'app', 'router.tsx');
const ROUTES = [...readFileSync(ROUTER, 'utf8').matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path);

interface Created {
  readonly id: string;
}

interface Made extends VisitCase {
  readonly draft: string;
  /** An import of which something is to be settled. */
  readonly imported: string;
  /** Who works in the network. */
  readonly person: string;
  /** Of a person who may have two records. */
  readonly pair: readonly [one: string, other: string];
}

interface Screen {
  readonly account: `${'physician' | 'records' | 'therapist' | 'coordinator' | 'operator' | 'auditor'}-demo`;
  readonly at: (made: Made) => string;
  /** Once it is there, so is the page. */
  readonly shows: string;
}

const ROW = '[data-row-link]';

/** By the route that leads there. */
const SCREENS: Readonly<Record<string, Screen>> = {
  '/': { account: 'physician-demo', at: () => '/', shows: ROW },
  '/referrals': { account: 'physician-demo', at: () => '/referrals', shows: ROW },
  '/referrals/new': { account: 'physician-demo', at: () => '/referrals/new', shows: 'main input' },
  '/referrals/$id': {
    account: 'physician-demo',
    at: ({ referral }) => `/referrals/${referral}`,
    shows: '#thread',
  },
  '/referrals/$id/draft': {
    account: 'physician-demo',
    at: ({ draft }) => `/referrals/${draft}/draft`,
    shows: '#part-questions',
  },
  '/referrals/$id/revise': {
    account: 'physician-demo',
    at: ({ referral }) => `/referrals/${referral}/revise`,
    shows: '#part-changes',
  },
  '/referrals/$id/plan': {
    account: 'therapist-demo',
    at: ({ referral }) => `/referrals/${referral}/plan`,
    shows: '#part-precautions',
  },
  '/visits/$id': { account: 'therapist-demo', at: ({ visit }) => `/visits/${visit}`, shows: '#arriving' },
  '/schedule': { account: 'coordinator-demo', at: () => '/schedule', shows: 'button[data-state]' },
  '/operations': { account: 'operator-demo', at: () => '/operations', shows: '#models' },
  '/imports': { account: 'operator-demo', at: () => '/imports', shows: ROW },
  '/imports/$id': {
    account: 'operator-demo',
    at: ({ imported }) => `/imports/${imported}`,
    shows: '#resources',
  },
  '/people': { account: 'operator-demo', at: () => '/people', shows: ROW },
  '/people/$id': { account: 'operator-demo', at: ({ person }) => `/people/${person}`, shows: 'main table' },
  '/organizations': { account: 'operator-demo', at: () => '/organizations', shows: 'main table' },
  '/keys': { account: 'operator-demo', at: () => '/keys', shows: '#masters' },
  '/precautions': { account: CLERK, at: () => '/precautions', shows: ROW },
  '/matches': { account: CLERK, at: () => '/matches', shows: ROW },
  '/matches/$one/$other': {
    account: CLERK,
    at: ({ pair: [one, other] }) => `/matches/${one}/${other}`,
    shows: '#settle',
  },
  '/merges': { account: CLERK, at: () => '/merges', shows: ROW },
  '/inbox': { account: 'coordinator-demo', at: () => '/inbox', shows: ROW },
  '/audit': { account: 'auditor-demo', at: () => '/audit', shows: '[role="search"]' },
  '/audit/cases/$id': {
    account: 'auditor-demo',
    at: ({ referral }) => `/audit/cases/${referral}`,
    shows: '#happened',
  },
  '/access': { account: 'auditor-demo', at: () => '/access', shows: 'table tbody tr' },
};

describe('the list of screens', () => {
  it('is that of the routes: a new one is looked at as well', () => {
    expect(Object.keys(SCREENS).toSorted()).toEqual(ROUTES.toSorted());
  });
});

/** Of what cannot be taken, beside what nobody needs. @returns its id */
const importedBy = async (physician: Person): Promise<string> => {
  const file = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        resource: {
          resourceType: 'Patient',
          id: 'broken',
          name: [{ family: 'Roe' }],
          birthDate: '1961-02-30',
        },
      },
      { resource: { resourceType: 'Observation', id: 'o' } },
    ],
  };
  const { body } = await physician.insists('POST', '/api/v1/imports', file, {
    'content-type': 'application/fhir+json',
  });
  return (body as Created).id;
};

describeWithBrowser('a screen', () => {
  const screens = atTheScreens();
  let made: Made;

  beforeAll(async () => {
    const { fascia } = screens.product;
    const [physician, therapist] = [fascia.as('physician-demo'), fascia.as('therapist-demo')];
    const patientId = await physician.registers('Ozolins');
    const { id: draft } = (await physician.does('/api/v1/referrals', { patientId, content: {} })) as Created;
    const visit = await visitCase({ physician, therapist }, patientId, today());
    const { items } = (await therapist.get(`/api/v1/plans?referralId=${visit.referral}`)).body as {
      readonly items: readonly Created[];
    };
    // Then it is written on again.
    const asked = { agree: false, text: 'Fewer visits, please.' };
    await physician.does(`/api/v1/plans/${items[0]?.id ?? ''}/review`, asked);
    const [away, survivorId] = await typedTwice(fascia, 'Quintero', '1951-02-03');
    const why = { survivorId, reason: 'Called the practice.' };
    await fascia.as(CLERK).does(`/api/v1/patients/${away}/merge`, why);
    const { body: me } = await therapist.get('/api/v1/me');
    made = {
      ...visit,
      draft,
      imported: await importedBy(physician),
      person: (me as { readonly practitionerId: string }).practitionerId,
      pair: await typedTwice(fascia, 'Vandermeer', '1973-04-05'),
    };
  });

  const isShown = async (page: Page, shows: string): Promise<void> => {
    await page.locator(shows).first().waitFor({ timeout: SHOWN_MS });
    await page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached', timeout: SHOWN_MS });
  };

  it.each(LOOKS)('has no barrier, on any route (%s %s)', async (colorScheme, words, looked) => {
    const found: [route: string, barrier: string][] = [];
    const options = { colorScheme, viewport: WIDE };
    for (const account of new Set(Object.values(SCREENS).map((screen) => screen.account))) {
      const { page } = await screens.open(account, { options });
      for (const [route, { at, shows }] of Object.entries(SCREENS).filter(
        ([, one]) => one.account === account,
      )) {
        await page.goto(`${screens.product.fascia.url}${at(made)}${words}`);
        await isShown(page, shows);
        for (const size of [WIDE, ZOOMED, NARROW]) {
          await page.setViewportSize(size);
          await fitsItsWindow(page);
          if (!looked.some((one) => one === size)) continue;
          for (const barrier of await barriersOn(page))
            found.push([`${route}, ${String(size.width)} px`, barrier]);
        }
        await page.setViewportSize(WIDE);
      }
    }
    expect(found).toEqual([]);
  });

  it.each(LOOKS)('has none where a form is open over it (%s %s)', async (colorScheme, words) => {
    const { page } = await screens.open('physician-demo', {
      path: `/referrals/${made.referral}${words}`,
      options: { colorScheme, viewport: WIDE },
    });
    await isShown(page, '#thread');
    await page.locator('section[aria-labelledby="deeds"] button').first().click();
    await page.getByRole('dialog').locator('form').waitFor();
    expect(await barriersOn(page)).toEqual([]);
  });

  it('of somebody without a screen of theirs says so, as does one that there is not', async () => {
    const { page } = await screens.open('physician-demo', {
      prepare: async (fresh) => {
        await fresh.route('**/api/v1/me', async (route) => {
          const response = await route.fetch();
          const me = (await response.json()) as { readonly actingAs: object };
          await route.fulfill({ response, json: { ...me, actingAs: { ...me.actingAs, role: 'patient' } } });
        });
      },
    });
    await page.getByText('There is no screen for your role yet').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    const { page: nowhere } = await screens.open('physician-demo', { path: '/nowhere' });
    await nowhere.getByText('There is no such thing, or it is not yours to see').waitFor();
    expect(await barriersOn(nowhere)).toEqual([]);
  });

  it('is found wanting where it is (so that the others can fail)', async () => {
    const { page } = await screens.open('physician-demo');
    await isShown(page, ROW);
    await page.evaluate(
      `document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')`,
    );
    expect(await barriersOn(page)).toEqual([expect.stringContaining('button-name')]);
  });

  it('turns round in a language that is read from the right', async () => {
    const { page } = await screens.open('physician-demo', { path: '/referrals?words=pseudo' });
    await isShown(page, ROW);
    expect(await page.evaluate('document.documentElement.dir')).toBe('rtl');
  });
});
