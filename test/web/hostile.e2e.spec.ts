/** Texts that would run, turn lines around, or go on for ever: they are shown as they were written, or refused in words. */
import type { Locator, Page } from 'playwright-core';
import { dayIn } from '../../apps/web/src/parts/zone.js';
import { Person, somebody } from '../journeys/person.js';
import { refer } from '../journeys/treatment.js';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { metAtTheEnd, underTreatment, type Course } from './course.js';
import { button, dialog, type Hands } from './hands.js';
import {
  fieldsIn,
  fillsEverything,
  isOnlyShown,
  LONGER_THAN_ALLOWED,
  NAME,
  REFUSED,
  SCRIPT,
  shown,
  TEXT,
  TURNED,
} from './hostile-texts.js';
import { CLERK, typedTwice } from './records-office.js';

const PATIENCE_MS = 60_000;
const ZONE = 'America/New_York';
/** Characters of a message. */
const MOST = 4_000;

/** Parts of commands that people write freely. */
const NAMES = new Set(['family', 'given']);
const TEXTS = new Set([
  ...['text', 'reason', 'note', 'summary', 'clinicalQuestion', 'response', 'duplicateOverrideReason'],
  ...['subjective', 'objective', 'assessment', 'plan'],
]);

const soiled = (value: unknown, part = ''): unknown => {
  if (Array.isArray(value)) return value.map((one) => soiled(one, part));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, soiled(one, name)]));
  if (typeof value !== 'string') return value;
  if (NAMES.has(part)) return `${value} ${NAME}`;
  return TEXTS.has(part) ? `${value} ${TEXT}` : value;
};

/** Writes more than was asked for, wherever it may be written freely. */
class Hostile extends Person {
  override does(path: string, body?: unknown, key?: string): ReturnType<Person['does']> {
    return super.does(path, soiled(body), key);
  }
}

