/** Recording a diagnosis: the code must be billable on the day, on the right side, and not excluded by another. */
import type { Region } from '@fascia/clinical';
import { loadIcdCatalogue } from '@fascia/clinical/icd10-files';
import type { Actor } from '@fascia/kernel';
import { gist, given, past, SOMEBODY } from '@fascia/testkit';
import type { DiagnosisCommand } from '../contract/commands.js';
import { DIAGNOSIS_CONTRACT, type DiagnosisEvent } from '../contract/events.js';
import { acuityOf, diagnosisDecider, type CodeFact, type DiagnosisFacts } from './diagnosis.js';

const DELEGATE: Actor = { ...SOMEBODY, role: 'delegate' };
const PATIENT = '00000000-0000-4000-8000-000000000001';
const TODAY = '2026-05-04';
const icd = loadIcdCatalogue();

const codeFact = (code: string, more: Partial<CodeFact> = {}): CodeFact => ({
  billability: icd.billableOn(code, TODAY),
  text: icd.text(code, TODAY) ?? '',
  side: icd.sideOf(code),
  excluded: [],
  ...more,
});
const factsFor = (code: string | undefined, more: Partial<DiagnosisFacts> = {}): DiagnosisFacts => ({
  today: TODAY,
  ...(code === undefined ? {} : { code: codeFact(code) }),
  ...more,
});

type Record = Extract<DiagnosisCommand, { type: 'RecordDiagnosis' }>;
const record = (code: string | undefined, more: Partial<Record> = {}): Record => ({
  type: 'RecordDiagnosis',
  patientId: PATIENT,
  verification: 'provisional',
  source: 'clinician',
  tissues: ['tendon'],
  dysfunction: 'tendinopathy',
  site: { region: 'shoulder', side: 'right' },
  ...(code === undefined ? {} : { code }),
  ...more,
});
const recorded = past<DiagnosisEvent>({
  type: 'DiagnosisRecorded',
  data: {
    patientId: PATIENT,
    verification: 'provisional',
    source: 'clinician',
    tissues: [],
    dysfunction: 'tendinopathy',
    icd10: { code: 'M75.21', text: 'x', release: 'y' },
  },
});
const refuted = past<DiagnosisEvent>({ type: 'DiagnosisRefuted', data: { reason: 'Imaging.' } });
const answer = (
  events: readonly (typeof recorded)[],
  command: DiagnosisCommand,
  facts: DiagnosisFacts,
): readonly string[] | string =>
  gist(given(diagnosisDecider, DIAGNOSIS_CONTRACT, ...events).when(command, { facts }));

