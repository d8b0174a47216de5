import { readBundle } from './read-bundle.js';
import type { BundleReading } from './items.js';

type Json = Readonly<Record<string, unknown>>;

const A = 'https://a.example/fhir';
const B = 'https://b.example/fhir';

const patient = (change: Json = {}): Json => ({
  resourceType: 'Patient',
  name: [{ family: 'Muster' }],
  birthDate: '1980-02-29',
  ...change,
});
const condition = (change: Json = {}): Json => ({
  resourceType: 'Condition',
  code: { coding: [{ system: 'http://snomed.info/sct', code: '44465007' }] },
  ...change,
});
const bundleOf = (...entry: readonly Json[]): Json => ({ resourceType: 'Bundle', type: 'collection', entry });
const names = ({ items }: BundleReading): readonly string[] => items.map(({ identity }) => identity);
/** Whom each condition of it is about. */
const subjects = ({ items }: BundleReading) =>
  items.flatMap((item) =>
    item.kind === 'condition' ? [[item.sourceId, item.patient.identity, item.patient.inFile]] : [],
  );
const mrn = (value: string): Json => ({
  type: { coding: [{ code: 'MR' }] },
  system: 'https://a.example/mrn',
  value,
});

describe('the name that lasts', () => {
  it.each([
    ['its id', { resource: patient({ id: 'p' }) }, 'Patient/p'],
    [
      'its id, whatever the file calls it',
      { fullUrl: 'urn:uuid:1', resource: patient({ id: 'p' }) },
      'Patient/p',
    ],
    ['the id in its address', { fullUrl: `${A}/Patient/p`, resource: patient() }, `${A}/Patient/p`],
    [
      'without an id its record number',
      {
        fullUrl: 'urn:uuid:1',
        resource: patient({
          identifier: [{ system: 'urn:x', value: '9', type: { coding: [{ code: 'SS' }] } }, mrn('7')],
        }),
      },
      'Patient?identifier=https://a.example/mrn|7',
    ],
    [
      'without an id what it must not exist by',
      {
        fullUrl: 'urn:uuid:1',
        resource: patient(),
        request: { ifNoneExist: 'identifier=https://a.example/mrn%7C7' },
      },
      'Patient?identifier=https://a.example/mrn|7',
    ],
    ['at last the name for this file', { fullUrl: 'urn:uuid:00AB', resource: patient() }, 'urn:uuid:00ab'],
  ])('is %s', (_what, entry, identity) => {
    expect(names(readBundle(bundleOf(entry)))).toEqual([identity]);
  });

  it('is needed', () => {
    expect(readBundle(bundleOf({ resource: patient() })).broken).toEqual([
      { pointer: '/entry/0/resource/id', why: 'missing', dropped: 'resource' },
    ]);
  });

  it('says no server on that of the source, and is another on another', () => {
    const mixed = bundleOf(
      { fullUrl: `${A}/Patient/1`, resource: patient({ id: '1' }) },
      { fullUrl: `${A}/Patient/2`, resource: patient({ id: '2' }) },
      { fullUrl: `${B}/Patient/1`, resource: patient({ id: '1' }) },
    );
    expect(names(readBundle(mixed))).toEqual([`${A}/Patient/1`, `${A}/Patient/2`, `${B}/Patient/1`]);
    expect(names(readBundle(mixed, { home: A }))).toEqual(['Patient/1', 'Patient/2', `${B}/Patient/1`]);
    expect(names(readBundle(mixed, { home: `${B}/` }))).toEqual([
      `${A}/Patient/1`,
      `${A}/Patient/2`,
      'Patient/1',
    ]);
    expect(names(readBundle(patient({ id: '1' })))).toEqual(['Patient/1']);
  });

  it('is asked for as the entry asks', () => {
    const request = { method: 'POST', ifNoneExist: 'Patient?identifier=https://a.example/mrn|7&name=x' };
    expect(readBundle(bundleOf({ request, resource: patient({ id: 'p' }) })).items).toMatchObject([
      { identity: 'Patient/p', ifNoneExist: [{ system: 'https://a.example/mrn', value: '7' }] },
    ]);
  });
});

