/** To whom an order goes, and with which papers: who fits, one of several, and a scan that the other side opens. */
import type { Readable } from 'node:stream';
import type { Locator, Page } from 'playwright-core';
import { barriersOn } from './axe.js';
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { button, type Hands } from './hands.js';
import { writesOrder } from './order-case.js';
import { answersSafety } from './steps/ordering.js';
import { fitsItsWindow } from './targets.js';

const PATIENCE_MS = 60_000;
const PHONE = '+1 555 0100';

/** What a rule refuses, what is no document, and what somebody else has taken. */
const NOT_DONE = /: 4(?:04|09|15|22)$|status of 4(?:04|09|15|22)/;

const LOOKS = [
  ['light', ''],
  ['dark', ''],
  ['light', '?words=pseudo'],
] as const;

const SCAN = Buffer.from('%PDF-1.7\nThe tendon is whole.\n%%EOF\n');
const pdf = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer });

const bytesOf = async (stream: Readable): Promise<Buffer> => Buffer.concat(await stream.toArray());

/** In the list of those that an order may go to, by part of its name. */
const clinicCalled = (page: Page, name: string): Locator =>
  page
    .getByRole('group', { name: 'Clinic' })
    .or(page.getByRole('radiogroup', { name: 'Clinic' }))
    .getByLabel(name);