describe('recording', () => {
  it.each<[string, Record, DiagnosisFacts, readonly string[] | string]>([
    ['a billable code on its side', record('M75.21'), factsFor('M75.21'), ['DiagnosisRecorded']],
    [
      'a code without a side',
      record('M72.2', { site: { region: 'plantar', side: 'left' } }),
      factsFor('M72.2'),
      ['DiagnosisRecorded'],
    ],
    ['an injury with its 7th character', record('S46.011A'), factsFor('S46.011A'), ['DiagnosisRecorded']],
    ['a code that does not exist', record('Q99.Z9'), factsFor('Q99.Z9'), 'ICD_UNKNOWN'],
    ['a heading', record('M75.2'), factsFor('M75.2'), 'ICD_NOT_BILLABLE'],
    [
      'a code that was retired',
      record('M54.5', { site: { region: 'lumbar', side: 'midline' } }),
      factsFor('M54.5'),
      'ICD_NOT_BILLABLE',
    ],
    ['an injury without its 7th character', record('S46.011'), factsFor('S46.011'), 'ICD_SEVENTH_CHAR'],
    ['the code of the other side', record('M75.22'), factsFor('M75.22'), 'ICD_SIDE_MISMATCH'],
    [
      'a one-sided code for both sides',
      record('M75.21', { site: { region: 'shoulder', side: 'bilateral' } }),
      factsFor('M75.21'),
      'ICD_SIDE_MISMATCH',
    ],
    [
      'the code of an unspecified side where the side is known',
      record('M75.20'),
      factsFor('M75.20'),
      'ICD_SIDE_MISMATCH',
    ],
    [
      'a region that is not in the catalogue',
      record('M75.21', { site: { region: 'tail' as Region } }),
      factsFor('M75.21'),
      'REGION_UNKNOWN',
    ],
    [
      'a shoulder without a side, by a code without one',
      record('M79.18', { site: { region: 'shoulder' } }),
      factsFor('M79.18'),
      'SIDE_REQUIRED',
    ],
    [
      'a side that the region does not have',
      record('M75.21', { site: { region: 'widespread', side: 'left' } }),
      factsFor('M75.21'),
      'SIDE_NOT_ALLOWED',
    ],
    ['an onset in the future', record('M75.21', { onset: '2026-06' }), factsFor('M75.21'), 'ONSET_IN_FUTURE'],
    ['no code at all', record(undefined), factsFor(undefined), 'DIAGNOSIS_WITHOUT_CODE'],
    [
      'a SNOMED code alone',
      record(undefined, { snomed: '202882003' }),
      factsFor(undefined),
      ['DiagnosisRecorded'],
    ],
  ])('%s', (_what, command, facts, expected) => {
    expect(answer([], command, facts)).toEqual(expected);
  });

  it.each<[string, Record, Actor, { verification: string; source: string }]>([
    [
      'a physician as it is said',
      record('M75.21', { verification: 'confirmed' }),
      SOMEBODY,
      { verification: 'confirmed', source: 'clinician' },
    ],
    [
      'a delegate until a physician confirms it',
      record('M75.21', { verification: 'confirmed' }),
      DELEGATE,
      { verification: 'provisional', source: 'clinician' },
    ],
    [
      'a delegate as doubtful as it is said',
      record('M75.21', { verification: 'differential' }),
      DELEGATE,
      { verification: 'differential', source: 'clinician' },
    ],
  ])('stores what is recorded by %s', (_what, command, by, expected) => {
    const { source: _source, ...unsaid } = command;
    const facts = factsFor('M75.21');
    const story = given(diagnosisDecider, DIAGNOSIS_CONTRACT);
    expect(story.when(command, { facts, by })).toMatchObject({ events: [{ data: expected }] });
    // Nobody has to say where it comes from.
    expect(story.when(unsaid, { facts, by })).toMatchObject({ events: [{ data: expected }] });
  });

  it('refuses what excludes another diagnosis, unless the recorder says they are unrelated', () => {
    const excluded = icd.excludes1('M79.18', 'M79.7');
    expect(excluded).toBeDefined();
    const facts = factsFor('M79.18', {
      code: codeFact('M79.18', {
        excluded: [{ diagnosisId: PATIENT, code: 'M79.7', note: excluded?.note ?? '' }],
      }),
    });
    const command = record('M79.18', { site: { region: 'thoracic', side: 'left' } });
    expect(answer([], command, facts)).toBe('ICD_EXCLUDES1');
    expect(answer([], { ...command, unrelatedReason: 'Other site.' }, facts)).toEqual(['DiagnosisRecorded']);
  });

  it('asks to accept a code that only one neighbouring release bills', () => {
    const billability = icd.billableOn('M54.5', '2023-01-01');
    expect(billability.kind).toBe('warning');
    const facts = factsFor('M54.5', { code: codeFact('M54.5', { billability }) });
    const command = record('M54.5', { site: { region: 'lumbar', side: 'midline' } });
    expect(answer([], command, facts)).toBe('ICD_WARNING_UNACCEPTED');
    expect(answer([], { ...command, acceptCodeWarning: true }, facts)).toEqual(['DiagnosisRecorded']);
  });

  it('once only', () => {
    expect(answer([recorded], record('M75.21'), factsFor('M75.21'))).toBe('DIAGNOSIS_EXISTS');
  });
});