describe('a reference of an entry', () => {
  const two = [
    { fullUrl: `${A}/Patient/1`, resource: patient({ id: '1' }) },
    { fullUrl: `${A}/Patient/2`, resource: patient({ id: '2' }) },
    { fullUrl: `${B}/Patient/1`, resource: patient({ id: '1' }) },
  ];
  const about = (fullUrl: string, id: string, reference: string): Json => ({
    fullUrl,
    resource: condition({ id, subject: { reference } }),
  });

  it('that is relative stays on the server of the entry', () => {
    const reading = readBundle(
      bundleOf(
        ...two,
        about(`${A}/Condition/a`, 'a', 'Patient/1'),
        about(`${B}/Condition/b`, 'b', 'Patient/1'),
        about(`${B}/Condition/c`, 'c', 'Patient/2'),
        about('urn:uuid:d', 'd', 'Patient/1'),
      ),
    );
    expect(subjects(reading)).toEqual([
      ['a', `${A}/Patient/1`, true],
      ['b', `${B}/Patient/1`, true],
      ['c', `${B}/Patient/2`, false],
      ['d', `${A}/Patient/1`, true],
    ]);
  });

  it('may be of the one, and the entry of the other, that says where it stands', () => {
    const bare = { resource: patient({ id: '3' }) };
    expect(subjects(readBundle(bundleOf(...two, bare, about(`${A}/Condition/a`, 'a', 'Patient/3'))))).toEqual(
      [['a', 'Patient/3', true]],
    );
    expect(subjects(readBundle(bundleOf(...two, bare, about(`${B}/Condition/b`, 'b', 'Patient/3'))))).toEqual(
      [['b', `${B}/Patient/3`, false]],
    );
  });

  it.each([
    [`${B}/Patient/1`, `${B}/Patient/1`, true],
    [`${B}/Patient/1/_history/4`, `${B}/Patient/1`, true],
    [`${A}/Patient/1`, `${A}/Patient/1`, true],
    ['https://c.example/fhir/Patient/1', 'https://c.example/fhir/Patient/1', false],
  ])('%s is that one', (reference, identity, inFile) => {
    expect(subjects(readBundle(bundleOf(...two, about(`${A}/Condition/a`, 'a', reference))))).toEqual([
      ['a', identity, inFile],
    ]);
  });

  const numbered = [
    { fullUrl: 'urn:uuid:1', resource: patient({ id: 'p', identifier: [mrn('7'), mrn('8')] }) },
    { fullUrl: 'urn:uuid:2', resource: patient({ id: 'q', identifier: [mrn('8')] }) },
  ];

  it.each([
    [{ reference: 'Patient?identifier=https://a.example/mrn|7' }, [['c', 'Patient/p', true]]],
    [{ reference: 'Patient?identifier=https%3A%2F%2Fa.example%2Fmrn%7C7' }, [['c', 'Patient/p', true]]],
    [
      { type: 'Patient', identifier: { system: 'https://a.example/mrn', value: '7' } },
      [['c', 'Patient/p', true]],
    ],
    [
      { reference: 'Patient?identifier=https://a.example/mrn|9' },
      [['c', 'Patient?identifier=https://a.example/mrn|9', false]],
    ],
    [{ reference: 'Patient?identifier=https://a.example/mrn|8' }, []],
    [{ reference: 'URN:UUID:1' }, [['c', 'Patient/p', true]]],
    [{ display: 'Eva' }, []],
    [{}, []],
  ])('%j', (subject, found) => {
    const reading = readBundle(bundleOf(...numbered, { resource: condition({ id: 'c', subject }) }));
    expect(subjects(reading)).toEqual(found);
    expect(reading.broken).toHaveLength(found.length === 0 ? 1 : 0);
  });
});
