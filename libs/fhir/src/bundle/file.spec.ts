import fc from 'fast-check';
import { readFile } from './file.js';
import type { BundleReading } from './items.js';

type Json = Readonly<Record<string, unknown>>;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (value: unknown) => readFile(bytes(typeof value === 'string' ? value : JSON.stringify(value)));
const patient = (id: string, change: Json = {}): Json => ({
  resourceType: 'Patient',
  id,
  name: [{ family: 'Muster', given: ['Eva'] }],
  birthDate: '1980-02-29',
  ...change,
});
const condition = (id: string, reference: string): Json => ({
  resourceType: 'Condition',
  id,
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M54.50' }] },
  subject: { reference },
});
const bundle = (type: string, ...entry: readonly unknown[]): Json => ({
  resourceType: 'Bundle',
  type,
  entry,
});
const kinds = ({ items }: BundleReading): readonly string[] => items.map(({ kind }) => kind);
const wrong = ({ broken }: BundleReading): readonly string[] =>
  broken.map(({ pointer, why, dropped }) => `${pointer}: ${why} (${dropped})`);
const sums = ({ tallies }: BundleReading) => {
  const sum = (key: 'read' | 'taken' | 'ignored' | 'broken') =>
    tallies.reduce((total, each) => total + each[key], 0);
  return { read: sum('read'), all: sum('taken') + sum('ignored') + sum('broken') };
};

describe('a file', () => {
  it('may begin with a byte order mark', () => {
    expect(kinds(read(`\ufeff${JSON.stringify(bundle('collection', { resource: patient('p') }))}`))).toEqual([
      'patient',
    ]);
  });

  it.each([
    ['searchset', true],
    ['history', true],
    ['collection', false],
    ['transaction', false],
  ] as const)('that is a %s is a part of what a server holds: %j', (type, isAnswer) => {
    expect(read(bundle(type, { resource: patient('p') })).isAnswer).toBe(isAnswer);
  });

  it('may be one resource', () => {
    expect(read(patient('p'))).toMatchObject({
      form: 'json',
      isAnswer: false,
      items: [{ identity: 'Patient/p', pointer: '' }],
    });
  });

  it.each([
    ['<Bundle xmlns="http://hl7.org/fhir"/>', 'this is XML: export it as FHIR JSON (application/fhir+json)'],
    ['\ufeff <Bundle/>', 'this is XML: export it as FHIR JSON (application/fhir+json)'],
    ['', 'the file is empty'],
    [' \n \r\n', 'the file is empty'],
    [
      '{"resourceType":"Bundle","type":"collection","entry":[\n{"resource":{}},\n',
      'This is not JSON. Check quotes, commas and brackets.',
    ],
    ['MSH|^~\\&|ADT', 'This is not JSON. Check quotes, commas and brackets.'],
  ])('that is something else is told so (%#)', (text, why) => {
    const reading = read(text);
    expect(reading.form).toBe('unreadable');
    expect(wrong(reading)).toEqual([`: ${why} (bundle)`]);
  });

  it.each([
    [[0xff, 0xfe, 0x7b, 0], 'this is UTF-16: export it as UTF-8'],
    [[0x1f, 0x8b, 8, 0], 'this is packed with gzip: unpack it, or send it with Content-Encoding: gzip'],
    [[0x22, 0xe9, 0x22], 'this is not UTF-8'],
  ])('of bytes that are no text is told so (%#)', (given, why) => {
    expect(wrong(readFile(Uint8Array.from(given)))).toEqual([`: ${why} (bundle)`]);
  });

  it('is known again however it is spaced, and another one is another', () => {
    const given = bundle('collection', { resource: patient('p') });
    expect(readFile(bytes(JSON.stringify(given, undefined, 2))).sha256).toBe(read(given).sha256);
    expect(read(bundle('collection', { resource: patient('q') })).sha256).not.toBe(read(given).sha256);
    const twice = JSON.stringify(given).replace('"birthDate":', '"birthDate":"1980-02-29","birthDate":');
    expect(read(twice).sha256).not.toBe(read(given).sha256);
  });
});

