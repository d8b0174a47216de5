/** An operator looks after who works in the network and where, and after its keys: by pointer, and by keys alone. */
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { lateTimers } from './people.js';
import { button, DIALOG, field, heading, link, list, option, row, words, type Thing } from './things.js';
import type { Way } from './way.js';

const STORY_MS = 300_000;

const LICENSED_FROM = '2020-01-01';
const LICENSED_TO = '2099-12-31';

const inDialog = (thing: Thing): Thing => ({ ...thing, in: DIALOG });

const WAYS = [
  ['by pointer', 'open', {}, 'Torvald', 'Fjord Therapy'],
  // Lists are typed in: what Enter takes is what is marked, however late the page is.
  ['by keys alone', 'openByKeys', { prepare: lateTimers }, 'Uchenna', 'Harbour Massage'],
] as const;

describeWithBrowser('an operator', () => {
  const screens = atTheScreens();

  const registers = async (way: Way, clinic: string): Promise<void> => {
    await way.goesTo('Organisations');
    await way.pushes(button('Register an organisation'));
    await way.writes(field('Name', DIALOG), clinic);
    await way.chooses(inDialog(list('Kind')), option('Clinic'));
    await way.finds(inDialog(list('Time zone')), 'Auckland', option('Pacific/Auckland'));
    await way.pushes(button('Register', DIALOG));
    await way.sees(row(clinic, 'Clinic', 'Pacific/Auckland', 'Now '));

    await way.doesFirst(row(clinic), button(/^Correct the zone/));
    await way.finds(inDialog(list('Time zone')), 'Kathmandu', option('Asia/Kathmandu'));
    await way.pushes(button('Correct', DIALOG));
    await way.sees(row(clinic, 'Asia/Kathmandu'));

    await way.pushes(button(`Set days off: ${clinic}`));
    await way.writes(field('Other days', DIALOG), '25 December');
    await way.pushes(button('Set', DIALOG));
    await way.sees(words('No such day: 25 December', DIALOG));
    await way.writes(field('Other days', DIALOG), '2026-12-25');
    await way.pushes(button('Set', DIALOG));
    await way.sees(row(clinic, 'Off: Saturday, Sunday, 1 other day'));

    await way.pushes(button(`Name a source system: ${clinic}`));
    await way.writes(field('URI of the system', DIALOG), 'no uri');
    await way.pushes(button('Name it', DIALOG));
    await way.sees(words('It begins with a scheme and a colon, and has no spaces.', DIALOG));
    await way.writes(field('URI of the system', DIALOG), `urn:ehr:${clinic.replaceAll(' ', '-')}`);
    await way.pushes(button('Name it', DIALOG));
    // The first that is named is the one of files that name none.
    await way.sees(row(clinic, 'urn:ehr:', 'by default'));
  };

  const enrols = async (way: Way, family: string, clinic: string): Promise<void> => {
    await way.goesTo('People');
    await way.pushes(button('Enrol somebody'));
    await way.pushes(button('Enrol', DIALOG));
    await way.sees(words('This is needed.', DIALOG));
    await way.writes(field('Given names', DIALOG), 'Robin');
    await way.writes(field('Family name', DIALOG), family);
    await way.writes(field('Account', DIALOG), `${family.toLowerCase()}@sign-in`);
    await way.chooses(inDialog(list('Role')), option('Therapist'));
    await way.finds(inDialog(list('Organisation')), clinic, option(clinic));
    await way.pushes(button('Enrol', DIALOG));
    await way.sees(heading(`Robin ${family}`));
    await way.sees(row('Therapist', clinic));

    await way.pushes(button('Record a licence'));
    await way.writes(field('Kind of licence', DIALOG), 'massage therapist');
    await way.writes(field('State', DIALOG), 'MA');
    await way.writes(field('Number', DIALOG), '4711');
    await way.sets(field('Valid from', DIALOG), LICENSED_FROM);
    await way.sets(field('Valid until', DIALOG), LICENSED_TO);
    await way.pushes(button('Record', DIALOG));
    await way.sees(row('massage therapist', 'MA', 'Valid'));
  };

  const rearranges = async (way: Way, family: string, clinic: string): Promise<void> => {
    await way.pushes(button('Give a role'));
    await way.chooses(inDialog(list('Role')), option('Scheduler'));
    await way.finds(inDialog(list('Organisation')), clinic, option(clinic));
    await way.pushes(button('Give a role', DIALOG));
    await way.sees(row('Scheduler', clinic));
    await way.pushes(button(`Take away: Scheduler, ${clinic}`));
    await way.pushes(button('Take away', DIALOG));
    await way.seesNoMore(row('Scheduler', clinic));

    await way.pushes(button('Suspend'));
    await way.writes(field('Why', DIALOG), 'The licence is being looked at.');
    await way.pushes(button('Suspend', DIALOG));
    await way.sees(words('Cannot sign in until the suspension ends'));
    await way.pushes(link('All people'));
    await way.writes(field('Name, or part of it'), family.toLowerCase());
    await way.sees(row(family, 'Suspended'));
    await way.opens(row(family));
    await way.pushes(button('End the suspension'));
    await way.writes(field('Why', DIALOG), 'It is in order.');
    await way.pushes(button('End the suspension', DIALOG));
    await way.sees(words('Can sign in'));
  };

  it.each(WAYS)(
    'registers a clinic, enrols who works there, and settles what they may do (%s)',
    async (_how, open, opening, family, clinic) => {
      const way: Way = await screens[open]('operator-demo', opening);
      await registers(way, clinic);
      await enrols(way, family, clinic);
      await rearranges(way, family, clinic);
      const { body } = await screens.product.fascia
        .as('operator-demo')
        .get(`/api/v1/practitioners?name=${family}`);
      expect(body.items).toEqual([
        expect.objectContaining({
          name: `Robin ${family}`,
          roles: [expect.objectContaining({ role: 'therapist' })],
          licences: [{ state: 'MA', kind: 'massage therapist', from: LICENSED_FROM, to: LICENSED_TO }],
          ...{ suspended: false, hasAccount: true, hasNpi: false },
        }),
      ]);
    },
    STORY_MS,
  );

  it.each(['open', 'openByKeys'] as const)('turns the master key over (%s)', async (open) => {
    const way: Way = await screens[open]('operator-demo');
    await way.goesTo('Keys');
    await way.sees(row('Current'));
    const before = await way.count({ role: 'row', in: { role: 'table', name: 'Master keys' } });
    await way.pushes(button('Turn the master key over'));
    await way.pushes(button('Turn it over now', DIALOG));
    await way.sees(words(/keys? (?:was|were) wrapped anew/));
    await way.sees({ role: 'row', in: { role: 'table', name: 'Master keys' }, nth: before });
    await way.sees(row('needed for backups of before alone'));
    // What was sealed before is opened as ever.
    const { body } = await screens.product.fascia.as('physician-demo').get('/api/v1/patients?limit=1');
    expect(body.items).toHaveLength(1);
  });

  it.each(['/people', '/organizations', '/keys'])('is alone at %s', async (path) => {
    const physician = await screens.open('physician-demo', { path });
    await physician.sees(words('This is not for your role'));
  });
});
