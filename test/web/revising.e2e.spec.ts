/** What was sent and what was recorded are said otherwise at the screens: an order, a finding; and a place is pointed at on the body. */
import { until } from '@fascia/testkit';
import { refer } from '../journeys/treatment.js';
import { atTheScreens, REFUSED } from './at-the-screens.js';
import { barriersOn } from './axe.js';
import { describeWithBrowser } from './browser.js';
import { tabsTo, type Hands } from './hands.js';
import { box, button, DIALOG, field, link, list, option, region, words, type Thing } from './things.js';

const DEADLINE_MS = 60_000;

const REVISED = region('What changed in the order');
const TO_ACKNOWLEDGE = words(
  'The clinic has to take note of this. Until then no further visit is booked.',
  REVISED,
);
const MATERIAL = words('The clinic has to take note of this, and books no further visit until it has.');
const ON_BODY = 'Choose the place on the body';
const MAP: Thing = { role: 'group', name: ON_BODY };

const gone = (text: string, around: Thing): Thing => ({ selector: 'del', says: [text], in: around });
const come = (text: string, around: Thing): Thing => ({ selector: 'ins', says: [text], in: around });

interface Diagnosis {
  readonly id: string;
  readonly dysfunction: string;
  readonly site: object | null;
}

describeWithBrowser('what is said otherwise', () => {
  const screens = atTheScreens(REFUSED);
  let diagnosis: string;
  let referral: string;

  const asPhysician = (path: string): Promise<Hands> => screens.open('physician-demo', { path });

  const showsPlace = (hands: Hands, place: string, around?: Thing): Promise<unknown> =>
    until(async () => (await hands.reads(list('Place', around))) === place, {
      deadlineMs: DEADLINE_MS,
      message: `${place === '' ? 'no place' : place} in the list as well`,
    });

  /** With nothing said yet, for somebody of whom nothing is on record. */
  const draftFor = async (family: string): Promise<{ draft: string; patientId: string }> => {
    const physician = screens.product.fascia.as('physician-demo');
    const patientId = await physician.registers(family);
    const { id } = (await physician.does('/api/v1/referrals', { patientId, content: {} })) as { id: string };
    return { draft: `/referrals/${id}/draft`, patientId };
  };

  beforeAll(async () => {
    const { fascia } = screens.product;
    const physician = fascia.as('physician-demo');
    const patient = await physician.registers('Ozolinš');
    ({ diagnosis, referral } = await refer(physician, patient, 'SELF-PAY'));
    await fascia.as('coordinator-demo').does(`/api/v1/referrals/${referral}/accept`);
  });

  it('of an order stands beside what it said, is there after a closed tab, and the clinic takes note of it', async () => {
    const hands = await asPhysician(`/referrals/${referral}`);
    const changes = region('What changes');
    await hands.pushes(link('Change the order'));
    await hands.sees(words('Nothing is changed yet.'));
    // It stays where it is.
    expect(await hands.count({ role: 'radiogroup', name: 'Clinic' })).toBe(0);
    await hands.writes(field('Clinical question'), 'Stairs without pain, down as well.');
    await hands.sees(words('The clinic reads this, and goes on without being asked.'));
    await hands.writes(field('Visits in all'), '6');
    await hands.sees(MATERIAL);
    await hands.sees(gone('8 visits in 4 weeks', changes));
    await hands.sees(come('6 visits in 4 weeks', changes));
    // And look it.
    const decorated = (mark: string): Promise<string> =>
      hands.page.evaluate(`getComputedStyle(document.querySelector('${mark}')).textDecorationLine`);
    expect([await decorated('del'), await decorated('ins')]).toEqual(['line-through', 'underline']);
    await hands.sees(words('Nothing stands in the way.'));
    await hands.pushes(button('Send the change'));
    await hands.sees(words('This is needed.'));

    const kept = hands.page.waitForResponse(
      (response) =>
        response.url().includes('/api/v1/forms/ReviseReferral.') &&
        response.request().postData()?.includes('Better than') === true &&
        response.ok(),
    );
    await hands.writes(field('Why it is changed'), 'Better than expected.');
    await kept;
    await hands.page.reload();
    await hands.sees(words('This is as you left it. It was not sent.'));
    expect(await hands.reads(field('Visits in all'))).toBe('6');
    expect(await hands.reads(field('Why it is changed'))).toBe('Better than expected.');
    expect(await barriersOn(hands.page)).toEqual([]);
    await hands.sees(words('Nothing stands in the way.'));
    await hands.pushes(button('Send the change'));
    await hands.sees(TO_ACKNOWLEDGE);

    const clinic = await screens.open('coordinator-demo', { path: `/referrals/${referral}` });
    await clinic.sees(TO_ACKNOWLEDGE);
    await clinic.sees(gone('8 visits in 4 weeks', REVISED));
    await clinic.sees(come('6 visits in 4 weeks', REVISED));
    await clinic.sees(come('Stairs without pain, down as well.', REVISED));
    await clinic.sees(words('Better than expected.'));
    expect(await clinic.count(link('Change the order'))).toBe(0);
    expect(await barriersOn(clinic.page)).toEqual([]);
    await clinic.pushes(button('Noted'));
    await clinic.seesNoMore(TO_ACKNOWLEDGE);
    await clinic.sees(gone('8 visits in 4 weeks', REVISED));
    // Whoever sent it sees that it is noted, without loading anything anew.
    await hands.seesNoMore(TO_ACKNOWLEDGE);
  });

  it('of an order says what would be refused of it before it is sent', async () => {
    const hands = await asPhysician(`/referrals/${referral}/revise`);
    await hands.pushes(box(/M76\.52/));
    await hands.sees(words('What still stands in the way'));
    await hands.sees({ role: 'listitem', says: ['a diagnosis'] });
    await hands.pushes(box(/M76\.52/));
    await hands.sees(words('Nothing is changed yet.'));
    await hands.sees(words('Nothing stands in the way.'));
    expect(await hands.page.getByRole('button', { name: 'Send the change' }).isDisabled()).toBe(true);
  });

  it('of a finding is all of it anew, with the reason, and drops nothing that no field asks for', async () => {
    const hands = await asPhysician(`/referrals/${referral}/revise`);
    await hands.pushes(button('Change: M76.52'));
    await hands.sees({ role: 'dialog', name: /^Change: M76\.52/ });
    await showsPlace(hands, 'Knee, left', DIALOG);
    await hands.chooses(list('What is wrong there', DIALOG), option('Adhesion'));
    await hands.pushes(button('Change the diagnosis', DIALOG));
    await hands.sees(words('This is needed.', DIALOG));
    expect(await barriersOn(hands.page)).toEqual([]);
    await hands.writes(field('Why it is changed', DIALOG), 'It glides badly.');
    await hands.pushes(button('Change the diagnosis', DIALOG));
    await hands.seesNoMore(DIALOG);
    const physician = screens.product.fascia.as('physician-demo');
    await until(
      async () => {
        const { body } = await physician.get(`/api/v1/diagnoses/${diagnosis}`);
        return (body as Diagnosis).dysfunction === 'adhesion';
      },
      { deadlineMs: DEADLINE_MS, message: 'the finding as it is said now' },
    );
    expect((await physician.get(`/api/v1/diagnoses/${diagnosis}`)).body).toMatchObject({
      code: 'M76.52',
      site: { region: 'knee', side: 'left' },
      tissues: ['tendon'],
      onset: '2026-02',
      verification: 'confirmed',
    });
  });

  it('of a place is pointed at on the body: one at a time, with its side, and the list says the same', async () => {
    const { draft, patientId } = await draftFor('Quill');
    const hands = await asPhysician(draft);
    await hands.finds(list('Diagnosis (ICD-10-CM)'), 'M75.01', option(/M75\.01/));
    await hands.pushes(button(ON_BODY));
    await hands.pushes(box('left shoulder, front', MAP));
    await showsPlace(hands, 'Shoulder, left');
    await hands.pushes(box('right shoulder, front', MAP));
    await showsPlace(hands, 'Shoulder, right');
    const marked = hands.page.getByRole('group', { name: ON_BODY }).getByRole('checkbox', { checked: true });
    // From the front and from the back.
    expect(await marked.count()).toBe(2);
    expect(await barriersOn(hands.page)).toEqual([]);
    await hands.chooses(list('What is wrong there'), option('Contracture'));
    await hands.pushes(button('Record the diagnosis'));
    await hands.sees(box(/M75\.01/));
    const { items } = (
      await screens.product.fascia.as('physician-demo').get(`/api/v1/diagnoses?patientId=${patientId}`)
    ).body as { items: readonly Diagnosis[] };
    expect(items).toMatchObject([{ site: { region: 'shoulder', side: 'right' } }]);
  });

  it('of a place is chosen by keys alone: to the body, from region to region, and back to none', async () => {
    const { draft } = await draftFor('Quarles');
    const hands = await asPhysician(draft);
    await hands.sees(button(ON_BODY));
    await tabsTo(hands, 'button', ON_BODY);
    await hands.press('Enter');
    await hands.sees(MAP);
    await tabsTo(hands, '[role="checkbox"][tabindex="0"]');
    // From the head downwards.
    await hands.press('Home');
    await hands.press('ArrowDown');
    await hands.press('Space');
    await showsPlace(hands, 'Neck, right');
    await hands.press('ArrowDown');
    await hands.press('Enter');
    await showsPlace(hands, 'Ribs, right');
    await hands.press('Enter');
    await showsPlace(hands, '');
    // The list is as good a way, and the body shows it.
    await hands.chooses(list('Place'), option('Knee, left'));
    await hands.page
      .getByRole('group', { name: ON_BODY })
      .getByRole('checkbox', { name: 'left knee, front', checked: true })
      .waitFor();
  });
});