describeWithBrowser('a hostile text', () => {
  const screens = atTheScreens(REFUSED);
  let course: Course;
  let visit: string;

  const at = (account: string, path: string): Promise<Hands> => screens.open(account, { path });

  /** A message about somebody of whom nobody began to write: what was left in a form comes in under what is typed meanwhile. */
  const writingOf = async (family: string): Promise<{ readonly page: Page; readonly field: Locator }> => {
    const physician = screens.product.fascia.as('physician-demo');
    const { referral } = await refer(physician, await physician.registers(family), 'SELF-PAY');
    const { page } = await at('physician-demo', `/referrals/${referral}`);
    await button(page, 'Write a message').click();
    return { page, field: dialog(page).getByLabel('Message') };
  };

  beforeAll(async () => {
    const { fascia } = screens.product;
    course = await underTreatment({ fascia: { as: (name) => new Hostile(fascia, name) } }, 'Dahl');
    const physician = new Hostile(fascia, 'physician-demo');
    const { id: waiting } = (await physician.does('/api/v1/patients', somebody('Falk'))) as { id: string };
    await refer(physician, waiting, 'SELF-PAY');
    await physician.does(`/api/v1/referrals/${course.referral}/post-message`, { text: 'A word.' });
    await metAtTheEnd(course);
    const { items } = (
      await fascia.as('therapist-demo').get(`/api/v1/sessions?referralId=${course.referral}`)
    ).body as { readonly items: readonly [{ readonly id: string }] };
    visit = items[0].id;
  });

  it.each([
    ['of the list of referrals', 'physician-demo', () => '/referrals'],
    ['of a referral', 'physician-demo', () => `/referrals/${course.referral}`],
    ['of the referral, at the clinic', 'therapist-demo', () => `/referrals/${course.referral}`],
    ['of the plan', 'therapist-demo', () => `/referrals/${course.referral}/plan`],
    ['of the visit', 'therapist-demo', () => `/visits/${visit}`],
    ['of the schedule', 'coordinator-demo', () => `/schedule?day=${dayIn(new Date().toISOString(), ZONE)}`],
    ['of the inbox', 'coordinator-demo', () => '/inbox'],
  ])('is shown as it was written on the page %s', async (_where, account, path) => {
    const { page } = await at(account, path());
    await shown(page).first().waitFor({ timeout: PATIENCE_MS });
    await isOnlyShown(page);
  });

  it('is shown as it was written in what an outcome came to', async () => {
    await course.reported({ kind: 'goals-met', summary: 'All is well.' });
    const { page } = await at('physician-demo', `/referrals/${course.referral}`);
    await button(page, 'Acknowledge').click();
    await dialog(page).getByRole('heading', { name: 'The five benefits' }).waitFor();
    await shown(page, dialog(page)).first().waitFor();
    await isOnlyShown(page);
  });

  it('is taken, or refused in words, in every field of what is said about a referral', async () => {
    const { page } = await at('physician-demo', `/referrals/${course.referral}`);
    const deeds = page.getByRole('region', { name: 'What can be done' }).getByRole('button');
    await deeds.first().waitFor();
    let filled = 0;
    for (const deed of await deeds.all()) {
      await deed.click();
      await dialog(page).locator('form').waitFor();
      if ((await fieldsIn(dialog(page)).count()) > 0)
        filled += (await fillsEverything(dialog(page), TEXT)).length;
      await isOnlyShown(page);
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });
    }
    expect(filled).toBeGreaterThan(0);
  });

  it.each([
    ['with a NUL', 'Gruber', 'before\u0000after'],
    ['that turns lines around', 'Hansen', TURNED],
  ])('%s is refused in words that say why, and stays where it was typed', async (_what, family, text) => {
    const { page, field } = await writingOf(family);
    await field.fill(text);
    await dialog(page).getByRole('button', { name: 'Write a message' }).click();
    await dialog(page).getByRole('alert').waitFor();
    expect(await dialog(page).getByRole('alert').textContent()).toMatch(/\w{3,} \w+/);
    expect(await field.inputValue()).toContain(text.slice(0, 4));
    await isOnlyShown(page);
  });

  it('that is longer than anybody writes is taken as far as there is room, and shown', async () => {
    const { page, field } = await writingOf('Ivarsson');
    await field.fill(LONGER_THAN_ALLOWED);
    expect((await field.inputValue()).length).toBe(MOST);
    await isOnlyShown(page);
    await dialog(page).getByRole('button', { name: 'Write a message' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    await page.getByText('W'.repeat(MOST)).waitFor({ timeout: PATIENCE_MS });
    await isOnlyShown(page);
  });

  it('is taken, or refused in words, in every field of a new patient', async () => {
    const { page } = await at('physician-demo', '/referrals/new');
    await page.getByLabel('Part of the name').fill(SCRIPT);
    await button(page, 'Register a new patient').click();
    const form = page.getByRole('form');
    expect((await fillsEverything(form, NAME)).length).toBeGreaterThan(4);
    await form.getByRole('button', { name: 'Register and begin the referral' }).click();
    await form.getByText('This is needed.').first().waitFor();
    await isOnlyShown(page);
  });

  it('is taken, or refused in words, in every field of an order', async () => {
    const { fascia } = screens.product;
    const physician = fascia.as('physician-demo');
    const patientId = await physician.registers('Eriksen');
    const { id } = (await physician.does('/api/v1/referrals', { patientId, content: {} })) as { id: string };
    const { page } = await at('physician-demo', `/referrals/${id}/draft`);
    await page.getByLabel('Clinical question').waitFor();
    expect((await fillsEverything(page.locator('main'), TEXT)).length).toBeGreaterThan(5);
    // Since when is no free text: what is written there instead is told.
    await page.getByText('Write 2026, 2026-04 or 2026-04-15').waitFor();
    await page.getByText('Not part of it yet').waitFor();
    await isOnlyShown(page);
    await page.getByLabel('Since').fill('2026-03');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await page.getByLabel('Clinical question').waitFor();
    expect(await page.getByLabel('Clinical question').inputValue()).toBe(TEXT);
    await isOnlyShown(page);
  });

  it('is looked for, and not found, in every field of an auditor', async () => {
    const { page } = await at('auditor-demo', '/audit');
    await page.getByRole('search').waitFor();
    expect((await fillsEverything(page.locator('main'), NAME)).length).toBe(2);
    await page.getByText('No case fits').waitFor();
    await isOnlyShown(page);
  });

  it('is taken, or refused in words, where two records are settled', async () => {
    const pair = await typedTwice(screens.product.fascia, 'Halloran', '1955-09-10');
    const { page } = await at(CLERK, `/matches/${pair.join('/')}`);
    await page.locator('#settle').waitFor();
    expect((await fillsEverything(page.locator('main'), TEXT)).length).toBe(1);
    await button(page, 'Two people').click();
    await page.locator('#settle').waitFor({ state: 'detached' });
    await isOnlyShown(page);
  });
});
