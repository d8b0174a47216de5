/** Orders by the screens alone: for somebody nobody knows yet, and like the last one. What it takes is counted. */
import type { Page } from 'playwright-core';
import { somebody } from '../journeys/person.js';
import { served, type Served } from '../journeys/served.js';
import { barriersOn } from './axe.js';
import { describeWithBrowser, noTrouble, TestBrowser } from './browser.js';
import { DRAFTS } from './drafts.js';
import { button, chooses, Hands } from './hands.js';
import { writesOrder } from './order-case.js';
import { formKept, openAs } from './people.js';
import { answersSafety, sends } from './steps/ordering.js';
import { fitsItsWindow } from './targets.js';
import { region } from './things.js';

const PATIENCE_MS = 60_000;
const MOST_INPUTS = 30;
const MOST_SECONDS = 90;
const MOST_CLICKS = 6;

const LOOKS = [
  ['light', ''],
  ['dark', ''],
  ['light', '?words=pseudo'],
] as const;

describeWithBrowser('an order', () => {
  let product: Served;
  let browser: TestBrowser;

  beforeAll(async () => {
    [product, browser] = await Promise.all([served(), TestBrowser.start()]);
    await product.fascia.as('physician-demo').insists('POST', '/api/v1/patients', somebody('Quill'));
  });
  afterAll(async () => {
    await browser.stop();
    await product.dispose();
  });

  /** Safety answers are given one by one and are not counted. */
  const answersUncounted = (page: Page): Promise<void> => answersSafety(new Hands(page));

  it('for somebody who is new begins beside those who may be the same, and is sent within the budget', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const hands = new Hands(page);
    await hands.click(page.getByRole('link', { name: 'New referral' }));
    await hands.type(page.getByLabel('Part of the name'), 'Robin Quill');
    await hands.click(button(page, 'Register a new patient'));
    // Another one of that name is known.
    await page.getByText('Known already: is it one of these?').waitFor({ timeout: PATIENCE_MS });
    const form = page.getByRole('form', { name: 'A new patient' });
    expect(await form.getByLabel('Family name').inputValue()).toBe('Quill');
    await hands.type(form.getByLabel('Born'), '1991-08-12');
    await chooses(hands, 'Sex at birth', 'Male');
    await hands.click(button(page, 'Register and begin the referral'));
    await form.getByText('This is needed.').waitFor();
    await hands.click(form.getByRole('checkbox', { name: 'It is none of them' }));
    await hands.click(button(page, 'Register and begin the referral'));

    // Everything that lacks is told from the beginning, in the words of the rules.
    await page.getByText('What still stands in the way').waitFor({ timeout: PATIENCE_MS });
    await writesOrder(hands);
    await answersUncounted(page);
    await sends(hands);
    expect(hands.presses + hands.fields).toBeLessThanOrEqual(MOST_INPUTS);
    expect(hands.seconds).toBeLessThanOrEqual(MOST_SECONDS);
    await noTrouble(page);
    await page.context().close();
  });

  it('like the last one is sent with six clicks at most, its safety answered afresh, its reason asked for', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const hands = new Hands(page);
    await hands.click(page.getByRole('link', { name: 'New referral' }));
    await hands.type(page.getByLabel('Born'), '1991-08-12');
    await hands.click(button(page, 'Choose'));
    await hands.click(button(page, 'Like this one'));
    await page.getByLabel('Clinical question').waitFor({ timeout: PATIENCE_MS });
    expect(await page.getByLabel('Clinical question').inputValue()).toBe('Can the shoulder move again?');
    const safety = page.getByRole('region', { name: 'Safety questions' });
    expect(await safety.getByRole('radio', { checked: true }).count()).toBe(0);
    expect(await page.getByRole('checkbox', { name: 'I asked: none' }).isChecked()).toBe(false);
    // The first one is still under way: a rule wants to know why there is to be another.
    const reason = page.getByLabel('Why a second order for this place is needed');
    await reason.waitFor({ timeout: PATIENCE_MS });
    await hands.type(reason, 'The first clinic is far away.');
    await answersUncounted(page);
    await sends(hands);
    expect(hands.presses).toBeLessThanOrEqual(MOST_CLICKS);
    await noTrouble(page);
    await page.context().close();
  });

  it('whose safety question is answered with yes is settled in one step, with the reason', async () => {
    const page = await openAs(browser, 'physician-demo', { url: product.fascia.url });
    const hands = new Hands(page);
    await hands.click(page.getByRole('link', { name: 'New referral' }));
    await hands.type(page.getByLabel('Born'), '1991-08-12');
    await hands.click(button(page, 'Choose'));
    await hands.click(button(page, 'Like this one').first());
    await answersUncounted(page);
    await hands.answers({ role: 'radiogroup', in: region('Safety questions'), nth: 2 }, 'Yes');
    const settles = button(page, 'Raise and settle it');
    await settles.waitFor({ timeout: PATIENCE_MS });
    await page.getByText('A red-flag question was answered with yes').waitFor({ timeout: PATIENCE_MS });
    expect(await barriersOn(page)).toEqual([]);
    await hands.click(settles);
    await page.getByText('This is needed.').waitFor();
    await hands.type(page.getByLabel('Why care may go on'), 'An old clot, treated and gone.');
    await hands.click(settles);
    await settles.waitFor({ state: 'detached', timeout: PATIENCE_MS });
    await page.getByText('A red-flag question was answered with yes').waitFor({ state: 'detached' });
    const { items } = (await product.fascia.as('physician-demo').get('/api/v1/flags?status=cleared'))
      .body as {
      items: { catalogueId: string; answer: string; source: string }[];
    };
    expect(items).toMatchObject([
      { catalogueId: 'F03', source: 'referral-screening', answer: 'An old clot, treated and gone.' },
    ]);
    await noTrouble(page);
    await page.context().close();
  });

  it('keeps all else while one part cannot be read, goes on from that part, and is not sent without it', async () => {
    const draft = await DRAFTS['an order'](product);
    const page = await openAs(browser, draft.account, { url: product.fascia.url, path: draft.path });
    const [since, question] = [page.getByLabel('Since'), page.getByLabel('Clinical question')];
    const [often, visits] = [page.getByLabel('Visits a week'), page.getByLabel('Visits in all')];
    const waiting = page.getByRole('status').filter({ hasText: 'Not part of it yet' });
    // Each letter is long enough for what was typed so far to be saved.
    await since.pressSequentially('2026-0', { delay: 800 });
    await often.pressSequentially('0.', { delay: 800 });
    await waiting
      .filter({ hasText: 'Since: must be a date' })
      .filter({ hasText: 'How much: must be' })
      .waitFor();
    await often.press('5');
    await waiting.filter({ hasNotText: 'How much' }).waitFor();
    expect(await often.inputValue()).toBe('0.5');
    const kept = formKept(page, 'EditDraft');
    await question.fill('Stairs? ');
    await page.getByText('Write 2026, 2026-04 or 2026-04-15').waitFor();
    // What is out of bounds is told, and stays as it was typed.
    await visits.fill('70');
    await question.focus();
    await page.getByText('From 1 to 60', { exact: true }).waitFor();
    await Promise.all([kept, page.getByText('Saved', { exact: true }).waitFor()]);
    await button(page, 'Send').click();
    await page.getByRole('alert').filter({ hasText: 'Since' }).filter({ hasText: 'How much' }).waitFor();
    expect(await visits.inputValue()).toBe('70');
    await page.reload();
    await waiting.filter({ hasText: 'How much' }).waitFor({ timeout: PATIENCE_MS });
    const found = [since, often, visits, question].map((field) => field.inputValue());
    expect(await Promise.all(found)).toEqual(['2026-0', '0.5', '70', 'Stairs? ']);
    await since.fill('2026-03');
    await visits.fill('6');
    await page.getByText('Not part of it yet').waitFor({ state: 'detached' });
    await page.getByText('Saved', { exact: true }).waitFor();
    await noTrouble(page);
    await page.context().close();
  });

  it.each(LOOKS)('and the form of a new patient have no barrier (%s %s)', async (colorScheme, words) => {
    const page = await openAs(browser, 'physician-demo', {
      url: product.fascia.url,
      path: `/referrals/new${words}`,
      options: { colorScheme, viewport: { width: 1280, height: 860 } },
    });
    const main = page.getByRole('main');
    await main.getByRole('textbox').first().fill('Robin Quill');
    await main.getByRole('button').last().click();
    await page.getByRole('form').waitFor({ timeout: PATIENCE_MS });
    await page.locator('#alike').waitFor({ timeout: PATIENCE_MS });
    expect(await barriersOn(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await fitsItsWindow(page);
    await page.context().close();
  });
});
