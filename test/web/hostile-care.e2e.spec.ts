/** Hostile texts where care is planned, given, measured and booked: every field is filled, and what is no text is refused in words where it stands. */
import { randomUUID } from 'node:crypto';
import { until } from '@fascia/testkit';
import type { Locator, Page } from 'playwright-core';
import { dayIn, daysLater, momentAt } from '../../apps/web/src/parts/zone.js';
import { today } from '../journeys/harness.js';
import type { Person } from '../journeys/person.js';
import { refer } from '../journeys/treatment.js';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { underTreatment, type Course } from './course.js';
import { button, chooses, dialog, section, type Hands } from './hands.js';
import { fillsEverything, isOnlyShown, REFUSED, refusesNoText, shown, TEXT } from './hostile-texts.js';
import type { Opening } from './people.js';
import { clock } from './steps/visiting.js';
import { DIALOG, list, option } from './things.js';
import { visitCase, type VisitCase } from './visit-case.js';

const PATIENCE_MS = 60_000;
const MINUTE_MS = 60_000;
const ZONE = 'America/New_York';
const FAMILY = 'Ozolins';
const SCREENED = { flags: [], vitals: {}, skinIntact: true, consentVerbal: true, nprsPre: 5 };

/** As somebody left it who was called away: what only some cases ask for is shown where it was said before. */
const leaves = async (person: Person, form: string, typed: object): Promise<void> => {
  const content = { typed: { typed, key: randomUUID() } };
  const { status } = await person.send('PUT', `/api/v1/forms/${form}`, content);
  expect(status).toBe(200);
};

