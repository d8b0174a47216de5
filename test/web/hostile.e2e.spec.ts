/** Texts that would run, turn lines around, or go on for ever: they are shown as they were written, or refused in words. */
import type { Locator, Page } from 'playwright-core';
import { dayIn } from '../../apps/web/src/parts/zone.js';
import { Person, somebody } from '../journeys/person.js';
import { refer } from '../journeys/treatment.js';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { metAtTheEnd, underTreatment, type Course } from './course.js';
import { button, dialog, type Hands } from './hands.js';
import { fitsItsWindow } from './targets.js';

const PATIENCE_MS = 60_000;
const ZONE = 'America/New_York';
/** What is no text at all is refused as such, what breaks a rule by its name. */
const REFUSED = /: 4(?:00|09|22)$|status of 4(?:00|09|22)/;

const SCRIPT = '"><script>hostile = 1</script><img src=x onerror="hostile = 1">';
/** Also what means something to whoever fills in words, and a family of one sign. */
const NAME = `${SCRIPT} שלום {{name}} $t(referrals.title) \u{1F468}\u200D\u{1F469}\u200D\u{1F467}`;
/** With a word that no line is long enough for. */
const TEXT = `${NAME} ${'W'.repeat(600)}`;
const LONGER_THAN_ALLOWED = 'W'.repeat(10_000);
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

const WIDTHS = [1280, 360];

/** Nothing of it ran, nothing of it became a part of the page, and the page is as wide as its window. */
const isOnlyShown = async (page: Page): Promise<void> => {
  expect(await page.evaluate('typeof hostile')).toBe('undefined');
  expect(await page.locator('img, main script').count()).toBe(0);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 860 });
    await fitsItsWindow(page);
  }
};

const FREE = ':is(textarea, input:not([type]), input[type="text"], input[type="search"])';
/** What somebody may write in as they like; of a list to choose from, nothing else can be kept. */
const fieldsIn = (scope: Locator): Locator =>
  scope.locator(`${FREE}:not([readonly], [disabled], [aria-hidden="true"], [aria-haspopup])`);

/** @returns how many fields there were */
const fillsEverything = async (scope: Locator, text: string): Promise<number> => {
  await fieldsIn(scope).first().waitFor();
  let filled = 0;
  for (const field of await fieldsIn(scope).all()) {
    if (!(await field.isVisible()) || !(await field.isEditable())) continue;
    await field.fill(text);
    filled += 1;
  }
  return filled;
};

describeWithBrowser('a hostile text', () => {
  const screens = atTheScreens(REFUSED);
  let course: Course;
  let visit: string;

  const at = (account: string, path: string): Promise<Hands> => screens.open(account, { path });
  const shown = (page: Page, within = page.locator('main')): Locator =>
    within.getByText('<script>hostile = 1</script>');

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
      if ((await fieldsIn(dialog(page)).count()) > 0) filled += await fillsEverything(dialog(page), TEXT);
      await isOnlyShown(page);
      await page.setViewportSize({ width: 1280, height: 860 });
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });
    }
    expect(filled).toBeGreaterThan(0);
  });

  it.each([
    ['with a NUL', 'before\u0000after'],
    ['that turns lines around', 'Anna \u202EgreB'],
  ])('%s is refused in words that say why, and stays where it was typed', async (_what, text) => {
    const { page } = await at('physician-demo', `/referrals/${course.referral}`);
    await button(page, 'Write a message').click();
    const field = dialog(page).getByLabel('Message');
    await field.fill(text);
    await dialog(page).getByRole('button', { name: 'Write a message' }).click();
    await dialog(page).getByRole('alert').waitFor();
    expect(await dialog(page).getByRole('alert').textContent()).toMatch(/\w{3,} \w+/);
    expect(await field.inputValue()).toContain(text.slice(0, 4));
    await isOnlyShown(page);
  });

  it('that is longer than anybody writes is taken as far as there is room, and shown', async () => {
    const { page } = await at('physician-demo', `/referrals/${course.referral}`);
    await button(page, 'Write a message').click();
    const field = dialog(page).getByLabel('Message');
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
    expect(await fillsEverything(form, NAME)).toBeGreaterThan(4);
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
    expect(await fillsEverything(page.locator('main'), TEXT)).toBeGreaterThan(5);
    // Since when is no free text: what is written there instead is told.
    await page.getByRole('alert').first().waitFor();
    await isOnlyShown(page);
    await page.getByLabel('Since').fill('2026-03');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await page.getByLabel('Clinical question').waitFor();
    expect(await page.getByLabel('Clinical question').inputValue()).toBe(TEXT);
    await isOnlyShown(page);
  });
});
