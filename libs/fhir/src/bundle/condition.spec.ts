import { readBundle } from './read-bundle.js';

type Json = Readonly<Record<string, unknown>>;

const SNOMED = 'http://snomed.info/sct';
const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';
const coded = (...pairs: readonly (readonly [system: string, code: string])[]): Json => ({
  coding: pairs.map(([system, code]) => ({ system, code })),
});
const read = (change: Json, ...more: readonly Json[]) =>
  readBundle({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { resource: { resourceType: 'Patient', id: 'p', name: [{ family: 'Muster' }], birthDate: '1980' } },
      {
        resource: {
          resourceType: 'Condition',
          id: 'c',
          code: coded([ICD10, 'M54.50']),
          subject: { reference: 'Patient/p' },
          ...change,
        },
      },
      ...more.map((resource) => ({
        resource: { id: 'x', subject: { reference: 'Patient/p' }, ...resource },
      })),
    ],
  });
const diagnosis = (change: Json) => read(change).items.find(({ kind }) => kind === 'condition');
const status = (code: string): Json => ({ clinicalStatus: { coding: [{ code }] } });

describe('a code', () => {
  it.each([
    ['urn:oid:2.16.840.1.113883.6.90', 'M5450'],
    ['2.16.840.1.113883.6.90', 'm54.50 '],
    ['http://hl7.org/fhir/sid/icd-10', 'M54.50'],
    ['https://hl7.org/fhir/sid/icd-10-cm/', 'M54.50'],
    ['ICD-10-CM', 'M54.50'],
  ])('of %s, written %s, is M54.50', (system, code) => {
    expect(diagnosis({ code: coded([system, code]) })).toMatchObject({
      icd10: ['M54.50'],
      proposal: { icd10: 'M54.50' },
    });
  });

  it.each([
    'urn:oid:2.16.840.1.113883.6.96',
    `${SNOMED}/731000124108/version/20250901`,
    'http://snomed.info/sct/',
    'SNOMED-CT',
  ])('of SNOMED CT is known as %s', (system) => {
    expect(diagnosis({ code: coded([system, '44465007']) })).toMatchObject({ snomed: '44465007' });
  });

  it.each([
    [
      [ICD10, 'E11.9'],
      [ICD10, 'M75.01'],
      [SNOMED, '399114005'],
    ],
    [
      [ICD10, 'M75.01'],
      [ICD10, 'E11.9'],
    ],
  ] as const)('among several is the one that is soft tissue (%#)', (...pairs) => {
    expect(diagnosis({ code: coded(...pairs) })).toMatchObject({
      icd10: ['M75.01'],
      proposal: { icd10: 'M75.01' },
    });
  });

  it('that is not soft tissue never stands for one that is', () => {
    expect(diagnosis({ code: coded([ICD10, 'E11.9'], [SNOMED, '399114005']) })).toMatchObject({
      icd10: [],
      proposal: { icd10: 'M75.00' },
    });
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'M', '../..', '1'.repeat(40)])(
    '%s means nothing',
    (code) => {
      const reading = read({ code: coded([ICD10, code], [SNOMED, code], [code, code]), ...status(code) });
      expect(reading.items.map(({ kind }) => kind)).toEqual(['patient']);
      expect(reading.ignored).toMatchObject([{ resourceType: 'Condition', count: 1 }]);
    },
  );
});

describe('the end of a condition', () => {
  it.each([
    [
      { ...status('resolved'), abatementDateTime: '2024-03-01', recordedDate: '2024-05-05' },
      'resolved',
      '2024-03-01',
    ],
    [{ ...status('resolved'), abatementDateTime: '2024-03-01T23:30:00-05:00' }, 'resolved', '2024-03-01'],
    [{ ...status('resolved'), abatementDateTime: '2024-03' }, 'resolved', '2024-03'],
    [{ ...status('resolved'), recordedDate: '2024-05-05' }, 'resolved', undefined],
    [{ ...status('inactive'), abatementPeriod: { start: '2023', end: '2024' } }, 'inactive', '2024'],
    [{ ...status('remission'), abatementString: 'in spring' }, 'remission', undefined],
    [{ abatementDateTime: '2024' }, 'resolved', '2024'],
    [{ abatementAge: { value: 40 } }, 'resolved', undefined],
    [{ abatementBoolean: true }, 'resolved', undefined],
    [{}, undefined, undefined],
    [status('recurrence'), undefined, undefined],
  ])('%j', (change, ended, abatementDate) => {
    const found = diagnosis(change);
    expect(found?.kind === 'condition' ? [found.ended, found.abatementDate] : []).toEqual([
      ended,
      abatementDate,
    ]);
  });

  it('is not believed where the status says that it goes on', () => {
    const reading = read({ ...status('active'), abatementDateTime: '2024-03-01' });
    expect(reading.items[1]).not.toHaveProperty('abatementDate');
    expect(reading.broken).toMatchObject([{ pointer: '/entry/1/resource', dropped: 'field' }]);
  });

  it('that does not exist costs the condition', () => {
    expect(read({ abatementDateTime: '2024-02-30' }).broken).toEqual([
      {
        pointer: '/entry/1/resource/abatementDateTime',
        why: 'not a date or time that exists',
        dropped: 'resource',
      },
    ]);
  });
});

describe('what is not so', () => {
  it.each(['refuted', 'entered-in-error'])(
    '%s takes back what an earlier file said, whatever it is a code of',
    (why) => {
      for (const code of [coded([ICD10, 'M54.50']), coded(['urn:x', 'y']), undefined]) {
        const reading = read({ code, verificationStatus: { coding: [{ code: why }] } });
        expect(reading.items.map(({ kind }) => kind)).toEqual(['patient']);
        expect(reading.retractions).toMatchObject([
          {
            kind: 'retraction',
            of: 'condition',
            why,
            identity: 'Condition/c',
            patient: { identity: 'Patient/p', inFile: true },
          },
        ]);
      }
    },
  );

  it('may be a medicine', () => {
    const request = {
      resourceType: 'MedicationRequest',
      status: 'entered-in-error',
      medicationCodeableConcept: { text: 'x' },
    };
    expect(read({}, request).retractions).toMatchObject([
      { of: 'medication', identity: 'MedicationRequest/x' },
    ]);
  });
});

describe('another release', () => {
  it('is told, and nothing of it is half-read', () => {
    const reading = read({
      subject: undefined,
      patient: { reference: 'Patient/p' },
      clinicalStatus: 'active',
    });
    expect(reading.items.map(({ kind }) => kind)).toEqual(['patient']);
    expect(reading.broken.map(({ pointer, why }) => `${pointer}: ${why}`)).toEqual([
      '/entry/1/resource/clinicalStatus: this is not R4: a concept is expected',
      '/entry/1/resource/patient: this is not R4: subject is expected',
    ]);
  });
});
