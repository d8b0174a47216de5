import { headersOf, inOrder, isImportable } from './files.js';

describe('a file of FHIR', () => {
  it.each([
    ['bundle.json', true],
    ['Patient.ndjson', true],
    ['PATIENT.NDJSON.GZ', true],
    ['bundle.json.gz', true],
    ['bundle.xml', false],
    ['notes.gz', false],
    ['json', false],
  ])('%s is imported: %s', (name, is) => {
    expect(isImportable(name)).toBe(is);
  });

  it('comes after what it refers to, otherwise by its name', () => {
    const names = [
      'Patient.ndjson',
      'b.json',
      'Condition.ndjson',
      'practitioner.json',
      'Organization.ndjson',
    ];
    expect(inOrder(names, (name) => name)).toEqual([
      'Organization.ndjson',
      'practitioner.json',
      'Patient.ndjson',
      'Condition.ndjson',
      'b.json',
    ]);
  });

  it.each([
    ['bundle.json', { 'content-type': 'application/fhir+json' }],
    ['Patient.NDJSON', { 'content-type': 'application/fhir+ndjson' }],
    ['bundle.json.gz', { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' }],
  ])('%s says what it is', (name, headers) => {
    expect(headersOf(name)).toEqual(headers);
  });
});
