/** Hostile texts on the screens of those who answer for the whole: operators, records, auditors. */
import { until } from '@fascia/testkit';
import type { Locator } from 'playwright-core';
import { somebody } from '../journeys/person.js';
import { refer } from '../journeys/treatment.js';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { button, dialog, type Hands } from './hands.js';
import {
  fillsEverything,
  isOnlyShown,
  NAME,
  refusesNoText,
  REFUSED,
  SCRIPT,
  shown,
} from './hostile-texts.js';
import { CLERK, typedTwice } from './records-office.js';

const PATIENCE_MS = 60_000;
/** With a word that no line is long enough for, and within what a name may be. */
const LONG_NAME = `${SCRIPT} ${'W'.repeat(110)}`;

describeWithBrowser('a hostile text', () => {
  const screens = atTheScreens(REFUSED);
  let person: string;
  let clinic: string;
  let referral: string;
  let imported: string;

  const at = (account: string, path: string): Promise<Hands> => screens.open(account, { path });

  beforeAll(async () => {
    const { fascia } = screens.product;
    const [operator, physician] = [fascia.as('operator-demo'), fascia.as('physician-demo')];
    const created = async (path: string, body: object): Promise<string> =>
      ((await operator.does(path, body)) as { readonly id: string }).id;
    clinic = await created('/api/v1/organizations', {
      ...{ name: `${NAME} ${LONG_NAME}`, kind: 'clinic', timeZone: 'UTC' },
      ...{ identifiers: [], telecom: [], address: [] },
    });
    await operator.does(`/api/v1/organizations/${clinic}/register-source-system`, {
      system: `urn:${'W'.repeat(200)}`,
      byDefault: true,
    });
    person = await created('/api/v1/practitioners', {
      name: { family: LONG_NAME, given: ['Robin'], prefix: [] },
      taxonomies: [],
      address: [],
      roles: [{ role: 'therapist', organizationId: clinic }],
    });
    await operator.does(`/api/v1/practitioners/${person}/record-licence`, {
      ...{ state: 'MA', number: '1', kind: NAME.slice(0, 100), from: '2020-01-01', to: '2099-12-31' },
    });
    const subject = { reference: 'Patient/hostile' };
    const file = [
      {
        ...{ resourceType: 'Patient', id: 'hostile', birthDate: '1961-02-03', gender: 'female' },
        name: [{ family: LONG_NAME, given: ['Robin'] }],
      },
      {
        ...{ resourceType: 'MedicationStatement', id: 'm', status: 'active', subject },
        medicationCodeableConcept: {
          coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '11289' }],
        },
      },
    ].map((resource) => ({ resource }));
    const answer = await physician.insists(
      'POST',
      '/api/v1/imports',
      { resourceType: 'Bundle', type: 'collection', entry: file },
      { 'content-type': 'application/fhir+json' },
    );
    imported = (answer.body as { readonly id: string }).id;
    const known = (await physician.does('/api/v1/patients', somebody(LONG_NAME))) as { readonly id: string };
    referral = (await refer(physician, known.id, 'SELF-PAY')).referral;
    await typedTwice(fascia, LONG_NAME, '1951-02-03');
    const [away, survivorId] = await typedTwice(fascia, LONG_NAME, '1952-03-04');
    await fascia
      .as(CLERK)
      .does(`/api/v1/patients/${away}/merge`, { survivorId, reason: `${NAME} ${LONG_NAME}` });
    await until(
      async () =>
        (await operator.get('/api/v1/imports')).body.items.some(({ id }: { id: string }) => id === imported),
      { deadlineMs: PATIENCE_MS, message: 'the import to be listed' },
    );
  });

  it.each([
    ['of people', 'operator-demo', () => '/people'],
    ['of somebody', 'operator-demo', () => `/people/${person}`],
    ['of organisations', 'operator-demo', () => '/organizations'],
    ['of proposed precautions', 'physician-demo', () => '/precautions'],
    ['of records that may be one', CLERK, () => '/matches'],
    ['of merged records', CLERK, () => '/merges'],
    ['of a case', 'auditor-demo', () => `/audit/cases/${referral}`],
    ['of who looked', 'auditor-demo', () => '/access'],
  ])('is shown as it was written on the page %s', async (_where, account, path) => {
    const { page } = await at(account, path());
    await shown(page).first().waitFor({ timeout: PATIENCE_MS });
    await isOnlyShown(page);
  });

  it('of a patient stands in no report of an import, nor in their list', async () => {
    const { page } = await at('operator-demo', `/imports/${imported}`);
    await page.locator('#resources').waitFor();
    expect(await shown(page).count()).toBe(0);
    await isOnlyShown(page);
    await page.getByRole('link', { name: 'To all imports' }).click();
    await page.locator('[data-row-link]').first().waitFor();
    expect(await shown(page, page.getByRole('table', { name: 'What was imported' })).count()).toBe(0);
    await isOnlyShown(page);
  });

  /** What is typed goes in, or is refused where it is typed; the dialog is left afterwards. */
  const takes = async (hands: Hands, { opens, send, fields }: Form): Promise<void> => {
    const { page } = hands;
    await opens(hands).click();
    await dialog(page).locator('form').waitFor();
    expect((await fillsEverything(dialog(page), NAME.slice(0, 90))).length).toBe(fields);
    await dialog(page).getByRole('button', { name: send, exact: true }).click();
    await dialog(page).locator('[role="alert"], [data-error], .mantine-InputWrapper-error').first().waitFor();
    await isOnlyShown(page);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
  };

  interface Form {
    readonly opens: (hands: Hands) => Locator;
    readonly send: string;
    readonly fields: number;
  }

  it.each<readonly [string, string, Form]>([
    ['enrols', '/people', { opens: ({ page }) => button(page, 'Enrol somebody'), send: 'Enrol', fields: 5 }],
    [
      'registers a clinic',
      '/organizations',
      { opens: ({ page }) => button(page, 'Register an organisation'), send: 'Register', fields: 2 },
    ],
    [
      'sets days off',
      '/organizations',
      {
        opens: ({ page }) => page.getByRole('button', { name: /^Set days off/ }).first(),
        send: 'Set',
        fields: 1,
      },
    ],
    [
      'names a system',
      '/organizations',
      {
        opens: ({ page }) => page.getByRole('button', { name: /^Name a source system/ }).first(),
        send: 'Name it',
        fields: 1,
      },
    ],
  ])('is taken, or refused in words, in every field of whoever %s', async (_who, path, form) => {
    await takes(await at('operator-demo', path), form);
  });

  it('is taken, or refused in words, in every field of a licence', async () => {
    await takes(await at('operator-demo', `/people/${person}`), {
      opens: ({ page }) => button(page, 'Record a licence'),
      send: 'Record',
      fields: 3,
    });
  });

  it('is refused in words where it is no text', async () => {
    const { page } = await at('operator-demo', '/organizations');
    await button(page, 'Register an organisation').click();
    await dialog(page).getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Clinic' }).click();
    await refusesNoText(dialog(page), {
      field: dialog(page).getByRole('textbox', { name: 'Name', exact: true }),
      send: dialog(page).getByRole('button', { name: 'Register', exact: true }),
    });
    await isOnlyShown(page);
  });

  it('is looked for, and not found, where people are', async () => {
    const { page } = await at('operator-demo', '/people');
    await page.locator('[data-row-link]').first().waitFor();
    expect((await fillsEverything(page.locator('main'), `nobody ${NAME}`)).length).toBe(1);
    await page.getByText('Nobody fits').waitFor();
    await isOnlyShown(page);
  });
});