describe('NDJSON', () => {
  it('is one resource a line, whatever stands in the others', () => {
    const reading = read(
      [patient('p1'), '', condition('c', 'Patient/p1'), '{"resourceType":"Patient","id":', 7, patient('p2')]
        .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
        .join('\r\n'),
    );
    expect(reading.form).toBe('ndjson');
    expect(reading.items.map(({ identity, pointer }) => [identity, pointer])).toEqual([
      ['Patient/p1', '/0'],
      ['Patient/p2', '/5'],
      ['Condition/c', '/2'],
    ]);
    expect(wrong(reading)).toEqual([
      '/4: an object is expected (resource)',
      '/3: This is not JSON. Check quotes, commas and brackets. (resource)',
    ]);
    expect(sums(reading)).toEqual({ read: 5, all: 5 });
  });

  it('costs a line that is not UTF-8 only this line', () => {
    const lines = [
      bytes(`${JSON.stringify(patient('p1'))}\n`),
      Uint8Array.of(0x22, 0xe9, 0x22, 0x0a),
      bytes(JSON.stringify(patient('p2'))),
    ];
    const reading = readFile(Uint8Array.from(lines.flatMap((line) => [...line])));
    expect(kinds(reading)).toEqual(['patient', 'patient']);
    expect(wrong(reading)).toEqual(['/1: this is not UTF-8 (resource)']);
  });
});

describe('a bundle of any type', () => {
  it.each([
    'transaction',
    'batch',
    'collection',
    'searchset',
    'document',
    'message',
    'history',
    'batch-response',
  ])('%s is read', (type) => {
    const given = bundle(type, { resource: patient('p') }, { resource: condition('c', 'Patient/p') });
    expect(kinds(read(given))).toEqual(['patient', 'condition']);
  });

  it('says what a search had to say about itself, and what a request asked for', () => {
    const reading = read(
      bundle(
        'searchset',
        { resource: patient('p'), search: { mode: 'match' } },
        { resource: { resourceType: 'OperationOutcome', issue: [] }, search: { mode: 'outcome' } },
        { request: { method: 'GET', url: 'Patient/1' } },
        { request: { method: 'DELETE', url: 'Condition/9' } },
      ),
    );
    expect(reading.ignored.map(({ resourceType, why }) => [resourceType, why])).toEqual([
      ['OperationOutcome', 'message-about-the-search'],
      ['(none)', 'request-without-resource'],
      ['Condition', 'deleted-at-source'],
    ]);
    expect(sums(reading)).toEqual({ read: 4, all: 4 });
  });

  it('of versions takes the newest, and none of what was deleted', () => {
    const reading = read(
      bundle(
        'history',
        {
          fullUrl: 'https://a.example/fhir/Patient/gone',
          request: { method: 'DELETE', url: 'Patient/gone' },
        },
        { resource: patient('p', { birthDate: '1981-01-01' }) },
        { resource: patient('p') },
        { resource: patient('gone') },
      ),
    );
    expect(reading.items).toMatchObject([{ identity: 'Patient/p', birthDate: '1981-01-01' }]);
    expect(reading.ignored.map(({ why, count }) => [why, count])).toEqual([
      ['deleted-at-source', 1],
      ['older-version', 2],
    ]);
  });
});

