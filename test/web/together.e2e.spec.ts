/** Two people at two browsers: what one does the other sees without asking, also after the service, or a laptop, was away. */
import { EventReader, until } from '@fascia/testkit';
import type { Locator, Page, Request } from 'playwright-core';
import { refer } from '../journeys/treatment.js';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { metAtTheEnd, underTreatment } from './course.js';
import { button, dialog, rowWith, section } from './hands.js';
import { signsIn } from './people.js';

/** A person is told within a second; a busy machine, or one that was just started, takes longer. */
const SEEN_MS = 90_000;

/** What a page says while nobody answers it, and of the commands that came second. */
const AWAY =
  /net::ERR_(?:FAILED|CONNECTION_|INCOMPLETE_|EMPTY_|NETWORK_|INTERNET_|SOCKET_)|: (?:401|409|412|422|50[234])$|status of (?:401|409|412|422|50[234])/;

const says = async (page: Page, words: string): Promise<void> => {
  await button(page, 'Write a message').click();
  await dialog(page).getByLabel('Message').fill(words);
  await dialog(page).getByRole('button', { name: 'Write a message' }).click();
  await dialog(page).waitFor({ state: 'hidden' });
};

const hearsNothing = async (page: Page): Promise<void> => {
  await page.route('**/api/v1/live', (route) => route.abort());
};

/** What a stream of the service begins with, as one that ends after that. */
const beginningOf = async (request: Request): Promise<string> => {
  const { authorization = '', 'fascia-role': role } = request.headers();
  const acting: Record<string, string> = role === undefined ? {} : { 'fascia-role': role };
  const stream = await EventReader.open(request.url(), { authorization, ...acting });
  await until(() => stream.lastId, { deadlineMs: SEEN_MS, message: 'where a stream begins' });
  stream.leave();
  return `event: changed\nid: ${stream.lastId}\ndata: {"lists":[]}\n\n`;
};

