/** An operator sees that something is parked, and why; mends it, and tries it again: by pointer, and by keys. */
import { until } from '@fascia/testkit';
import { atTheScreens } from './at-the-screens.js';
import { barriersOn } from './axe.js';
import { describeWithBrowser } from './browser.js';
import { fitsItsWindow, smallTargetsOn } from './targets.js';
import { heading, row, words } from './things.js';
import type { Way } from './way.js';

const MOST_PRESSES = 3;
const NARROW = { width: 360, height: 740 };
/** What a busy machine answers; the page asks again by itself. */
const BUSY = /\/admin\/(?:models|status): 503$|status of 503/;
const AGAIN = { role: 'button', name: /^Try again/ } as const;

describeWithBrowser('what is parked', () => {
  const screens = atTheScreens(BUSY);
  let patientId = '';

  const sql = async (text: string): Promise<number> => (await screens.product.pool.query(text)).rowCount ?? 0;

  /** The list of flags takes none of this patient's any more. @returns the stream that waits for it */
  const park = async (): Promise<string> => {
    await sql(
      `alter table read.flag add constraint not_this_one check (patient_id <> '${patientId}') not valid`,
    );
    const flag = { patientId, catalogueId: 'F01', source: 'by-hand', note: 'Numb.' };
    const { id } = await screens.product.fascia.as('physician-demo').does('/api/v1/flags', flag);
    const stream = `flag-${id as string}`;
    await until(async () => (await sql(`select 1 from read.parked where stream = '${stream}'`)) > 0, {
      message: 'the flag to be parked',
    });
    return stream;
  };

  const mend = (): Promise<number> => sql('alter table read.flag drop constraint if exists not_this_one');

  beforeAll(async () => {
    patientId = await screens.product.fascia.as('physician-demo').registers('Ozolins');
  });

  /** The operator's day begins where everything is seen without a press, and what changes is seen by itself. */
  const isSeenAndTaken = async (way: Way): Promise<void> => {
    await way.sees(heading('Operations'));
    await way.sees(words('Nothing is parked'));
    const stream = await park();
    await way.sees(row(stream, 'DatabaseError 23514', 'The database refuses the row', 'this patient'));
    await way.sees(words('Something needs you'));

    await way.doesFirst(row(stream), AGAIN);
    await way.sees(words(/one stream is still parked/));
    await mend();
    const presses = await way.counted(() => way.doesFirst(row(stream), AGAIN));
    await way.sees(words(/nothing is parked any more/));
    await way.seesNoMore(row(stream));
    await way.sees(words('Nothing is parked'));
    expect(presses).toBeLessThanOrEqual(MOST_PRESSES);
  };

  it('is seen, with its reason, and tried again by pointer', async () => {
    await isSeenAndTaken(await screens.open('operator-demo'));
  });

  it('is seen, with its reason, and tried again by keys', async () => {
    const keys = await screens.openByKeys('operator-demo');
    await keys.sees(heading('Operations'));
    await keys.goesTo('Operations');
    await isSeenAndTaken(keys);
  });

  it('keeps nobody out, also where there is little room', async () => {
    const stream = await park();
    try {
      for (const [colorScheme, asked] of [
        ['light', ''],
        ['dark', '?words=pseudo'],
      ] as const) {
        const { page } = await screens.open('operator-demo', {
          path: `/operations${asked}`,
          options: { colorScheme },
        });
        await page.getByText(stream, { exact: true }).waitFor();
        expect(await barriersOn(page)).toEqual([]);
        await page.setViewportSize(NARROW);
        await fitsItsWindow(page);
        expect(await smallTargetsOn(page)).toEqual([]);
        expect(await barriersOn(page)).toEqual([]);
      }
    } finally {
      await mend();
      await screens.product.fascia.as('operator-demo').does('/api/v1/admin/models/flag/retry');
    }
  });

  it('is of no other role, which is told what to do', async () => {
    const physician = await screens.open('physician-demo', { path: '/operations' });
    await physician.sees(words('This is not for your role'));
  });
});
