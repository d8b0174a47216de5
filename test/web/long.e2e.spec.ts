/** A list of ten thousand rows: no more of it stands on the page than somebody can look at. */
import { until } from '@fascia/testkit';
import type { Page } from 'playwright-core';
import { MINUTE_OF_N, multiply } from '../journeys/multiplied.js';
import { barriersOn } from './axe.js';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import type { Hands } from './hands.js';

const MANY = 10_000;
const MOST_ROWS = 150;
/** Of pages that are asked for one by one, on a machine that others use too. */
const PATIENCE_MS = 240_000;

/** Rows that stand on the page now. */
const rowsOn = (page: Page): Promise<number> => page.locator('tbody tr[aria-rowindex]').count();

/** The head is the first. */
const rowAt = (page: Page, index: number) => page.locator(`tr[aria-rowindex="${String(index + 1)}"]`);

const scrollTo = (page: Page, top: string): Promise<unknown> => page.evaluate(`window.scrollTo(0, ${top})`);

const END = 'document.documentElement.scrollHeight';

describeWithBrowser('a list of ten thousand referrals', () => {
  const screens = atTheScreens();

  const at = (account: string, path: string, options = {}): Promise<Hands> =>
    screens.open(account, { path, options });

  beforeAll(async () => {
    const { fascia, pool } = screens.product;
    const physician = fascia.as('physician-demo');
    const { items } = (await physician.get('/api/v1/referrals/mine?open=true')).body as {
      items: { id: string }[];
    };
    await multiply(pool, {
      table: 'referral',
      id: items[0]?.id ?? '',
      times: MANY - items.length,
      but: { entered_stage_at: MINUTE_OF_N },
    });
    // Rows are of different heights: under every seventh stands what was said last.
    await pool.query(
      `insert into read.referral_thread
         (id, referral_id, patient_id, at, by, role, organization_id, kind, text, details, ordinal)
       select gen_random_uuid()::text, r.id, r.patient_id, r.entered_stage_at, 'spec', 'coordinator', null, 'message',
         repeat('It was said at length. ', 8), null, 1
       from (select *, row_number() over (order by id) as nth from read.referral
             where entered_stage_at < '2021') r where nth % 7 = 0`,
    );
  });

  /** Goes on to the end. @returns the most rows that stood on the page at once */
  const readsToTheEnd = async (page: Page): Promise<number> => {
    let most = 0;
    await until(
      async () => {
        most = Math.max(most, await rowsOn(page));
        if ((await rowAt(page, MANY).count()) > 0) return true;
        await scrollTo(page, END);
        return false;
      },
      {
        deadlineMs: PATIENCE_MS,
        everyMs: 20,
        message: () => `the last row; at most ${String(most)} at once`,
      },
    );
    return most;
  };

  const isInSight = async (page: Page, index: number): Promise<boolean> => {
    const box = (await rowAt(page, index).count()) > 0 ? await rowAt(page, index).boundingBox() : null;
    const height = page.viewportSize()?.height ?? 0;
    return box !== null && box.y + box.height > 0 && box.y < height;
  };

  it.each([
    ['wide', { viewport: { width: 1280, height: 860 } }],
    ['narrow', { viewport: { width: 360, height: 780 } }],
  ])(
    'is read to its end on a %s window, opened there, and found again where one was',
    async (_name, options) => {
      const { page } = await at('physician-demo', '/referrals', options);
      await rowAt(page, 1).waitFor();
      await page.getByText('10,000').first().waitFor();
      expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(MANY + 1));
      expect(await readsToTheEnd(page)).toBeLessThanOrEqual(MOST_ROWS);

      await rowAt(page, MANY).locator('[data-row-link]').click();
      await page.getByRole('list', { name: 'The loop' }).waitFor();
      await page.getByRole('link', { name: 'All my referrals' }).click();
      await until(() => isInSight(page, MANY), { message: 'the last row to be in sight again' });

      // All the way back at once.
      await scrollTo(page, '0');
      await until(() => isInSight(page, 1), { message: 'the first row to be in sight again' });
      expect(await rowsOn(page)).toBeLessThanOrEqual(MOST_ROWS);
    },
    600_000,
  );

  it('asks for no more than what is looked at', async () => {
    const asked: string[] = [];
    const { page } = await screens.open('physician-demo', {
      path: '/referrals',
      prepare: (fresh) => {
        fresh.on('request', (request) => {
          if (request.url().includes('/referrals/mine?')) asked.push(request.url());
        });
        return Promise.resolve();
      },
    });
    await rowAt(page, 1).waitFor();
    await scrollTo(page, END);
    await rowAt(page, 101).waitFor();
    await until(async () => (await page.locator('tbody tr[data-index]').count()) > 0, {
      message: 'rows of a long list',
    });
    // The next page has come, and nothing is asked for by itself.
    const before = asked.length;
    await page.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`);
    expect(asked.length - before).toBeLessThanOrEqual(1);
    expect(before).toBeLessThanOrEqual(5);
  });

  it('is gone through by keyboard past what stands on the page, and past what was asked for', async () => {
    const { page } = await at('physician-demo', '/referrals');
    await page.locator('tbody tr[data-index]').first().waitFor();
    const focused = (): Promise<unknown> =>
      page.evaluate(`document.activeElement?.closest('tr')?.getAttribute('aria-rowindex')`);
    const steps = async (key: string, from: number, to: number): Promise<void> => {
      for (let index = from; index !== to; index += Math.sign(to - from)) {
        await page.keyboard.press(key);
        const next = String(index + Math.sign(to - from) + 1);
        await until(async () => (await focused()) === next, { message: `the focus to be on row ${next}` });
      }
    };
    await page.keyboard.press('j');
    await until(async () => (await focused()) === '2', { message: 'the focus to be on the first row' });
    await steps('j', 1, 130);
    expect(await rowsOn(page)).toBeLessThanOrEqual(MOST_ROWS);
    // Whoever scrolled away goes on from where they were.
    await scrollTo(page, '0');
    await until(() => isInSight(page, 1), { message: 'the first row to be in sight' });
    await steps('k', 130, 125);
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'The loop' }).waitFor();
    await page.goBack();
    await until(() => isInSight(page, 125), { message: 'the row that was opened to be in sight' });
  }, 300_000);

  it('has no barrier in either direction of writing', async () => {
    for (const words of ['', '?words=pseudo']) {
      const { page } = await at('physician-demo', `/referrals${words}`);
      await rowAt(page, 1).waitFor();
      await scrollTo(page, '4000');
      const first = page.locator('tbody tr[aria-rowindex]').first();
      await until(async () => Number(await first.getAttribute('aria-rowindex')) > 2, {
        message: 'rows further down',
      });
      expect(await barriersOn(page)).toEqual([]);
    }
  });
});
