import { readBundle } from './read-bundle.js';

type Json = Readonly<Record<string, unknown>>;

const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const subject = { reference: 'Patient/p' };
const read = (...resources: readonly Json[]) =>
  readBundle({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { resource: { resourceType: 'Patient', id: 'p', name: [{ family: 'Muster' }], birthDate: '1980' } },
      ...resources.map((resource, index) => ({ resource: { id: String(index), subject, ...resource } })),
    ],
  });
const condition = (system: string, code: string, change: Json = {}): Json => ({
  resourceType: 'Condition',
  code: { coding: [{ system, code }] },
  ...change,
});
const request = (concept: Json, change: Json = {}): Json => ({
  resourceType: 'MedicationRequest',
  status: 'active',
  medicationCodeableConcept: concept,
  ...change,
});
const rows = (...resources: readonly Json[]): readonly string[] =>
  read(...resources).precautions.map(({ catalogueId }) => catalogueId);
const why = (...resources: readonly Json[]): readonly string[] =>
  read(...resources).ignored.map(({ why }) => why);
const resolved = { clinicalStatus: { coding: [{ code: 'resolved' }] } };

describe('a condition that care has to respect', () => {
  it.each([
    ['O09.91', 'P06'],
    ['Z33.1', 'P06'],
    ['M81.0', 'P03'],
    ['M80.08XA', 'C05'],
    ['C50.911', 'C09'],
    ['Z85.3', 'C09'],
    ['D66', 'C10'],
    ['D68.51', undefined],
    ['I82.401', 'C02'],
    ['Z86.718', 'C02'],
    ['Z79.01', 'P01'],
    ['E1142', 'P05'],
    ['E11.9', undefined],
    ['Z95.0', 'P12'],
    ['G90.511', 'P09'],
    ['O22.30', 'C02'],
  ])('%s: %s', (code, catalogueId) => {
    expect(rows(condition(ICD10, code))).toEqual(catalogueId === undefined ? [] : [catalogueId]);
  });

  it('is proposed with its code and since when', () => {
    expect(
      read(condition('urn:oid:2.16.840.1.113883.6.96', '64859006', { onsetDateTime: '2019-03' })).precautions,
    ).toEqual([
      {
        kind: 'precaution',
        sourceId: '0',
        identity: 'Condition/0',
        pointer: '/entry/1/resource',
        patient: { identity: 'Patient/p', inFile: true },
        catalogueId: 'P03',
        tableVersion: '1',
        code: { system: 'snomed', code: '64859006' },
        from: 'condition',
        since: '2019-03',
      },
    ]);
  });

  it('may be a diagnosis as well', () => {
    const both = read({
      resourceType: 'Condition',
      code: {
        coding: [
          { system: ICD10, code: 'M54.50' },
          { system: ICD10, code: 'M81.0' },
        ],
      },
    });
    expect(both.items.map(({ kind }) => kind)).toEqual(['patient', 'condition']);
    expect(both.precautions).toHaveLength(1);
    expect(both.tallies).toContainEqual({
      resourceType: 'Condition',
      read: 1,
      taken: 1,
      ignored: 0,
      broken: 0,
    });
  });

  it('ends with what it came from, unless one knows it for life', () => {
    expect(rows(condition(ICD10, 'O09.91', resolved))).toEqual([]);
    expect(why(condition(ICD10, 'O09.91', resolved))).toEqual(['over']);
    expect(read(condition(ICD10, 'O09.91', resolved)).endings).toMatchObject([{ why: 'over' }]);
    expect(
      read(condition(ICD10, 'C50.911', { ...resolved, abatementDateTime: '2020' })).precautions,
    ).toMatchObject([{ catalogueId: 'C09', ended: true, endedDate: '2020' }]);
  });
});

describe('a condition in remission', () => {
  it('is respected', () => {
    const remission = { clinicalStatus: { coding: [{ code: 'remission' }] } };
    expect(read(condition(ICD10, 'M06.9', remission)).precautions).toMatchObject([
      { catalogueId: 'P04', ended: true },
    ]);
    expect(why(condition(ICD10, 'M06.9', resolved))).toEqual(['over']);
  });
});

