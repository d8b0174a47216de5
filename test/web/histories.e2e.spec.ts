/** A history of five thousand entries: no more of it is asked for, and stands on a page, than somebody can look at. */
import { until } from '@fascia/testkit';
import { MINUTE_OF_N, multiply } from '../journeys/multiplied.js';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { underTreatment } from './course.js';
import { button, section } from './hands.js';

/** What one look at a page asks of the service. */
interface Look {
  readonly questions: number;
  readonly bytes: number;
  readonly nodes: number;
}

const FEW = 50;
const LONG = 5_000;

describeWithBrowser('a patient with a long history', () => {
  const screens = atTheScreens();
  let referral: string;
  let sources: readonly (readonly [table: string, id: string, but: Readonly<Record<string, string>>])[];

  const sourceOf = async (table: string, but: Readonly<Record<string, string>>) => {
    const { rows } = await screens.product.pool.query<{ id: string }>(
      `select id from read.${table} where referral_id = $1 limit 1`,
      [referral],
    );
    return [table, rows[0]?.id ?? '', but] as const;
  };

  const grows = async (times: number): Promise<void> => {
    for (const [table, id, but] of sources) await multiply(screens.product.pool, { table, id, times, but });
  };

  const looks = async (): Promise<Look> => {
    // What is asked anew, because something changed meanwhile, is the same question.
    const sizes = new Map<string, Promise<number>>();
    const { page } = await screens.open('therapist-demo', {
      path: `/referrals/${referral}`,
      prepare: (fresh) => {
        fresh.on('response', (response) => {
          const { pathname, search } = new URL(response.url());
          if (!pathname.startsWith('/api/v1/') || pathname.endsWith('/live')) return;
          const size = response.body().then((body) => body.byteLength);
          sizes.set(
            `${pathname}${search}`,
            size.catch(() => 0),
          );
        });
        return Promise.resolve();
      },
    });
    await page.getByRole('img', { name: /^Pain \(NPRS\): from/ }).waitFor();
    await section(page, 'Visits').getByRole('link').first().waitFor();
    await page.getByRole('heading', { name: 'What was said' }).waitFor();
    const nodes = await page.evaluate<number>(`document.querySelectorAll('*').length`);
    const bytes = (await Promise.all(sizes.values())).reduce((sum, one) => sum + one, 0);
    return { questions: sizes.size, bytes, nodes };
  };

  beforeAll(async () => {
    ({ referral } = await underTreatment(screens.product, 'Lindqvist'));
    sources = await Promise.all([
      sourceOf('referral_thread', { at: MINUTE_OF_N, ordinal: '1000 + n' }),
      sourceOf('session', { start_at: MINUTE_OF_N }),
      sourceOf('assessment', { recorded_at: MINUTE_OF_N }),
    ]);
  });

  it('opens with as many questions, about as many bytes and no more on the page than with a short one', async () => {
    await grows(FEW);
    const few = await looks();
    await grows(LONG - FEW);
    const many = await looks();
    expect(many.questions).toBe(few.questions);
    expect(many.bytes).toBeLessThan(few.bytes * 1.1);
    expect(many.nodes).toBeLessThan(few.nodes * 1.1);
  });

  it('shows earlier parts where somebody asks for them, and all of a course', async () => {
    const { page } = await screens.open('therapist-demo', { path: `/referrals/${referral}` });
    const visits = section(page, 'Visits').getByRole('link');
    await visits.first().waitFor();
    const before = await visits.count();
    await section(page, 'Visits').getByRole('button', { name: 'Earlier' }).click();
    await until(async () => (await visits.count()) > before, { message: 'earlier visits' });
    const entries = section(page, 'What was said').locator('.mantine-Timeline-item');
    const said = await entries.count();
    await section(page, 'What was said').getByRole('button', { name: 'Earlier' }).click();
    await until(async () => (await entries.count()) > said, { message: 'what was said earlier' });
    await section(page, 'Measures').getByText('The course is long').waitFor();
    expect(await button(page, 'Show all of it').count()).toBe(1);
    await section(page, 'Measures')
      .getByText(/^5001 visits given/)
      .waitFor();
  });
});
