import { isNpi } from '@fascia/directory/contract';
import { readBundle } from './read-bundle.js';

const readOne = (resource: Readonly<Record<string, unknown>>) =>
  readBundle({ resourceType: 'Bundle', type: 'batch', entry: [{ resource: { id: 'x', ...resource } }] })
    .items[0];

describe('a national provider identifier', () => {
  it.each([
    ['1234567893', true],
    ['1234567890', false],
    ['470', false],
    ['3234567893', false],
  ])('%s: %s', (text, valid) => {
    expect(isNpi(text)).toBe(valid);
  });

  it('is taken from a practitioner only with the right check digit', () => {
    const practitioner = (value: string) =>
      readOne({
        resourceType: 'Practitioner',
        name: [{ text: 'Dr. Beer' }],
        identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value }],
      });
    expect(practitioner('1234567893')).toMatchObject({ npi: '1234567893' });
    expect(practitioner('470')).not.toHaveProperty('npi');
    expect(practitioner('470')).toMatchObject({ identifiers: [{ value: '470' }] });
  });
});

describe('a patient', () => {
  const base = {
    resourceType: 'Patient',
    birthDate: '1975-10-12',
    name: [
      { use: 'nickname', text: 'Evi' },
      { use: 'official', family: 'Muster', given: ['Eva', 'Maria'], prefix: ['Dr.'] },
    ],
  };
  const birthSex = (valueCode: string) => ({
    extension: [{ url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex', valueCode }],
  });

  it('goes by the official name', () => {
    expect(readOne(base)).toMatchObject({
      name: { family: 'Muster', given: ['Eva', 'Maria'], prefix: ['Dr.'] },
    });
  });

  it.each([
    [{ gender: 'female' }, 'F'],
    [{ gender: 'male', ...birthSex('F') }, 'F'],
    [{ gender: 'male', ...birthSex('UNK') }, 'UNK'],
    [{ gender: 'other' }, 'UNK'],
    [{}, 'UNK'],
  ])('%j: sex at birth %s', (fields, sexAtBirth) => {
    expect(readOne({ ...base, ...fields })).toMatchObject({ sexAtBirth });
  });

  it('has the preferred language, contact and death', () => {
    const spoken = (code: string, preferred: boolean) => ({ language: { coding: [{ code }] }, preferred });
    const read = readOne({
      ...base,
      communication: [spoken('en-US', false), spoken('es', true)],
      telecom: [{ system: 'phone', value: '555', use: 'home' }, { system: 'email' }],
      address: [{ line: ['1 Way'], city: 'Boston', postalCode: '02108' }],
      deceasedDateTime: '2008-12-14T03:11:33+00:00',
    });
    expect(read).toMatchObject({
      language: 'es',
      telecom: [{ system: 'phone', value: '555', use: 'home' }],
      address: [{ line: ['1 Way'], city: 'Boston', postalCode: '02108' }],
      deceased: '2008-12-14',
    });
    expect(readOne({ ...base, deceasedBoolean: true })).toMatchObject({ deceased: true });
    expect(readOne({ ...base, deceasedBoolean: false })).not.toHaveProperty('deceased');
  });

  it.each([
    [
      [
        { use: 'old', family: 'Before' },
        { use: 'usual', family: 'Now' },
      ],
      'Now',
    ],
    [[{ use: 'maiden', family: 'Before' }, { family: 'Now' }], 'Now'],
    [
      [
        { use: 'official', family: 'Before', period: { end: '2019-05-01' } },
        { use: 'usual', family: 'Now' },
      ],
      'Now',
    ],
    [
      [
        { use: 'official', family: 'Before', period: { end: '2019' } },
        { use: 'official', family: 'Now', period: { start: '2019' } },
      ],
      'Now',
    ],
    [
      [
        { use: 'official', family: 'Now', period: { start: '2001', end: '9999-12-31' } },
        { use: 'usual', family: 'Other' },
      ],
      'Now',
    ],
    [
      [
        { use: 'nickname', family: 'Evi' },
        { use: 'official', family: 'Now', period: 'always' },
      ],
      undefined,
    ],
    [[{ use: 'old', family: 'Only' }], 'Only'],
  ])('goes by the name in use: %j', (name, family) => {
    const found = readOne({ ...base, name });
    expect(found?.kind === 'patient' ? found.name.family : undefined).toBe(family);
  });

  it.each([[{ given: ['Suharti'] }], [{ text: 'Suharti' }], [{ family: 'Suharti' }]])(
    'may have one name: %j',
    (name) => {
      expect(readOne({ ...base, name: [name] })).toMatchObject({ name });
    },
  );

  it('may be out of use, and replaced by another record of the source', () => {
    const link = [
      { type: 'replaced-by', other: { reference: 'Patient/new' } },
      { type: 'replaces', other: { reference: 'Patient/older' } },
      { type: 'seealso', other: { reference: 'Patient/other' } },
      { type: 'replaced-by', other: { reference: 'urn:uuid:nobody' } },
    ];
    expect(readOne({ ...base, active: false, link })).toMatchObject({
      inactive: true,
      replacedBy: { identity: 'Patient/new', inFile: false },
      replaces: [{ identity: 'Patient/older', inFile: false }],
    });
  });

  it('keeps no more than there is room for, and says so', () => {
    const telecom = Array.from({ length: 25 }, (_, index) => ({ system: 'phone', value: String(index) }));
    const entry = [{ resource: { id: 'x', ...base, telecom } }];
    const { items, broken } = readBundle({ resourceType: 'Bundle', type: 'batch', entry });
    expect(items[0]).toMatchObject({ telecom: telecom.slice(0, 20) });
    expect(broken).toEqual([
      {
        pointer: '/entry/0/resource/telecom',
        why: 'more than 20: the first of them are taken',
        dropped: 'field',
      },
    ]);
  });
});