describeWithBrowser('an order', () => {
  const screens = atTheScreens(NOT_DONE);

  /** Somebody's first order, of which nobody has said anything yet. */
  const drafts = async (family: string, content: object = {}): Promise<string> => {
    const physician = screens.product.fascia.as('physician-demo');
    const patientId = await physician.registers(family);
    const begun = {
      priority: 'routine',
      service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
      ...content,
    };
    const { id } = (await physician.does('/api/v1/referrals', { patientId, content: begun })) as {
      id: string;
    };
    return id;
  };
  const opens = (id: string, look = '', options: object = {}): Promise<Hands> =>
    screens.open('physician-demo', { path: `/referrals/${id}/draft${look}`, options });
  const sends = async (hands: Hands): Promise<void> => {
    const { page } = hands;
    await answersSafety(hands);
    await page.getByText('Nothing stands in the way.').waitFor({ timeout: PATIENCE_MS });
    await hands.click(button(page, 'Send'));
    await page.getByRole('list', { name: 'The loop' }).waitFor({ timeout: PATIENCE_MS });
  };

  beforeAll(async () => {
    const operator = screens.product.fascia.as('operator-demo');
    const { id: organizationId } = (await operator.does('/api/v1/organizations', {
      name: 'Quay Physiotherapy',
      kind: 'clinic',
      identifiers: [],
      telecom: [{ system: 'phone', value: PHONE }],
      address: [],
      timeZone: 'America/New_York',
    })) as { id: string };
    const { id: practitioner } = (await operator.does('/api/v1/practitioners', {
      name: { family: 'Ilves', given: ['Robin'], prefix: [] },
      taxonomies: ['225100000X'],
      account: 'quay',
      roles: [{ role: 'therapist', organizationId }],
      address: [],
    })) as { id: string };
    await operator.does('/api/v1/listings', {
      organizationId,
      title: 'Hips and backs',
      services: ['STM'],
      regions: ['hip', 'lumbar'],
      payers: ['SELF-PAY'],
      practitionerIds: [practitioner],
      capacity: 'closed',
    });
  });

  it('shows where one sends most first, who does not fit and why, and whom one phones', async () => {
    const hands = await opens(
      await drafts('Marsh', {
        sites: [{ region: 'shoulder', side: 'right', tissues: ['muscle'] }],
        payer: { profile: 'SELF-PAY' },
      }),
    );
    const { page } = hands;
    const clinics = page.getByRole('radiogroup', { name: 'Clinic' });
    await page
      .getByText('Does not fit: does not treat the region, takes no new patients at present')
      .waitFor({ timeout: PATIENCE_MS });
    await page.getByRole('link', { name: PHONE }).waitFor();
    const first = clinics.locator('label').first();
    expect(await first.innerText()).toMatch(
      /^Riverside[^]*sent there (?:once|\d+ times) before[^]*Fits so far/,
    );

    // By keyboard: a few letters, and the key that ends them.
    await hands.type(page.getByLabel('Find a clinic'), 'qua');
    await hands.press('Enter');
    expect(await clinics.getByRole('radio').count()).toBe(1);
    expect(await clinicCalled(page, 'Quay').isChecked()).toBe(true);
    await hands.type(page.getByLabel('Find a clinic'), '');
    await clinicCalled(page, 'Quay').focus();
    await hands.press('ArrowUp');
    expect(await clinicCalled(page, 'Quay').isChecked()).toBe(false);
    await page.getByText('Saved', { exact: true }).waitFor({ timeout: PATIENCE_MS });
    await page.reload();
    await clinics.getByRole('radio', { checked: true }).waitFor({ timeout: PATIENCE_MS });
  });

  it('goes to several, and the first that takes it has it', async () => {
    const id = await drafts('Ozolinš');
    const hands = await opens(id);
    const { page } = hands;
    await writesOrder(hands);
    await hands.click(page.getByRole('checkbox', { name: 'Ask several' }));
    await hands.click(clinicCalled(page, 'Willow'));
    await page.getByText('It goes to all 2 clinics.').waitFor();
    await sends(hands);

    const path = `/referrals/${id}`;
    const riverside = await screens.open('coordinator-demo', { path });
    const willow = await screens.open('coordinator-two-demo', { path });
    await button(willow.page, 'Take it').waitFor({ timeout: PATIENCE_MS });
    await riverside.click(button(riverside.page, 'Take it'));
    await button(riverside.page, 'Accept').waitFor({ timeout: PATIENCE_MS });
    // What is no longer theirs to see does not stay on their screen.
    await willow.page
      .getByText('There is no such thing, or it is not yours to see')
      .first()
      .waitFor({ timeout: PATIENCE_MS });
  });

  it('takes papers along that the other side opens; what is none is refused in words', async () => {
    const id = await drafts('Brandt');
    const hands = await opens(id);
    const { page } = hands;
    const files = page.locator('input[type="file"]');
    await writesOrder(hands);
    await files.setInputFiles(pdf('MRI shoulder.pdf', SCAN));
    await button(page, 'Download: MRI shoulder.pdf').waitFor({ timeout: PATIENCE_MS });

    await files.setInputFiles(pdf('note.pdf', Buffer.from('<html></html>')));
    await page
      .getByRole('alert')
      .filter({ hasText: 'Its first bytes are of none of the types that are taken' })
      .waitFor({ timeout: PATIENCE_MS });
    await hands.click(button(page, 'Leave it out: note.pdf'));
    await files.setInputFiles(pdf('film.pdf', Buffer.alloc(20 * 1024 * 1024 + 1)));
    await page.getByRole('alert').filter({ hasText: 'It is larger than 20 MB' }).waitFor();
    await hands.click(button(page, 'Leave it out: film.pdf'));

    // Taken off, it is still on the record.
    await hands.click(button(page, 'Take it off the order: MRI shoulder.pdf'));
    await hands.click(page.getByRole('combobox', { name: 'Or one that is on record' }));
    await hands.click(page.getByRole('option', { name: 'MRI shoulder.pdf' }));
    await button(page, 'Download: MRI shoulder.pdf').waitFor();
    await sends(hands);

    const { page: clinic } = await screens.open('therapist-demo', { path: `/referrals/${id}` });
    const download = button(clinic, 'Download: MRI shoulder.pdf');
    await download.waitFor({ timeout: PATIENCE_MS });
    const [saved] = await Promise.all([clinic.waitForEvent('download'), download.click()]);
    expect(saved.suggestedFilename()).toBe('MRI shoulder.pdf');
    expect((await bytesOf(await saved.createReadStream())).equals(SCAN)).toBe(true);
  });

  it.each(LOOKS)('has no barrier while it is written (%s %s)', async (colorScheme, words) => {
    const id = await drafts('Quill');
    const { page } = await opens(id, words, { colorScheme, viewport: { width: 1280, height: 860 } });
    const clinics = page.locator('section[aria-labelledby="part-clinic"]');
    await clinics.getByRole('radio').first().waitFor({ timeout: PATIENCE_MS });
    expect(await barriersOn(page)).toEqual([]);
    await clinics.getByRole('checkbox').check();
    expect(await barriersOn(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await fitsItsWindow(page);
  });
});