describeWithBrowser('two people at their screens', () => {
  const screens = atTheScreens(AWAY);
  let referral: string;

  const at = async (account: string, path: string): Promise<Page> =>
    (await screens.open(account, { path })).page;
  /** Both at the same referral, each live. */
  const both = async (id: string): Promise<readonly [physician: Page, clinic: Page]> => {
    const pages = [
      await at('physician-demo', `/referrals/${id}`),
      await at('coordinator-demo', `/referrals/${id}`),
    ] as const;
    for (const page of pages) {
      await page.locator('#thread').waitFor();
      await page.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });
    }
    return pages;
  };
  const hears = (page: Page, words: string): Promise<void> =>
    page.getByText(words).waitFor({ timeout: SEEN_MS });
  /** As by somebody at a third place. */
  const isSaid = (words: string): Promise<unknown> =>
    screens.product.fascia
      .as('physician-demo')
      .does(`/api/v1/referrals/${referral}/post-message`, { text: words });

  beforeAll(async () => {
    const { fascia } = screens.product;
    const physician = fascia.as('physician-demo');
    ({ referral } = await refer(physician, await physician.registers('Nordin'), 'SELF-PAY'));
    await fascia.as('coordinator-demo').isAskedFor('TRIAGE', referral);
  });

  it('are live in every tab, also in one that was opened later', async () => {
    const first = await at('coordinator-demo', '/inbox');
    await first.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });
    const later = await first.context().newPage();
    await later.goto(`${screens.product.fascia.url}/inbox`);
    await later.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });
  });

  it('see a task taken, and who comes second is told so', async () => {
    const [first, other] = [await at('coordinator-demo', '/inbox'), await at('therapist-demo', '/inbox')];
    // Of a third nobody tells anything: they see the list of before.
    const late = (
      await screens.open('therapist-demo', {
        path: '/inbox',
        prepare: hearsNothing,
      })
    ).page;
    const takes = (page: Page): Locator =>
      rowWith(page, 'Nordin')
        .filter({ hasText: 'Look at a referral' })
        .getByRole('button', { name: 'Take it' });
    for (const page of [other, late]) await takes(page).waitFor();
    await takes(first).click();
    await takes(other).waitFor({ state: 'hidden', timeout: SEEN_MS });
    await takes(late).click();
    await late.getByText('Priya Sandoval was first and has taken it.').waitFor();
    await takes(late).waitFor({ state: 'hidden' });
  });

  it('see a message, and an outcome', async () => {
    const [physician, clinic] = await both(referral);
    await says(physician, 'She climbs stairs again.');
    await hears(clinic, 'She climbs stairs again.');
    await says(clinic, 'Then we go on as planned.');
    await hears(physician, 'Then we go on as planned.');

    const course = await underTreatment(screens.product, 'Oyelaran');
    await metAtTheEnd(course);
    const waits = await at('physician-demo', `/referrals/${course.referral}`);
    await waits.getByRole('list', { name: 'The loop' }).waitFor();
    const therapist = await at('therapist-demo', `/referrals/${course.referral}`);
    await button(therapist, 'Report the outcome').click();
    await dialog(therapist).getByText('Proposed from what is known: Goals met').waitFor();
    await dialog(therapist).getByRole('button', { name: 'Report the outcome' }).click();
    await dialog(therapist).waitFor({ state: 'hidden' });
    await button(waits, 'Acknowledge').waitFor({ timeout: SEEN_MS });
  });

  it('have what is said as soon as they are told of it: nobody looks for it by the clock', async () => {
    const { page: clinic } = await screens.open('coordinator-demo', {
      path: `/referrals/${referral}`,
      prepare: (page) => page.clock.install(),
    });
    await clinic.locator('#thread').waitFor();
    await clinic.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });
    // From now on no time goes by in the page, however long it takes: what waits for a clock there waits for ever.
    await clinic.clock.pauseAt(await clinic.evaluate<number>('Date.now() + 10000'));
    const all = ['The first', 'The second', 'The third'].map((which) => `${which} of three at once.`);
    for (const words of all) {
      const told = clinic.waitForResponse(
        async (response) =>
          response.url().includes(`/api/v1/referrals/${referral}`) &&
          (await response.text().catch(() => '')).includes(words),
        { timeout: SEEN_MS },
      );
      await isSaid(words);
      await told;
    }
    await clinic.clock.resume();
    for (const words of all) await hears(clinic, words);
  });

  it('miss nothing of what was said between a stream that ended with its token and the next', async () => {
    const asked: Readonly<Record<string, string>>[] = [];
    const { promise: said, resolve: isOver } = Promise.withResolvers<undefined>();
    const { page: clinic } = await screens.open('coordinator-demo', {
      path: `/referrals/${referral}`,
      prepare: async (page) => {
        await page.route('**/api/v1/live', async (route) => {
          const request = route.request();
          asked.push(request.headers());
          if (asked.length === 1)
            return route.fulfill({ contentType: 'text/event-stream', body: await beginningOf(request) });
          if (asked.length === 2)
            return route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{}' });
          await said;
          return route.continue();
        });
      },
    });
    await clinic.locator('#thread').waitFor();
    await until(() => asked.length === 3, { deadlineMs: SEEN_MS, message: 'the stream of another token' });
    await isSaid('Between two tokens.');
    isOver(undefined);
    await hears(clinic, 'Between two tokens.');
    const [first, second, third] = asked;
    expect(third?.['authorization']).not.toBe(first?.['authorization']);
    expect(third?.['last-event-id']).toEqual(expect.any(String));
    expect(third?.['last-event-id']).toBe(second?.['last-event-id']);
  });

  it('write one draft, each a part of it: nothing of either is lost, and each sees the other’s', async () => {
    const physician = screens.product.fascia.as('physician-demo');
    const patientId = await physician.registers('Quist');
    const { id } = await physician.does('/api/v1/referrals', { patientId, content: {} });
    const path = `/referrals/${String(id)}/draft`;
    const question = (page: Page): Locator => page.getByLabel('Clinical question');
    const pain = (page: Page): Locator => section(page, 'Goals').getByLabel('Pain', { exact: true });
    const reads = (field: Locator, words: string): Promise<unknown> =>
      until(async () => (await field.inputValue()) === words, { deadlineMs: SEEN_MS, message: words });
    // Goes on from what was there before the other began.
    const unaware = (await screens.open('physician-demo', { path, prepare: hearsNothing })).page;
    const delegate = await at('delegate-demo', path);
    for (const page of [unaware, delegate]) await question(page).waitFor();
    await delegate.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });

    const saved = delegate.waitForResponse(
      (response) => response.url().endsWith('/edit-draft') && response.ok(),
    );
    await question(delegate).fill('Can she climb stairs again?');
    await saved;
    await pain(unaware).fill('Stairs without pain.');
    await reads(question(unaware), 'Can she climb stairs again?');
    await reads(pain(delegate), 'Stairs without pain.');
    await reads(question(delegate), 'Can she climb stairs again?');
    const { body } = await physician.get(`/api/v1/referrals/${String(id)}`);
    expect(body.content).toMatchObject({
      clinicalQuestion: 'Can she climb stairs again?',
      goals: [{ category: 'pain', text: 'Stairs without pain.' }],
    });
  });

  it('miss nothing of what was said while the service was killed and started again', async () => {
    const [physician, clinic] = await both(referral);
    const { fascia } = screens.product;
    await fascia.kill9();
    await clinic.getByText('Offline', { exact: true }).waitFor({ timeout: SEEN_MS });
    await fascia.start();
    // Before any of them is back.
    await isSaid('The first word after the night.');
    await hears(clinic, 'The first word after the night.');
    await hears(physician, 'The first word after the night.');
    for (const page of [physician, clinic])
      await page.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });
    await says(physician, 'And the second.');
    await hears(clinic, 'And the second.');
  });

  it('miss nothing of what was said while a laptop slept, for minutes or for so long that it asks who is there', async () => {
    const { page: clinic } = await screens.open('coordinator-demo', {
      path: `/referrals/${referral}`,
      prepare: (page) => page.clock.install(),
    });
    await clinic.locator('#thread').waitFor();
    await clinic.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });
    const sleeps = async (howLong: string, words: string): Promise<void> => {
      await clinic.context().setOffline(true);
      await isSaid(words);
      await clinic.clock.fastForward(howLong);
      await clinic.context().setOffline(false);
    };
    await sleeps('08:00', 'While the lid was closed.');
    await hears(clinic, 'While the lid was closed.');

    await sleeps('45:00', 'While everybody was at lunch.');
    await button(clinic, 'Sign in and go on').click();
    await signsIn(clinic, 'coordinator-demo');
    await hears(clinic, 'While everybody was at lunch.');
  });
});
