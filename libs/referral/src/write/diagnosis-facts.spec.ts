/** What an order knows of diagnoses: of those that it names, and of those on file. */
import { diagnosisAggregate, type DiagnosisEvent } from '@fascia/diagnosis';
import { NOBODY } from '@fascia/directory';
import { past, toolsOver } from '@fascia/testkit';
import { DIAGNOSIS, PATIENT } from '../domain/referral.scenes.spec-data.js';
import { diagnosisFacts, hazardFacts } from './diagnosis-facts.js';

const PERSON = { ...NOBODY, ids: [PATIENT] };
const ports = {
  diagnoses: diagnosisAggregate({
    catalogue: () => {
      throw new Error('not asked');
    },
  }),
  sideOf: (code: string) => (code === 'M75.22' ? 'left' : 'none'),
} as const;

const recorded = (more: object) =>
  past<DiagnosisEvent>({
    type: 'DiagnosisRecorded',
    data: {
      patientId: PATIENT,
      verification: 'confirmed',
      source: 'import',
      tissues: [],
      dysfunction: 'other',
      icd10: { code: 'M75.22', text: '', release: '2026-04' },
      ...more,
    },
  });

describe('the place of a diagnosis that an order names', () => {
  it.each<[string, object, object]>([
    ['of its site', { site: { region: 'shoulder', side: 'left' } }, { region: 'shoulder', side: 'left' }],
    ['of its code, where it was recorded before diagnoses kept the side', {}, { side: 'left' }],
    [
      'of its code, where its site has none',
      { site: { region: 'shoulder' } },
      { region: 'shoulder', side: 'left' },
    ],
  ])('is that %s', async (_of, more, place) => {
    const tools = toolsOver({ [`diagnosis-${DIAGNOSIS}`]: [recorded(more)] });
    const [fact] = await diagnosisFacts(
      { ids: [DIAGNOSIS], patientId: PATIENT, person: PERSON },
      tools,
      ports,
    );
    expect(fact?.place).toEqual(place);
  });
});

describe('diagnoses on file that nobody must treat', () => {
  it('are those whose code bounces, with where they are', async () => {
    const row = (id: string, code: string | null, region: string | null) => ({
      id,
      code,
      region,
      side: null,
    });
    const diagnosis = [
      row('a', 'I80.11', null),
      row('b', 'L03.115', 'lower-leg'),
      row('c', 'M75.21', null),
      row('d', null, null),
    ];
    expect(await hazardFacts(PERSON, toolsOver({}, { diagnosis }))).toEqual([
      { diagnosisId: 'a', code: 'I80.11', scope: 'whole', place: {} },
      { diagnosisId: 'b', code: 'L03.115', scope: 'site', place: { region: 'lower-leg' } },
    ]);
  });
});
