/** A visit carried by the screens alone, from check-in to the signature and beyond: quickly, safely, and by anybody. */
import { until } from '@fascia/testkit';
import type { Locator, Page } from 'playwright-core';
import { today } from '../journeys/harness.js';
import { barriersOn } from './axe.js';
import { atTheScreens, REFUSED } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { button, dialog, section, type Hands } from './hands.js';
import { openAs } from './people.js';
import { clock, preScreens } from './steps/visiting.js';
import { fitsItsWindow, smallTargetsOn } from './targets.js';
import { book, visitCase, type VisitCase } from './visit-case.js';

/** "Documents a three-site session with pre-screen, narrative and carry-forward." */
const MOST_SECONDS = 90;
const MINUTE_MS = 60_000;
const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };
const DESK = { viewport: { width: 1280, height: 860 } };

const asked = (page: Page, name: string | RegExp): Locator => page.getByRole('group', { name });
const cell = (group: Locator, name: string): Locator => group.getByRole('radio', { name, exact: true });

describeWithBrowser('a visit', () => {
  const screens = atTheScreens(REFUSED);
  let made: VisitCase;

  const people = () => ({
    physician: screens.product.fascia.as('physician-demo'),
    therapist: screens.product.fascia.as('therapist-demo'),
  });

  const at = async (visit: string, options: object = DESK, words = ''): Promise<Hands> => {
    const hands = await screens.open('therapist-demo', { path: `/visits/${visit}${words}`, options });
    await hands.page.getByRole('heading', { level: 1 }).waitFor();
    return hands;
  };

  /** Another one of the same patient, as far as treatment. */
  const underWay = async (): Promise<string> => {
    const { therapist } = people();
    const visit = await book(people(), made.referral);
    const to = `/api/v1/sessions/${visit}`;
    await therapist.does(`${to}/check-in`);
    await therapist.does(`${to}/record-pre-screen`, {
      flags: [],
      vitals: {},
      skinIntact: true,
      consentVerbal: true,
      nprsPre: 5,
    });
    await therapist.does(`${to}/start`);
    return visit;
  };

  beforeAll(async () => {
    const patient = await people().physician.registers('Ozolins');
    made = await visitCase(people(), patient, today());
  });

  it('of three places is documented in time, and signed with one press', async () => {
    const hands = await at(made.visit);
    const { page } = hands;
    await hands.click(button(page, 'Check in'));
    await preScreens(hands);
    await hands.click(button(page, 'Begin treatment'));

    await hands.click(button(page, 'As last time (3 rows)'));
    // Told beside the rows, and among what keeps the visit from being completed.
    await page.getByText('3 rows are not recorded yet, and not in the note.').nth(1).waitFor();
    await page.getByText('33 minutes one-to-one').waitFor();
    await page.getByText('2 units', { exact: true }).waitFor();
    await hands.click(button(page, 'Record 3 rows'));
    const recorded = page.getByRole('table', { name: 'Recorded' });
    await recorded.getByRole('row').nth(3).waitFor();

    await hands.click(page.getByLabel(/^Began/));
    await hands.type(page.getByLabel(/^Began/), clock(Date.now() - 40 * MINUTE_MS));
    await hands.click(cell(asked(page, 'Pain after treatment'), '3'));
    const note = [
      ['Subjective', 'Woke once; drives again.'],
      ['Objective', 'Turns 65 degrees to the right.'],
      ['Assessment', 'Moves more freely after each visit.'],
    ] as const;
    for (const [part, words] of note) {
      await hands.click(page.getByRole('textbox', { name: part }));
      await hands.type(page.getByRole('textbox', { name: part }), words);
    }
    await hands.click(page.getByRole('textbox', { name: 'Plan' }));
    await hands.click(page.getByRole('button', { name: /Chin tucks/ }));
    await page.getByText('Nothing stands in the way.').waitFor();
    // Called away in the middle: the note is as it was left.
    const kept = `/api/v1/forms/CompleteSession.${made.visit}`;
    await until(
      async () => JSON.stringify((await people().therapist.get(kept)).body).includes('Chin tucks'),
      { deadlineMs: MINUTE_MS, message: 'the note to be kept' },
    );
    await page.reload();
    await page.getByText('This is as you left it').waitFor();
    expect(await page.getByRole('textbox', { name: 'Objective' }).inputValue()).toBe(
      'Turns 65 degrees to the right.',
    );
    await page.getByText('Nothing stands in the way.').waitFor();
    await hands.click(button(page, 'Complete the visit'));

    await button(page, 'Sign the note').waitFor();
    expect(await hands.counted(() => hands.click(button(page, 'Sign the note')))).toBe(1);
    await page.getByText(/^Signed by Noor Halvorsen/).waitFor();
    expect(hands.seconds).toBeLessThanOrEqual(MOST_SECONDS);

    const { body } = await people().therapist.get(`/api/v1/sessions/${made.visit}`);
    expect(body).toMatchObject({
      state: 'Signed',
      minutes: { timed: 33, treatment: 33 },
      units: { totalUnits: 2 },
      nprs: { before: 6, after: 3 },
      preScreen: { flags: [], skinIntact: true, consentVerbal: true },
      narrative: { plan: 'Chin tucks, ten, three times a day.' },
    });
    // Nothing that was said of the last visit is said of this one.
    expect(body.interventions.map((one: object) => 'response' in one)).toEqual([false, false, false]);

    await hands.click(button(page, 'Add to the note'));
    await hands.type(dialog(page).getByLabel('What is added'), 'The left side too.');
    await hands.type(dialog(page).getByLabel('Why'), 'Forgotten.');
    await hands.click(dialog(page).getByRole('button', { name: 'Add to the note' }));
    await page.getByText('The left side too.').waitFor();
  });

  it('is screened by keyboard with one key an answer, and a yes says at once what it leads to', async () => {
    const visit = await book(people(), made.referral);
    const hands = await at(visit);
    const { page } = hands;
    await hands.click(button(page, 'Check in'));
    const form = section(page, 'Before treatment');
    await cell(form, 'No').first().waitFor();
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    await page.keyboard.press('Tab');
    for (let n = 0; n < 3; n += 1) await page.keyboard.press('n');
    await page.keyboard.press('y');
    await page.getByText('An emergency: act now').waitFor();
    await cell(asked(page, /chest pain, a drooping/), 'No').click();
    for (let n = 0; n < 8; n += 1) await page.keyboard.press('n');
    await page.keyboard.press('y');
    await page.keyboard.press('y');
    await page.keyboard.press('4');
    await page.keyboard.press('Enter');
    // Key by key, as it is read off.
    await form.getByLabel('Temperature, °C').pressSequentially('36.6');
    await button(page, 'Record the answers').click();
    await button(page, 'Begin treatment').waitFor();
    const { body } = await people().therapist.get(`/api/v1/sessions/${visit}`);
    expect(body.preScreen).toMatchObject({
      flags: [],
      vitals: { tempCelsius: 36.6 },
      skinIntact: true,
      consentVerbal: true,
      nprsPre: 4,
    });

    const begin = button(page, 'Begin treatment');
    await begin.and(page.locator(':focus')).waitFor();
    await people().therapist.does(`/api/v1/sessions/${visit}/record-pre-screen`, {
      flags: [],
      vitals: {},
      skinIntact: true,
      consentVerbal: false,
      nprsPre: 4,
    });
    // What would be refused is said before anybody presses.
    await page
      .getByRole('listitem')
      .filter({ hasText: 'The patient has not consented to the session' })
      .waitFor();

    await hands.click(button(page, 'Break off'));
    await hands.type(dialog(page).getByLabel('Why'), 'Felt faint.');
    await hands.click(dialog(page).getByRole('button', { name: 'Break off' }));
    await page.getByText('Felt faint.').waitFor();
  });

  it('offers what may not be done greyed with its reason, and asks why where it leaves the plan', async () => {
    const hands = await at(await underWay());
    const { page } = hands;
    await page.getByRole('checkbox', { name: 'right shoulder, back' }).focus();
    await hands.press('Space');
    const row = page.getByRole('article', { name: 'Right shoulder' });
    await row.getByText('Not recorded yet').waitFor();
    await row.getByText(/^No harder than 2\. Anticoagulant/).waitFor();
    await row.getByRole('combobox', { name: 'Technique' }).click();
    const closed = page.getByRole('option', { name: /Instrument-assisted mobilisation/ });
    await closed.waitFor();
    expect(await closed.getAttribute('aria-disabled')).toBe('true');
    expect(await closed.textContent()).toContain('Not here. Anticoagulant or antiplatelet medicine');
    await page.getByRole('option', { name: /Petrissage/ }).click();
    await cell(row.getByRole('group', { name: 'Pressure' }), '1').click();
    await row.getByText('Still to be said: why it leaves the plan').waitFor();
    expect(await cell(row.getByRole('group', { name: 'Pressure' }), '3').isDisabled()).toBe(true);
    await row.getByLabel('Why it leaves the plan').fill('Asked for something gentle.');
    await row.getByRole('button', { name: /^Record/ }).click();
    await page.getByText('Not in the plan: Asked for something gentle.').waitFor();

    await hands.click(button(page, 'Entered in error'));
    await hands.type(dialog(page).getByLabel('Why'), 'The wrong patient.');
    await hands.click(dialog(page).getByRole('button', { name: 'Entered in error' }));
    await page.getByText('The wrong patient.').waitFor();
  });

  it('has no barrier at any station, in both themes and in the language that nobody speaks', async () => {
    const visit = await book(people(), made.referral);
    const { therapist } = people();
    const { page } = await at(visit);
    const { page: pseudo } = await at(visit, DESK, '?words=pseudo');
    const hasNoBarrier = async (station: string): Promise<void> => {
      for (const one of [page, pseudo]) await one.locator(`#${station}`).waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await barriersOn(page)).toEqual([]);
      }
      expect(await barriersOn(pseudo)).toEqual([]);
    };
    await hasNoBarrier('arriving');
    const to = `/api/v1/sessions/${visit}`;
    await therapist.does(`${to}/check-in`);
    await hasNoBarrier('pre-screen');
    await therapist.does(`${to}/record-pre-screen`, {
      flags: ['F12'],
      vitals: { sbpMmHg: 120 },
      skinIntact: true,
      consentVerbal: true,
      nprsPre: 5,
    });
    await therapist.does(`${to}/start`);
    await page.locator('#work').waitFor();
    await button(page, 'As last time (3 rows)').click();
    await page.getByRole('article').nth(2).waitFor();
    await hasNoBarrier('work');
    await therapist.does(`${to}/record-intervention`, {
      technique: 'TPR',
      region: 'cervical',
      side: 'right',
      tissue: 'muscle',
      pressureGrade: 2,
      minutes: 8,
      cpt: '97140',
    });
    await therapist.does(`${to}/complete`, {
      start: new Date(Date.now() - 20 * 60 * MINUTE_MS).toISOString(),
      end: new Date(Date.now() - 19 * 60 * MINUTE_MS).toISOString(),
      totalTreatmentMinutes: 8,
      nprsPost: 4,
      narrative: { subjective: 'a', objective: 'b', assessment: 'c', plan: 'd' },
    });
    await hasNoBarrier('signing');
    await therapist.does(`${to}/sign`);
    await hasNoBarrier('note');
  });

  it('is carried with a thumb: nothing to press is smaller than 44 px, and nothing is wider than the phone', async () => {
    const hands = await at(await book(people(), made.referral), PHONE);
    const { page } = hands;
    const fits = async (): Promise<void> => {
      expect(await smallTargetsOn(page)).toEqual([]);
      await fitsItsWindow(page);
    };
    await button(page, 'Check in').waitFor();
    await fits();
    await hands.click(button(page, 'Check in'));
    await button(page, 'Record the answers').waitFor();
    await fits();
    await preScreens(hands);
    await button(page, 'Begin treatment').waitFor();
    await fits();
    await hands.click(button(page, 'Begin treatment'));
    await button(page, 'As last time (3 rows)').waitFor();
    await fits();
    await hands.click(button(page, 'As last time (3 rows)'));
    await page.getByRole('article').nth(2).waitFor();
    await fits();
    await hands.click(page.getByRole('combobox', { name: 'Technique' }).first());
    await page.getByRole('option').first().waitFor();
    await fits();
  });

  it('is found wanting where something is too small (so that the spec above can fail)', async () => {
    const { page } = await at(made.before, PHONE);
    await page.locator('#note').waitFor();
    await page.evaluate(
      `document.querySelector('main').insertAdjacentHTML('beforeend', '<a href="#main">x</a>')`,
    );
    expect(await smallTargetsOn(page)).toEqual([expect.stringMatching(/^<a .*: \d+ x \d+$/)]);
  });

  it('that waits for its signature is found in the inbox, and one to which nobody came says so', async () => {
    const visit = await underWay();
    const { therapist } = people();
    await therapist.does(`/api/v1/sessions/${visit}/complete`, {
      start: new Date(Date.now() - 18 * 60 * MINUTE_MS).toISOString(),
      end: new Date(Date.now() - 17 * 60 * MINUTE_MS).toISOString(),
      totalTreatmentMinutes: 0,
      nprsPost: 4,
      narrative: { subjective: 'a', objective: 'b', assessment: 'c', plan: 'd' },
    });
    await therapist.isAskedFor('SIGN_SESSION', made.referral);
    const page = await openAs(screens.browser, 'therapist-demo', {
      url: screens.product.fascia.url,
      path: '/inbox',
    });
    screens.adopt(page);
    await page.getByRole('link', { name: 'Sign a session' }).first().click();
    await button(page, 'Sign the note').click();
    await page.getByText(/^Signed by Noor Halvorsen/).waitFor();

    const missed = await at(await book(people(), made.referral));
    await missed.click(button(missed.page, 'Did not come'));
    await missed.click(dialog(missed.page).getByRole('button', { name: 'Did not come' }));
    await missed.page.getByRole('heading', { level: 2, name: 'Note' }).waitFor();
    await missed.page.getByText('Did not come', { exact: true }).waitFor();
  });

  it('stands on the page of its referral', async () => {
    const page = await openAs(screens.browser, 'therapist-demo', {
      url: screens.product.fascia.url,
      path: `/referrals/${made.referral}`,
    });
    screens.adopt(page);
    const visits = section(page, 'Visits');
    await visits.getByText('Signed').first().waitFor();
    await visits.getByRole('link').first().click();
    await page.getByRole('heading', { level: 2, name: 'Note' }).waitFor();
  });
});
