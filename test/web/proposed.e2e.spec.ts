/** What files propose as precautions is settled at a screen by who treats, and seen by who asks them to: by pointer, and by keys. */
import { atTheScreens } from './at-the-screens.js';
import { describeWithBrowser } from './browser.js';
import { CLERK } from './records-office.js';
import { button, DIALOG, field, heading, row, words } from './things.js';
import type { Way } from './way.js';

const NARRATED_MS = 120_000;

const coding = (system: string, code: string): object => ({ coding: [{ system, code }] });

describeWithBrowser('a proposed precaution', () => {
  const screens = atTheScreens();

  /** A patient whose file brings a medicine and a condition that care has to respect. */
  const brings = async (family: string): Promise<void> => {
    const subject = { reference: 'Patient/p' };
    const file = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        {
          resourceType: 'Patient',
          id: 'p',
          name: [{ family, given: ['Robin'] }],
          birthDate: '1948-05-06',
          gender: 'female',
        },
        {
          resourceType: 'MedicationRequest',
          id: 'm',
          status: 'active',
          intent: 'order',
          subject,
          medicationCodeableConcept: coding('http://www.nlm.nih.gov/research/umls/rxnorm', '11289'),
        },
        {
          resourceType: 'Condition',
          id: 'c',
          subject,
          clinicalStatus: coding('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
          code: coding('http://hl7.org/fhir/sid/icd-10-cm', 'M81.0'),
        },
      ].map((resource) => ({ resource: { ...resource, id: `${family}-${resource.id}` } })),
    };
    const text = JSON.stringify(file).replaceAll('Patient/p', `Patient/${family}-p`);
    const { status } = await screens.product.fascia
      .as('physician-demo')
      .insists('POST', '/api/v1/imports', text, { 'content-type': 'application/fhir+json' });
    expect(status).toBe(201);
  };

  const settles = async (way: Way, family: string): Promise<void> => {
    await way.goesTo('Proposed precautions');
    await way.sees(row(family, 'A medicine'));
    await way.sees(row(family, 'A condition'));
    await way.doesFirst(row(family, 'A medicine'), button(/^Confirm/));
    await way.seesNoMore(row(family, 'A medicine'));
    await way.pushes({ ...button(/^It is none/), in: row(family, 'A condition') });
    await way.writes(field('Why it is none for this patient', DIALOG), 'The scan was normal.');
    await way.pushes(button('It is none', DIALOG));
    await way.seesNoMore(row(family));
  };

  it.each([
    ['by pointer', 'open', 'Galloway'],
    ['by keys', 'openByKeys', 'Hathersage'],
  ] as const)(
    'is confirmed, or is none (%s)',
    async (_how, open, family) => {
      await brings(family);
      await settles(await screens[open]('physician-demo'), family);
    },
    NARRATED_MS,
  );

  it('is seen by who looks after records, with whom to ask', async () => {
    await brings('Inchbald');
    const clerk = await screens.open(CLERK, { path: '/precautions' });
    await clerk.sees(heading('Proposed precautions'));
    await clerk.sees(row('Inchbald', 'A medicine', 'A physician or therapist who treats this patient'));
    expect(await clerk.count(button(/^Confirm/))).toBe(0);
  });

  it('is nothing of an auditor’s', async () => {
    const auditor = await screens.open('auditor-demo', { path: '/precautions' });
    await auditor.sees(words('This is not for your role'));
  });
});
