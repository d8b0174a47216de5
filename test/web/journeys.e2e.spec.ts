/** Referrals carried on by the screens alone, each person at a browser of their own: what one does the other sees. */
import { somebody } from '../journeys/person.js';
import { atTheScreens, REFUSED } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { button, dialog, type Hands, rowWith } from './hands.js';
import { writesOrder } from './order-case.js';
import { openAs } from './people.js';
import { saysNo } from './steps/ordering.js';
import { accepts, answersQuestion, asks } from './steps/triage.js';
import { row } from './things.js';

/** A person is told within a second; a busy machine takes longer. */
const SEEN_MS = 90_000;

describeWithBrowser('by the screens alone', () => {
  const screens = atTheScreens(REFUSED);

  const at = (account: string, path = '/'): Promise<Hands> => screens.open(account, { path });

  it('a physician sees where all referrals stand, without a click and with one request', async () => {
    const asked: string[] = [];
    const { promise: seen, resolve: isSeen } = Promise.withResolvers<undefined>();
    const page = await openAs(screens.browser, 'physician-demo', {
      url: screens.product.fascia.url,
      prepare: async (fresh) => {
        fresh.on('request', (request) => {
          const { pathname } = new URL(request.url());
          if (pathname.startsWith('/api/v1/referrals')) asked.push(pathname);
        });
        // Whoever listens for changes from now on has not to ask again for what is there already.
        await fresh.route('**/api/v1/live', async (route) => {
          await seen;
          await route.continue();
        });
      },
    });
    screens.adopt(page);
    await page.getByRole('heading', { level: 1, name: 'My referrals' }).waitFor();
    await page.getByRole('link', { name: /./ }).and(page.locator('[data-row-link]')).first().waitFor();
    expect(await page.locator('[data-row-link]').count()).toBeGreaterThan(1);
    isSeen(undefined);
    await page.getByText('Live', { exact: true }).waitFor({ timeout: SEEN_MS });
    expect(asked).toEqual(['/api/v1/referrals/mine']);
    // How many there are of each kind came with it.
    const rows = await page.locator('[data-row-link]').count();
    const open = page.getByRole('radio', { name: `All open ${String(rows)}`, exact: true });
    await open.waitFor({ state: 'attached' });
    // And what is due next of one that nobody has looked at.
    await page
      .getByText(/^(Pick up|Accept or decline): /)
      .first()
      .waitFor();
  });

  it('a coordinator takes a task with one click, asks, is answered with two, and accepts', async () => {
    const coordinator = await at('coordinator-demo');
    await coordinator.page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    const triage = rowWith(coordinator.page, 'Look at a referral').first();
    await triage.waitFor();
    expect(await triage.getByText('no date', { exact: true }).count()).toBe(0);
    const claimed = await coordinator.counted(() =>
      coordinator.click(triage.getByRole('button', { name: 'Take it' })),
    );
    expect(claimed).toBe(1);
    await triage.getByText('yours').waitFor();

    await coordinator.click(triage.locator('[data-row-link]'));
    await asks(coordinator, 'Which shoulder hurts at night?');

    const physician = await at('physician-demo', '/referrals?show=mine');
    const answered = await physician.counted(() =>
      answersQuestion(physician, {
        row: row('Question asked'),
        question: 'Which shoulder hurts at night?',
        answer: 'The right one.',
      }),
    );
    expect(answered).toBe(2);

    // Told, not asked for: the page is as it was left.
    await coordinator.page.getByText('The right one.').waitFor({ timeout: SEEN_MS });
    await accepts(coordinator);
  });

  it('a physician certifies a plan with two clicks', async () => {
    const physician = await at('physician-demo');
    const { items } = (await screens.product.fascia.as('physician-demo').get('/api/v1/plans')).body as {
      readonly items: readonly { readonly referralId: string; readonly allowedActions: readonly string[] }[];
    };
    const waiting =
      items.find(({ allowedActions }) => allowedActions.includes('CertifyPlan'))?.referralId ?? '';
    const certify = button(physician.page, 'Certify');
    await physician.click(physician.page.locator(`[data-row-link][href="/referrals/${waiting}"]`));
    await physician.click(certify);
    await physician.page.getByText('Certified', { exact: true }).waitFor();
    expect(physician.presses).toBe(2);
  });

  it('a physician orders for somebody who has no referral: found, diagnosed, answered by hand, sent', async () => {
    const { fascia } = screens.product;
    const registered = await fascia
      .as('physician-demo')
      .insists('POST', '/api/v1/patients', somebody('Ozolinš'));
    expect(registered.status).toBe(201);
    const hands = await at('physician-demo', '/referrals/new');
    const { page } = hands;
    await hands.type(page.getByLabel('Part of the name'), 'ozolins');
    await hands.click(page.getByRole('button', { name: 'Choose' }));
    await hands.click(button(page, 'Begin a new referral'));

    await writesOrder(hands);
    await hands.click(page.getByRole('checkbox', { name: 'I asked: none' }));

    // What is left open is told at once, in the words of the rule.
    await hands.click(button(page, 'Send'));
    await page
      .getByRole('alert')
      .filter({ hasText: /screening/i })
      .waitFor();
    await saysNo(hands);
    await page.getByText('Saved', { exact: true }).waitFor();

    // A reader who leaves and comes back finds what was written.
    await page.reload();
    expect(await page.getByLabel('Clinical question').inputValue()).toBe('Can the shoulder move again?');
    await hands.click(button(page, 'Send'));
    await page.getByRole('list', { name: 'The loop' }).waitFor();
    await page.getByText('Sent', { exact: true }).first().waitFor();
  });

  it('by keyboard alone somebody finds the keys, goes through the rows, opens one and comes back', async () => {
    const hands = await at('physician-demo');
    const { page } = hands;
    await page.locator('[data-row-link]').first().waitFor();
    await hands.press('?');
    await dialog(page).getByText('Keyboard shortcuts').waitFor();
    await hands.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    await hands.press('j');
    await hands.press('j');
    await page.locator('[data-row-link]').nth(1).and(page.locator(':focus')).waitFor();
    await hands.press('Enter');
    await page.getByRole('list', { name: 'The loop' }).waitFor();
    await hands.press('Control+k');
    await page.getByPlaceholder('Where to, or what to do?').fill('inbox');
    await hands.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  });

  it('a dialog that closes gives the keyboard back to where it was', async () => {
    const hands = await at('physician-demo');
    const { page } = hands;
    await hands.click(page.locator('[data-row-link]').first());
    const writes = button(page, 'Write a message');
    await writes.focus();
    await hands.press('Enter');
    await dialog(page).getByLabel('Message').and(page.locator(':focus')).waitFor();
    await hands.press('Escape');
    await writes.and(page.locator(':focus')).waitFor();
  });

  it('what somebody writes is shown as they wrote it, whatever it is', async () => {
    const hands = await at('physician-demo');
    const { page } = hands;
    const hostile =
      '<img src=x onerror=alert(1)> \u05E9\u05DC\u05D5\u05DD \u{1F468}\u200D\u{1F469}\u200D\u{1F467}';
    await hands.click(page.locator('[data-row-link]').first());
    await hands.click(button(page, 'Write a message'));
    await hands.type(dialog(page).getByLabel('Message'), hostile);
    await hands.click(dialog(page).getByRole('button', { name: 'Write a message' }));
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('who signs out is asked again who they are', async () => {
    const hands = await at('physician-demo');
    const { page } = hands;
    await hands.click(page.getByRole('button', { name: /Your account/ }));
    await hands.click(page.getByRole('menuitem', { name: 'Sign out' }));
    await page.waitForURL((url) => url.pathname.includes('/oidc/') || url.pathname === '/signed-in');
    expect(await page.evaluate('sessionStorage.getItem("fascia.role")')).toBeNull();
  });
});
