import { readBundle } from './read-bundle.js';
import type { BundleReading } from './items.js';

type Json = Readonly<Record<string, unknown>>;

const patient = (change: Json = {}): Json => ({
  resourceType: 'Patient',
  id: 'p1',
  name: [{ family: 'Muster', given: ['Eva'] }],
  gender: 'female',
  birthDate: '1980-02-29',
  ...change,
});
const condition = (change: Json = {}): Json => ({
  resourceType: 'Condition',
  id: 'c1',
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '44465007' }] },
  subject: { reference: 'urn:uuid:p1' },
  onsetDateTime: '2026-02-01T23:30:00-05:00',
  ...change,
});
const bundleOf = (...resources: readonly Json[]): Json => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${String(resource['id'])}`, resource })),
});
const wrong = ({ broken }: BundleReading): readonly string[] =>
  broken.map(({ pointer, why, dropped }) => `${pointer}: ${why} (${dropped})`);

describe('a bundle with a patient and a sprained ankle', () => {
  const reading = readBundle(
    bundleOf(
      condition(),
      patient(),
      { resourceType: 'Observation', id: 'o1' },
      { resourceType: 'Observation', id: 'o2' },
    ),
  );

  it('gives the patient before the condition', () => {
    expect(reading.items.map(({ kind, sourceId }) => [kind, sourceId])).toEqual([
      ['patient', 'p1'],
      ['condition', 'c1'],
    ]);
    expect(reading.broken).toEqual([]);
  });

  it('proposes a provisional diagnosis without a side', () => {
    expect(reading.items[1]).toEqual({
      kind: 'condition',
      sourceId: 'c1',
      identity: 'Condition/c1',
      pointer: '/entry/0/resource',
      fullUrl: 'urn:uuid:c1',
      patient: { identity: 'Patient/p1', inFile: true },
      patientSourceId: 'p1',
      snomed: '44465007',
      icd10: [],
      clinicalStatus: 'active',
      onsetDate: '2026-02-01',
      proposal: { icd10: 'S93.409A', region: 'ankle-foot', tissue: ['ligament'], dysfunction: 'sprain' },
    });
  });

  it('counts what it leaves', () => {
    expect(reading.ignored).toEqual([
      {
        resourceType: 'Observation',
        why: 'not-imported',
        count: 2,
        pointers: ['/entry/2/resource', '/entry/3/resource'],
      },
    ]);
  });

  it('counts each resource once', () => {
    expect(reading.tallies).toEqual([
      { resourceType: 'Observation', read: 2, taken: 0, ignored: 2, broken: 0 },
      { resourceType: 'Patient', read: 1, taken: 1, ignored: 0, broken: 0 },
      { resourceType: 'Condition', read: 1, taken: 1, ignored: 0, broken: 0 },
    ]);
  });
});

describe('a reference', () => {
  it.each(['Patient/p1', 'urn:uuid:p1', 'Patient/p1/_history/3'])(
    '%s means the patient of the bundle',
    (reference) => {
      expect(readBundle(bundleOf(condition({ subject: { reference } }), patient())).items).toHaveLength(2);
    },
  );

  it.each([
    ['urn:uuid:c1', 'no Patient'],
    ['urn:uuid:0e8a3bb9-0000-4000-8000-000000000000', 'leads to nothing in the file'],
    ['Practitioner/p1', 'no Patient'],
    ['Patient?identifier=1', 'a search that names no identifier with its system'],
    ['#p1', 'a resource inside another has no identity of its own'],
  ])('%s means no patient', (reference, why) => {
    const reading = readBundle(bundleOf(patient(), condition({ subject: { reference } })));
    expect(reading.items.map(({ kind }) => kind)).toEqual(['patient']);
    expect(wrong(reading)).toEqual([`/entry/1/resource/subject/reference: ${why} (resource)`]);
  });

  it('to what is not in the file means what an earlier one brought', () => {
    const reading = readBundle(bundleOf(condition({ subject: { reference: 'Patient/p2' } })));
    expect(reading.items).toMatchObject([{ patient: { identity: 'Patient/p2', inFile: false } }]);
  });

  it('to a patient who is broken costs the condition too', () => {
    expect(wrong(readBundle(bundleOf(condition(), patient({ birthDate: '2026-02-30' }))))).toEqual([
      '/entry/1/resource/birthDate: not a date that exists (resource)',
      '/entry/0/resource/subject/reference: the Patient that it names is not taken (resource)',
    ]);
  });

  it('to a recorder who is nobody costs only the recorder', () => {
    const recorder = { reference: 'urn:uuid:0e8a3bb9-0000-4000-8000-000000000000' };
    const reading = readBundle(bundleOf(patient(), condition({ recorder })));
    expect(reading.items).toHaveLength(2);
    expect(wrong(reading)).toEqual([
      '/entry/1/resource/recorder/reference: leads to nothing in the file (field)',
    ]);
  });
});

describe('a broken resource', () => {
  it.each([
    [patient({ birthDate: '1980-02-30' }), '/entry/0/resource/birthDate: not a date that exists (resource)'],
    [patient({ birthDate: undefined }), '/entry/0/resource/birthDate: missing (resource)'],
    [patient({ birthDate: 19800229 }), '/entry/0/resource/birthDate: text is expected (resource)'],
    [patient({ name: [] }), '/entry/0/resource/name: a name is needed (resource)'],
    [patient({ name: 'Eva' }), '/entry/0/resource/name: an array is expected (resource)'],
    [
      patient({ address: [{ line: [1] }] }),
      '/entry/0/resource/address/0/line/0: text is expected (resource)',
    ],
    [
      patient({ deceasedDateTime: '2026-01-01T25:00:00Z' }),
      '/entry/0/resource/deceasedDateTime: not a date or time that exists (resource)',
    ],
    [patient({ id: 7 }), '/entry/0/resource/id: text is expected (resource)'],
  ])('is named by its pointer, and the rest is taken (%#)', (resource, fault) => {
    const reading = readBundle(bundleOf(resource, { resourceType: 'Organization', id: 'o', name: 'Clinic' }));
    expect(reading.items.map(({ kind }) => kind)).toEqual(['organization']);
    expect(wrong(reading)).toContain(fault);
  });

  it('may be the same one a second time', () => {
    expect(wrong(readBundle(bundleOf(patient(), patient())))).toEqual([
      '/entry/1/resource: the file has this resource already (resource)',
    ]);
  });
});

describe('a date', () => {
  it.each(['1980', '1980-02', '1980-02-29'])('of birth %s keeps its precision', (birthDate) => {
    expect(readBundle(bundleOf(patient({ birthDate }))).items[0]).toMatchObject({ birthDate });
  });
});

describe('a condition that is not imported', () => {
  it.each([
    [
      condition({ code: { coding: [{ system: 'http://snomed.info/sct', code: '38341003' }] } }),
      'not-soft-tissue',
    ],
    [condition({ code: { text: 'pain' } }), 'without-code'],
    [condition({ code: { coding: [{ system: 'urn:of-our-own', code: 'M54.50' }] } }), 'unknown-code-system'],
    [
      condition({ code: { coding: [{ system: 'urn:oid:2.16.840.1.113883.6.90', code: 'constructor' }] } }),
      'not-a-code',
    ],
  ])('is counted with the reason (%#)', (resource, why) => {
    expect(readBundle(bundleOf(patient(), resource)).ignored).toEqual([
      { resourceType: 'Condition', why, count: 1, pointers: ['/entry/1/resource'] },
    ]);
  });
});

describe('what is no bundle', () => {
  it.each([
    null,
    undefined,
    7,
    'x',
    [],
    {},
    { resourceType: 'Patient' },
    { resourceType: 'Bundle' },
    { resourceType: 'Bundle', type: 'parcel', entry: [] },
    { resourceType: '__proto__' },
    { resourceType: 'Bundle', type: 'batch', entry: {} },
    { resourceType: 'Bundle', type: 'batch', entry: [null, 3, {}] },
  ])('is said to be broken: %j', (json) => {
    const reading = readBundle(json);
    expect(reading.items).toEqual([]);
    expect(reading.broken.length).toBeGreaterThan(0);
  });
});