describe('afterwards', () => {
  const {
    type: _type,
    patientId: _patient,
    verification: _verification,
    source: _source,
    ...said
  } = record('M75.22', { site: { region: 'shoulder', side: 'left' } });

  it.each<
    [string, DiagnosisCommand, readonly (typeof recorded)[], string | undefined, readonly string[] | string]
  >([
    ['it is confirmed', { type: 'ConfirmDiagnosis' }, [recorded], undefined, ['DiagnosisConfirmed']],
    [
      'it is confirmed once',
      { type: 'ConfirmDiagnosis' },
      [recorded, past({ type: 'DiagnosisConfirmed', data: {} })],
      undefined,
      [],
    ],
    [
      'it is revised',
      { type: 'ReviseDiagnosis', reason: 'Other side.', ...said },
      [recorded],
      'M75.22',
      ['DiagnosisRevised'],
    ],
    [
      'it is not revised to a heading',
      { type: 'ReviseDiagnosis', reason: 'x', ...said, code: 'M75.2' },
      [recorded],
      'M75.2',
      'ICD_NOT_BILLABLE',
    ],
    [
      'it is refuted',
      { type: 'RefuteDiagnosis', reason: 'Imaging.' },
      [recorded],
      undefined,
      ['DiagnosisRefuted'],
    ],
    [
      'a refuted one stays so',
      { type: 'ConfirmDiagnosis' },
      [recorded, refuted],
      undefined,
      'DIAGNOSIS_REFUTED',
    ],
    [
      'it is resolved',
      { type: 'ResolveDiagnosis', on: '2026-05-01' },
      [recorded],
      undefined,
      ['DiagnosisResolved'],
    ],
    [
      'it is resolved once',
      { type: 'ResolveDiagnosis', on: '2026-05-01' },
      [recorded, past({ type: 'DiagnosisResolved', data: { status: 'resolved', on: '2026-05-01' } })],
      undefined,
      [],
    ],
    [
      'it is not resolved tomorrow',
      { type: 'ResolveDiagnosis', on: '2026-05-05' },
      [recorded],
      undefined,
      'RESOLVED_IN_FUTURE',
    ],
  ])('%s', (_what, command, events, code, expected) => {
    expect(answer(events, command, factsFor(code))).toEqual(expected);
  });
});

describe('acuity', () => {
  it('is acute below six weeks, chronic above twelve, and unknown for a vague onset', () => {
    expect([
      acuityOf('2026-04-01', TODAY),
      acuityOf('2026-03-23', TODAY),
      acuityOf('2026-02-09', TODAY),
      acuityOf('2026-02-01', TODAY),
      acuityOf('2026-02', TODAY),
    ]).toEqual(['acute', 'subacute', 'subacute', 'chronic', undefined]);
  });
});

describe('the side of a diagnosis', () => {
  const IMPORT: Extract<DiagnosisCommand, { type: 'ReceiveDiagnosis' }> = {
    type: 'ReceiveDiagnosis',
    patientId: PATIENT,
    system: 'urn:ehr',
    tissues: [],
    dysfunction: 'other',
  };
  const foundBy = (command: DiagnosisCommand, code: string, by: Actor = SOMEBODY): unknown => {
    const decision = given(diagnosisDecider, DIAGNOSIS_CONTRACT).when(command, { facts: factsFor(code), by });
    return decision.ok ? decision.events[0]?.data : decision.refusal.code;
  };

  it.each<[string, DiagnosisCommand, Actor]>([
    ['by hand', record('M75.22', { site: { region: 'shoulder' } }), SOMEBODY],
    ['by a delegate', record('M75.22', { site: { region: 'shoulder' } }), DELEGATE],
    ['by an import', { ...IMPORT, code: 'M75.22', site: { region: 'shoulder' } }, SOMEBODY],
  ])('is that of its code, recorded %s', (_how, command, by) => {
    expect(foundBy(command, 'M75.22', by)).toMatchObject({
      site: { region: 'shoulder', side: 'left' },
      icd10: { code: 'M75.22', side: 'left' },
    });
  });

  it('is kept beside the code where no place is named', () => {
    const data = foundBy({ ...IMPORT, code: 'M75.21' }, 'M75.21');
    expect(data).toMatchObject({ icd10: { side: 'right' } });
    expect(data).not.toHaveProperty('site');
  });

  it('is what the source says where the code leaves it open', () => {
    const site = { region: 'shoulder', side: 'left' } as const;
    const data = foundBy({ ...IMPORT, code: 'M79.18', site }, 'M79.18');
    expect(data).toMatchObject({ site });
    expect(data).not.toHaveProperty('icd10.side');
  });

  it.each<[string, string, Region]>([
    ['of a code that leaves it open', 'M75.20', 'shoulder'],
    ['of a code without sides', 'M79.18', 'shoulder'],
    ['that the region has not', 'M75.21', 'widespread'],
  ])('is not made up: %s', (_what, code, region) => {
    const data = foundBy({ ...IMPORT, code, site: { region } }, code);
    expect(data).toMatchObject({ site: { region } });
    expect(data).not.toHaveProperty('site.side');
  });

  it('that the source and the code tell otherwise is refused', () => {
    expect(foundBy({ ...IMPORT, code: 'M75.21', site: { region: 'shoulder', side: 'left' } }, 'M75.21')).toBe(
      'ICD_SIDE_MISMATCH',
    );
  });
});