describe('a value that cannot be kept', () => {
  const weight =
    '{"resourceType":"Observation","id":"o","valueQuantity":{"value":71.230000000000003979039320256561}}';
  const entries = (...resources: readonly string[]): string =>
    `{"resourceType":"Bundle","type":"collection","entry":[${resources.map((resource) => `{"resource":${resource}}`).join(',')}]}`;

  it('costs nothing where nobody reads it', () => {
    const reading = read(entries(JSON.stringify(patient('p')), weight));
    expect(kinds(reading)).toEqual(['patient']);
    expect(reading.broken).toEqual([]);
  });

  it('is named where the resource is taken', () => {
    const far = JSON.stringify(patient('p')).replace(
      '{',
      '{"extension":[{"url":"x","valueDecimal":1.00000000000000000000001}],',
    );
    expect(wrong(read(entries(far)))).toEqual([
      '/entry/0/resource/extension/0/valueDecimal: This number cannot be kept exactly. Use fewer digits, or send it as text if it is an identifier. (field)',
    ]);
  });

  it('costs its resource where nobody knows which is meant', () => {
    const twice = JSON.stringify(patient('p')).replace('{', '{"birthDate":"1990-01-01",');
    const reading = read(entries(twice, JSON.stringify(patient('q'))));
    expect(reading.items).toMatchObject([{ identity: 'Patient/q' }]);
    expect(wrong(reading)).toEqual([
      '/entry/0/resource/birthDate: A name appears twice in one object. Keep one of them. (resource)',
    ]);
  });

  it.each([
    ['longer than can be kept', { address: [{ line: ['x'.repeat(1500)] }] }, '/address/0/line/0'],
    ['longer than can be kept', { name: [{ family: 'x'.repeat(201), given: ['Eva'] }] }, '/name/0/family'],
    [
      'holds characters that hide something',
      { name: [{ family: 'Mus\u200bter', given: ['Eva'] }] },
      '/name/0/family',
    ],
    [
      'holds characters that hide something',
      { name: [{ text: '\u202eretsuM', given: ['Eva'] }] },
      '/name/0/text',
    ],
    ['holds control characters', { identifier: [{ value: 'a\u0007b' }] }, '/identifier/0/value'],
  ])('such as a text that is %s costs its resource, by name', (why, change, pointer) => {
    const reading = read(
      bundle('collection', { resource: patient('p', change) }, { resource: patient('q') }),
    );
    expect(reading.items).toMatchObject([{ identity: 'Patient/q' }]);
    expect(wrong(reading)).toEqual([`/entry/0/resource${pointer}: ${why} (resource)`]);
  });

  it('in one spelling is what it looks like', () => {
    const name = [{ family: ' Mu\u0308ller ', given: ['Zoe\u0308\u00a0 Ann'] }];
    expect(read(patient('p', { name })).items).toMatchObject([
      { name: { family: 'M\u00fcller', given: ['Zo\u00eb Ann'] } },
    ]);
  });
});

describe('whatever stands in a file', () => {
  const odd = fc.oneof(
    { weight: 3, arbitrary: fc.jsonValue() },
    fc.constantFrom<unknown>('__proto__', 'constructor', 'Patient', 'Patient/p', '#x', [], {}, null, 1e308),
  );
  const element = fc.constantFrom(
    ...[
      'id',
      'name',
      'birthDate',
      'identifier',
      'address',
      'code',
      'subject',
      'status',
      'link',
      'meta',
      'contained',
    ],
    ...[
      'clinicalStatus',
      'verificationStatus',
      'recorder',
      'medicationReference',
      'extension',
      'deceasedDateTime',
      'telecom',
    ],
  );
  const resource = fc
    .tuple(
      fc.constantFrom(
        'Patient',
        'Condition',
        'Practitioner',
        'Organization',
        'MedicationRequest',
        'Medication',
        'Observation',
        'toString',
      ),
      fc.dictionary(element, odd, { maxKeys: 8 }),
    )
    .map(([resourceType, fields]) => ({ ...fields, resourceType }));
  const entry = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ resource, fullUrl: odd, request: odd }, { requiredKeys: ['resource'] }),
    },
    odd,
  );

  it('is counted once and never thrown at', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('collection', 'history', 'searchset'),
        fc.array(entry, { maxLength: 8 }),
        (type, entries) => {
          const reading = readFile(bytes(JSON.stringify(bundle(type, ...entries))));
          expect(sums(reading)).toEqual({ read: entries.length, all: entries.length });
        },
      ),
    );
  });

  it('has a report with an end', () => {
    const types = Array.from(
      { length: 5000 },
      (_, index) => `Type${String.fromCharCode(...[...String(index)].map((digit) => 97 + Number(digit)))}`,
    );
    const reading = read(
      bundle('collection', ...types.map((resourceType) => ({ resource: { resourceType } }))),
    );
    expect(reading.tallies.length).toBeLessThan(300);
    expect(sums(reading)).toEqual({ read: 5000, all: 5000 });
  });

  it('is no exception, even if it is no FHIR', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytes), fc.string().map(bytes)), (given) => {
        expect(() => readFile(given)).not.toThrow();
      }),
    );
  });
});