describe('a medicine that changes what care may do', () => {
  it.each([
    [{ coding: [{ system: RXNORM, code: '855332' }] }, 'P01'],
    [{ coding: [{ system: RXNORM, code: '1364445', display: 'Apixaban 5 MG Oral Tablet' }] }, 'P01'],
    [{ text: 'Eliquis (apixaban) 5mg' }, 'P01'],
    [{ coding: [{ system: 'http://www.whocc.no/atc', code: 'B01AA03' }] }, 'P01'],
    [{ coding: [{ system: RXNORM, code: '312617', display: 'predniSONE 5 MG Oral Tablet' }] }, 'P02'],
    [
      { coding: [{ system: RXNORM, code: '106258', display: 'Hydrocortisone 10 MG/ML Topical Cream' }] },
      undefined,
    ],
    [
      { coding: [{ system: RXNORM, code: '313782', display: 'Acetaminophen 325 MG Oral Tablet' }] },
      undefined,
    ],
    [{ text: 'constructor' }, undefined],
  ])('%j: %s', (concept, catalogueId) => {
    expect(rows(request(concept))).toEqual(catalogueId === undefined ? [] : [catalogueId]);
  });

  it.each([
    [{ status: 'stopped' }, 'over'],
    [{ status: 'draft' }, 'no-precaution'],
    [{ status: 'active', medicationCodeableConcept: { text: 'paracetamol' } }, 'no-precaution'],
  ])('%j is left: %s', (change, reason) => {
    expect(why(request({ text: 'warfarin' }, change))).toEqual([reason]);
  });

  it.each([
    [{ status: 'stopped' }, 'over'],
    [{ status: 'cancelled' }, 'refuted'],
    [{ status: 'entered-in-error' }, 'entered-in-error'],
  ])('%j ends what an earlier file proposed: %s', (change, reason) => {
    expect(read(request({ text: 'warfarin' }, change)).endings).toMatchObject([
      { kind: 'ending', catalogueId: 'P01', code: { system: 'name', code: 'warfarin' }, why: reason },
    ]);
  });

  it('is found where the request refers to it', () => {
    const medication = {
      resourceType: 'Medication',
      id: 'm',
      code: { text: 'Warfarin' },
      subject: undefined,
    };
    const inside = { contained: [medication], medicationReference: { reference: '#m' } };
    const beside = { medicationReference: { reference: 'Medication/m' } };
    const r5 = { medication: { concept: { text: 'warfarin' } } };
    for (const named of [inside, beside, r5]) {
      const asked = { ...request({}), medicationCodeableConcept: undefined, ...named };
      expect(rows({ ...medication }, asked)).toEqual(['P01']);
    }
    const statement = {
      resourceType: 'MedicationStatement',
      status: 'active',
      medicationCodeableConcept: { text: 'warfarin' },
      effectivePeriod: { start: '2020-05' },
    };
    expect(read(statement).precautions).toMatchObject([
      { from: 'medication', since: '2020-05', code: { system: 'name' } },
    ]);
  });
});

describe('what is guarded apart', () => {
  it.each([
    [condition(ICD10, 'F11.20'), 'sensitive-42-cfr-part-2'],
    [condition(ICD10, 'F10.21'), 'sensitive-42-cfr-part-2'],
    [condition('http://snomed.info/sct', '75544000'), 'sensitive-42-cfr-part-2'],
    [condition(ICD10, 'F17.210'), 'not-soft-tissue'],
    [condition(ICD10, 'M54.50', { meta: { security: [{ code: 'ETH' }] } }), 'sensitive-42-cfr-part-2'],
    [condition(ICD10, 'M54.50', { meta: { security: [{ code: 'R' }] } }), 'sensitive-restricted'],
    [
      { resourceType: 'DocumentReference', meta: { security: [{ code: 'PSYTHPN' }] } },
      'sensitive-psychotherapy',
    ],
    [{ resourceType: 'Observation', meta: { security: [{ code: 'N' }] } }, 'not-imported'],
  ])('is left by name (%#)', (resource, reason) => {
    const reading = read(resource);
    expect(reading.items.map(({ kind }) => kind)).toEqual(['patient']);
    expect(reading.precautions).toEqual([]);
    expect(reading.ignored.map(({ why }) => why)).toEqual([reason]);
  });

  it('is left even where a code beside it is soft tissue', () => {
    const code = {
      coding: [
        { system: ICD10, code: 'M54.50' },
        { system: ICD10, code: 'F11.20' },
      ],
    };
    expect(read({ resourceType: 'Condition', code }).items.map(({ kind }) => kind)).toEqual(['patient']);
  });
});
