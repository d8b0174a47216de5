/** Files are imported at the screens: how far they are, what came of them, and what is to be settled; by pointer, and by keys. */
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import type { GivenFile } from './eyes.js';
import { button, heading, link, list, option, row, words } from './things.js';
import type { Way } from './way.js';

const HARBOR = 'Harbor Family Practice';

const patient = (id: string, family: string, more: object = {}): object => ({
  resource: {
    resourceType: 'Patient',
    id,
    name: [{ family, given: ['Robin'] }],
    birthDate: '1961-07-08',
    gender: 'other',
    ...more,
  },
});

const fileOf = (name: string, ...entry: readonly object[]): GivenFile => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })),
});

const CHOOSES = button('Choose files');

describeWithBrowser('whoever imports files', () => {
  // A file that cannot be read is told so in the stream of its answer.
  const screens = atTheScreens();

  const imports = async (way: Way, family: string): Promise<void> => {
    await way.sees(heading('Imports'));
    await way.chooses(list('Who holds the records'), option(HARBOR));
    await way.gives(CHOOSES, [
      fileOf(
        'patients.json',
        patient(`at-the-screens-${family}`, family),
        patient('broken', family, { birthDate: '1961-02-30' }),
        { resource: { resourceType: 'Observation', id: 'o' } },
      ),
    ]);
    await way.sees(row('patients.json', '3 resources read', '1 added', '1 broken'));
    await way.pushes(link('Report', row('patients.json')));
    await way.sees(heading('Report'));
    await way.sees(row('/entry/1', 'The resource'));
    await way.sees(row('Observation', 'Nothing here needs it.'));
    await way.pushes(link('To all imports'));
    await way.sees(row(HARBOR, 'https://ehr.harbor.example/fhir', '1 added'));
  };

  it('is told how far they are, what came of them and what is to be settled, by pointer', async () => {
    const hands = await screens.open('operator-demo', { path: '/imports' });
    await imports(hands, 'Abernathy');
  });

  it('does all of it by keys', async () => {
    const keys = await screens.openByKeys('operator-demo');
    await keys.goesTo('Imports');
    await imports(keys, 'Birtwhistle');
  });

  it('is told of each file by itself what is wrong with it, and sends it again', async () => {
    const hands = await screens.open('coordinator-two-demo', { path: '/imports' });
    // Nobody has said which systems files of this clinic come from.
    await hands.sees(words('This organisation has named no system whose files are imported.'));
    const operator = await screens.open('operator-demo', { path: '/imports' });
    await operator.sees(heading('Imports'));
    await operator.chooses(list('Who holds the records'), option(HARBOR));
    await operator.gives(CHOOSES, [
      { ...fileOf('half.json'), buffer: Buffer.from('{"resourceType": "Bundle"') },
      fileOf('whole.json', patient('at-the-screens-whole', 'Castellanos')),
      { ...fileOf('notes.txt'), mimeType: 'text/plain' },
    ]);
    await operator.sees(words(/notes\.txt is no file of FHIR/));
    await operator.sees(row('whole.json', '1 added'));
    await operator.sees(row('half.json', 'Nothing of the file can be read'));
    await operator.pushes(button('Send again: half.json'));
    await operator.sees(row('half.json', 'Nothing of the file can be read'));
    // Elsewhere meanwhile, and back.
    await operator.goesTo('Operations');
    await operator.goesTo('Imports');
    await operator.sees(row('whole.json', '1 added'));
  });

  it('is of no other role', async () => {
    const therapist = await screens.open('therapist-demo', { path: '/imports' });
    await therapist.sees(words('This is not for your role'));
  });
});