const called = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole('textbox', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
const pressed = (within: Locator, name: string): Locator => within.getByRole('button', { name, exact: true });

/** In the dialog that is open: everything is filled, what is no text is refused, and the rest is sent. */
const says = async (page: Page, label: string, sends: string): Promise<void> => {
  const form = dialog(page);
  await form.locator('form').waitFor();
  expect(await fillsEverything(form, TEXT)).toContain(label);
  await isOnlyShown(page);
  await isSent(form, called(form, label), sends);
};

const isSent = async (form: Locator, field: Locator, sends: string): Promise<void> => {
  await refusesNoText(form, { field, send: pressed(form, sends) });
  await field.fill(TEXT);
  await pressed(form, sends).click();
  await form.waitFor({ state: 'hidden' });
};

describeWithBrowser('a hostile text in care', () => {
  const screens = atTheScreens(REFUSED);
  let made: VisitCase;
  let course: Course;

  const as = (name: string): Person => screens.product.fascia.as(name);
  const at = (account: string, path: string, more: Pick<Opening, 'prepare'> = {}): Promise<Hands> =>
    screens.open(account, { path, ...more });
  const idOf = async (doing: Promise<unknown>): Promise<string> => ((await doing) as { id: string }).id;

  beforeAll(async () => {
    const [physician, therapist] = [as('physician-demo'), as('therapist-demo')];
    course = await underTreatment(screens.product, 'Paulsen');
    made = await visitCase({ physician, therapist }, await physician.registers(FAMILY), today());
  });

  it('is shown, or refused in words, in every field of a visit', async () => {
    const therapist = as('therapist-demo');
    const to = `/api/v1/sessions/${made.visit}`;
    await therapist.does(`${to}/check-in`);
    const form = `RecordIntervention.${made.visit}`;
    const { page } = await at('therapist-demo', `/visits/${made.visit}`);
    await page.locator('#pre-screen').waitFor({ timeout: PATIENCE_MS });
    // Numbers alone: of a text nothing is left but its digits.
    await fillsEverything(section(page, 'Before treatment'), TEXT);
    await isOnlyShown(page);

    await therapist.does(`${to}/record-pre-screen`, SCREENED);
    // Chosen before it was forbidden, and nothing that the plan names: every reason is asked for.
    const row = { region: 'shoulder', side: 'right', technique: 'IASTM', tissue: 'fascia', pressureGrade: 2 };
    const said = { minutes: 5, cpt: '97140', response: '', deviationReason: '', doneDespite: '' };
    await leaves(therapist, form, { rows: [{ id: randomUUID(), ...row, ...said }] });
    await therapist.does(`${to}/start`);
    const card = page.getByRole('article', { name: 'Right shoulder' });
    await card.getByText(/^Not here\./).waitFor({ timeout: PATIENCE_MS });
    expect(await fillsEverything(card, TEXT)).toEqual(
      expect.arrayContaining([
        'Billing code',
        'Response',
        'Why it leaves the plan',
        'If it was done before it could be asked: what happened',
      ]),
    );
    await called(card, 'Minutes').fill('5');
    await isOnlyShown(page);
    const record = pressed(card, 'Record: Right shoulder');
    await record.click();
    await card.getByText('The table of service codes has no such code.').waitFor();
    expect(await called(card, 'Response').inputValue()).toBe(TEXT);
    await called(card, 'Billing code').fill('97140');
    await refusesNoText(card, { field: called(card, 'Response'), send: record });
    await called(card, 'Response').fill(TEXT);
    await record.click();
    await card.waitFor({ state: 'hidden' });
    await shown(page, page.getByRole('table', { name: 'Recorded' }))
      .first()
      .waitFor();
    await isOnlyShown(page);
    // Whoever opens it next is not to find the row again.
    await until(
      async () => JSON.stringify((await therapist.get(`/api/v1/forms/${form}`)).body).includes('"rows":[]'),
      { deadlineMs: PATIENCE_MS, message: 'nothing to be left that is not recorded' },
    );
  });

  it('is shown, or refused in words, in every part of a note', async () => {
    const { page } = await at('therapist-demo', `/visits/${made.visit}`);
    const end = section(page, 'End of the visit');
    await end.waitFor({ timeout: PATIENCE_MS });
    await page.getByLabel(/^Began/).fill(clock(Date.now() - 40 * MINUTE_MS));
    await end
      .getByRole('group', { name: 'Pain after treatment' })
      .getByRole('radio', { name: '3', exact: true })
      .click();
    expect(await fillsEverything(end, TEXT)).toEqual(
      expect.arrayContaining(['Subjective', 'Objective', 'Assessment', 'Plan']),
    );
    await called(end, 'Minutes of treatment, rest left out').fill('5');
    await isOnlyShown(page);
    const complete = pressed(end, 'Complete the visit');
    await refusesNoText(end, { field: called(end, 'Subjective'), send: complete });
    expect(await called(end, 'Plan').inputValue()).toBe(TEXT);
    await called(end, 'Subjective').fill(TEXT);
    await complete.click();
    await button(page, 'Sign the note').waitFor({ timeout: PATIENCE_MS });
    await shown(page).first().waitFor();
    await isOnlyShown(page);

    // As somebody else of the clinic finds it, who has to say why they sign.
    const { page: another } = await at('therapist-demo', `/visits/${made.visit}`, {
      prepare: async (fresh) => {
        await fresh.route('**/api/v1/me', async (route) => {
          const response = await route.fetch();
          const me = (await response.json()) as object;
          await route.fulfill({ response, json: { ...me, practitionerId: randomUUID() } });
        });
      },
    });
    const signature = section(another, 'Signature');
    await signature.waitFor({ timeout: PATIENCE_MS });
    expect(await fillsEverything(signature, TEXT)).toEqual(['Why you sign for the therapist of the visit']);
    await isOnlyShown(another);
  });

  it('is shown, or refused in words, in what is added to a signed note', async () => {
    const { page } = await at('therapist-demo', `/visits/${made.before}`);
    await button(page, 'Add to the note').click();
    await says(page, 'Why', 'Add to the note');
    await shown(page).nth(1).waitFor({ timeout: PATIENCE_MS });
    await isOnlyShown(page);
  });

  it('is shown, or refused in words, in every field of a plan and of the answer to it', async () => {
    const asking = await at('physician-demo', `/referrals/${made.referral}`);
    const plan = section(asking.page, 'Plan of care');
    const change = called(plan, 'What should be changed?');
    const ask = pressed(plan, 'Ask for a change');
    await refusesNoText(plan, { field: change, send: ask });
    await change.fill(TEXT);
    await ask.click();
    await ask.waitFor({ state: 'hidden' });
    await shown(asking.page, plan).first().waitFor({ timeout: PATIENCE_MS });
    await isOnlyShown(asking.page);

    const { page } = await at('therapist-demo', `/referrals/${made.referral}/plan`);
    await page.locator('#part-precautions').waitFor({ timeout: PATIENCE_MS });
    await shown(page).first().waitFor();
    for (const more of ['One more goal', 'One more intervention', 'One more'])
      await button(page, more).click();
    expect(await fillsEverything(page.locator('main'), TEXT)).toEqual(
      expect.arrayContaining([
        'In words',
        'Code number (CPT)',
        'Who sees to it',
        'Note',
        'Home programme',
        'Minutes a visit',
      ]),
    );
    await page.getByRole('combobox', { name: 'Technique' }).last().click();
    await page.getByRole('option', { name: /^MFR/ }).click();
    await called(page, 'Visits a week').fill('2');
    await isOnlyShown(page);
    const program = called(page, 'Home programme');
    await program.fill('before\u0000after');
    const refused = page.getByRole('alert').filter({ hasText: 'holds a NUL character' });
    await refused.waitFor({ timeout: PATIENCE_MS });
    expect(await program.inputValue()).toContain('before');
    await program.fill(TEXT);
    await refused.waitFor({ state: 'hidden' });
    await page.getByText('Saved', { exact: true }).waitFor({ timeout: PATIENCE_MS });

    await page.reload();
    await page.locator('#part-precautions').waitFor({ timeout: PATIENCE_MS });
    for (const goal of await called(page, 'In words').all()) expect(await goal.inputValue()).toBe(TEXT);
    for (const label of ['Note', 'Home programme']) expect(await called(page, label).inputValue()).toBe(TEXT);
    expect(await called(page, 'Who sees to it').inputValue()).toBe(TEXT.slice(0, 200));
    await isOnlyShown(page);
  });

  it('is shown, or refused in words, in all that is said about a red flag', async () => {
    const physician = as('physician-demo');
    const patientId = await physician.registers('Sato');
    const { referral } = await refer(physician, patientId, 'SELF-PAY');
    const flag = { patientId, catalogueId: 'F11', source: 'by-hand', note: TEXT };
    await physician.does('/api/v1/flags', flag);
    const { page } = await at('physician-demo', `/referrals/${referral}`);
    await shown(page, page.getByRole('alert')).waitFor({ timeout: PATIENCE_MS });
    await button(page, 'Record a call').click();
    const form = dialog(page);
    await form.locator('form').waitFor();
    expect(await fillsEverything(form, TEXT)).toEqual(['Who was called, or spoken to']);
    for (const answer of ['by phone', 'Yes']) await form.getByText(answer, { exact: true }).click();
    await isOnlyShown(page);
    await isSent(form, called(form, 'Who was called, or spoken to'), 'Record a call');
    await button(page, 'It is a danger').click();
    await says(page, 'What is done about it', 'It is a danger');
    await isOnlyShown(page);
    await button(page, 'Care may go on').click();
    await says(page, 'Why care may go on', 'Care may go on');
    await button(page, 'Care may go on').waitFor({ state: 'hidden', timeout: PATIENCE_MS });
  });

  it('is shown, or refused in words, in the reasons of an order and of its findings', async () => {
    const physician = as('physician-demo');
    const patientId = await physician.registers('Quill');
    await physician.does('/api/v1/diagnoses', {
      patientId,
      code: 'M76.52',
      site: { region: 'knee', side: 'left' },
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
      verification: 'confirmed',
      source: 'clinician',
      onset: '2026-02',
    });
    const content = { suspicion: 'a', siteExplanation: 'b', duplicateOverrideReason: 'c' };
    const id = await idOf(physician.does('/api/v1/referrals', { patientId, content }));
    const { page } = await at('physician-demo', `/referrals/${id}/draft`);
    const questions = section(page, 'Safety questions');
    await questions.getByRole('radiogroup').first().getByText('Yes', { exact: true }).click();
    const settled = called(questions, 'Why care may go on');
    await settled.waitFor({ timeout: PATIENCE_MS });
    expect(await fillsEverything(page.locator('main'), TEXT)).toEqual(
      expect.arrayContaining([
        'Why the diagnosis is suspected',
        'Why the order is for another place than its diagnoses',
        'Why a second order for this place is needed',
        'Why care may go on',
        'Clinical question',
      ]),
    );
    await called(page, 'Since').fill('2026-03');
    await isOnlyShown(page);
    await refusesNoText(questions, { field: settled, send: pressed(questions, 'Raise and settle it') });
    await settled.fill(TEXT);
    await pressed(questions, 'Raise and settle it').click();
    await settled.waitFor({ state: 'hidden', timeout: PATIENCE_MS });

    await button(page, 'Refute: M76.52').click();
    await says(page, 'Why it is not so', 'Refute');
    await isOnlyShown(page);
  });

  it('is shown, or refused in words, in questions and in their answers', async () => {
    const physician = as('physician-demo');
    const { referral } = await refer(physician, await physician.registers('Rask'), 'SELF-PAY');
    await as('coordinator-demo').does(`/api/v1/referrals/${referral}/acknowledge-receipt`);
    const { page } = await at('coordinator-demo', `/referrals/${referral}`);
    await button(page, 'Ask the physician').click();
    await button(page, 'One more question').click();
    await called(page, 'Question 2').waitFor();
    await says(page, 'Question 1', 'Ask the physician');
    await shown(page).first().waitFor({ timeout: PATIENCE_MS });

    const { page: answering } = await at('physician-demo', `/referrals/${referral}`);
    await button(answering, 'Answer').click();
    const form = dialog(answering);
    await form.locator('form').waitFor();
    expect(await fillsEverything(form, TEXT)).toEqual([TEXT, TEXT]);
    await isOnlyShown(answering);
    await isSent(form, form.getByRole('textbox').first(), 'Answer');
    await shown(answering).nth(2).waitFor({ timeout: PATIENCE_MS });
    await isOnlyShown(answering);
  });

  it('is shown, or refused in words, in what is measured and in what came of it', async () => {
    const hands = await at('therapist-demo', `/referrals/${course.referral}`);
    const { page } = hands;
    const form = dialog(page);
    await page.getByRole('img', { name: /^Pain \(NPRS\): from/ }).waitFor({ timeout: PATIENCE_MS });
    await button(page, 'Measure again').last().click();
    await form.locator('form').waitFor();
    expect(await fillsEverything(form, TEXT)).toEqual(
      expect.arrayContaining(['Device', 'Position of the patient']),
    );
    await isOnlyShown(page);
    await called(form, /^Degrees/).fill('100');
    await isSent(form, called(form, 'Device'), 'Record');
    const measured = page.getByRole('row').filter({ hasText: 'In between' });
    await measured.getByRole('button', { name: 'Correct' }).click();
    await form.locator('form').waitFor();
    expect(await fillsEverything(form, TEXT)).toContain('Why it is corrected');
    await isOnlyShown(page);
    await called(form, /^Degrees/).fill('100');
    await isSent(form, called(form, 'Why it is corrected'), 'Record');

    await button(page, 'Report the outcome').click();
    await form.getByRole('heading', { name: 'The five benefits' }).waitFor();
    await hands.chooses(list('What treatment came to', DIALOG), option('Goals met'));
    expect(await fillsEverything(form, TEXT)).toEqual([
      'Of goals met: why it is called so where what was measured does not say it',
      'Why nothing was measured at the end, if nothing was',
      'Discharge summary (sending it signs it)',
    ]);
    await isOnlyShown(page);
    await isSent(form, called(form, /^Discharge summary/), 'Report the outcome');

    const { page: closing } = await at('physician-demo', `/referrals/${course.referral}`);
    await button(closing, 'Acknowledge').click();
    await shown(closing, dialog(closing)).first().waitFor({ timeout: PATIENCE_MS });
    await says(closing, 'Note', 'Acknowledge');
    await isOnlyShown(closing);
  });

  it('is shown, or refused in words, in every reason of the schedule', async () => {
    const coordinator = as('coordinator-demo');
    const { items } = (await coordinator.get('/api/v1/practitioners?name=halvorsen')).body as {
      readonly items: readonly { readonly id: string }[];
    };
    const now = dayIn(new Date().toISOString(), ZONE);
    const day = daysLater(now, 7);
    const visit = await idOf(
      coordinator.does('/api/v1/sessions', {
        referralId: made.referral,
        kind: 'treatment',
        therapistId: items[0]?.id,
        start: momentAt(day, 10 * 60, ZONE),
        end: momentAt(day, 11 * 60, ZONE),
      }),
    );
    await leaves(coordinator, `RescheduleSession.${visit}`, { beyondOrder: 'x' });
    const hands = await at('coordinator-demo', `/schedule?day=${day}`);
    const { page } = hands;
    const form = dialog(page);
    const opens = async (): Promise<void> => {
      await page.locator('[data-state="Scheduled"]').filter({ hasText: FAMILY }).click();
    };
    await opens();
    await pressed(form, 'Move or shorten').click();
    const beyond = called(form, /goes beyond what was ordered/);
    await beyond.waitFor();
    await beyond.fill(TEXT);
    await isOnlyShown(page);
    await refusesNoText(form, { field: beyond, send: pressed(form, 'Move or shorten') });
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden' });

    await opens();
    await pressed(form, 'Cancel the visit').click();
    await chooses(hands, 'Who cancels', 'The patient');
    await says(page, 'Why', 'Cancel the visit');
    await page.locator('main li').filter({ hasText: FAMILY }).getByRole('button').click();
    await shown(page, form).waitFor();
    await isOnlyShown(page);

    await leaves(coordinator, `ScheduleSession.${made.referral}`, { beyondOrder: 'x', lateReason: 'x' });
    const { page: late } = await at(
      'coordinator-demo',
      `/schedule?day=${daysLater(now, -1)}&book=${made.referral}`,
    );
    const booking = dialog(late);
    await booking.getByText('This is as you left it').waitFor({ timeout: PATIENCE_MS });
    const reasons = [called(booking, /It has taken place/), called(booking, /goes beyond what was ordered/)];
    for (const reason of reasons) {
      await reason.waitFor({ timeout: PATIENCE_MS });
      await reason.fill(TEXT);
    }
    await isOnlyShown(late);
    for (const field of reasons) {
      await refusesNoText(booking, { field, send: pressed(booking, 'Book a visit') });
      await field.fill(TEXT);
    }
  });

  it('is shown, or refused in words, where a finding and an order are said otherwise', async () => {
    const physician = as('physician-demo');
    const { referral } = await refer(physician, await physician.registers('Quint'), 'SELF-PAY');
    const hands = await at('physician-demo', `/referrals/${referral}/revise`);
    const { page } = hands;
    await hands.click(page.getByRole('button', { name: /^Change: M76/ }));
    await hands.chooses(list('What is wrong there', DIALOG), option('Adhesion'));
    await says(page, 'Why it is changed', 'Change the diagnosis');

    const why = called(page, 'Why it is changed');
    const send = page.getByRole('button', { name: 'Send the change' });
    await called(page, 'Clinical question').fill(TEXT);
    await refusesNoText(page.locator('main'), { field: why, send });
    await why.fill(TEXT);
    await isOnlyShown(page);
    await send.click();
    const changed = section(page, 'What changed in the order');
    await shown(page, changed).first().waitFor({ timeout: PATIENCE_MS });
    await isOnlyShown(page);
  });
});
