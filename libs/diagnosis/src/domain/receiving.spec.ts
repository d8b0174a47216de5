/** What a file says of a diagnosis, and what becomes of it. */
import { gist, given, past } from '@fascia/testkit';
import type { DiagnosisCommand } from '../contract/commands.js';
import { DIAGNOSIS_CONTRACT, type DiagnosisEvent } from '../contract/events.js';
import { diagnosisDecider } from './diagnosis.js';

const PATIENT = '00000000-0000-4000-8000-000000000001';
const EHR = 'https://ehr.example.org/fhir';

type Receive = Extract<DiagnosisCommand, { type: 'ReceiveDiagnosis' }>;

const finding = { snomed: '279039007', tissues: ['muscle' as const], dysfunction: 'tightness' as const };
const receive = (more: Partial<Receive> = {}): Receive => ({
  type: 'ReceiveDiagnosis',
  patientId: PATIENT,
  system: EHR,
  ...finding,
  ...more,
});
const retract = (system = EHR): Extract<DiagnosisCommand, { type: 'RetractDiagnosis' }> => ({
  type: 'RetractDiagnosis',
  patientId: PATIENT,
  system,
  retracted: 'entered-in-error',
});

const fact = past<DiagnosisEvent>;
const recorded = fact({
  type: 'DiagnosisRecorded',
  data: { ...finding, patientId: PATIENT, verification: 'provisional', source: 'import' },
});
const received = (lastUpdated?: string) =>
  fact({
    type: 'DiagnosisReceived',
    data: { system: EHR, ...(lastUpdated === undefined ? {} : { lastUpdated }) },
  });
const remission = fact({ type: 'DiagnosisResolved', data: { status: 'remission' } });
const revisedHere = fact({ type: 'DiagnosisRevised', data: { ...finding, onset: '2025', reason: 'Asked.' } });
const confirmed = fact({ type: 'DiagnosisConfirmed', data: {} });
const refuted = fact({ type: 'DiagnosisRefuted', data: { reason: 'Imaging.' } });
const BEFORE = [recorded, received()];
const later = { onset: '2025-11' };

describe('a diagnosis of a file', () => {
  it.each<[string, readonly ReturnType<typeof fact>[], DiagnosisCommand, readonly string[] | string]>([
    ['is recorded', [], receive(), ['DiagnosisRecorded', 'DiagnosisReceived']],
    [
      'needs no side where the source knows none',
      [],
      receive({ site: { region: 'shoulder' } }),
      ['DiagnosisRecorded', 'DiagnosisReceived'],
    ],
    [
      'that is over is recorded so, on no day where none is known',
      [],
      receive({ ended: 'remission' }),
      ['DiagnosisRecorded', 'DiagnosisResolved', 'DiagnosisReceived'],
    ],
    ['ends on no day to come', [], receive({ ended: 'resolved', endedOn: '2027' }), 'RESOLVED_IN_FUTURE'],
    ['that says the same again changes nothing', BEFORE, receive(), []],
    [
      'is revised where the source changed',
      BEFORE,
      receive(later),
      ['DiagnosisRevised', 'DiagnosisReceived'],
    ],
    [
      'ends where the source says so now',
      BEFORE,
      receive({ ended: 'resolved', endedOn: '2026-03' }),
      ['DiagnosisResolved', 'DiagnosisReceived'],
    ],
    [
      'is there again where the source says so',
      [recorded, remission, received()],
      receive(),
      ['DiagnosisRecurred', 'DiagnosisReceived'],
    ],
    ["that was confirmed here is a person's", [...BEFORE, confirmed], receive(later), 'SOURCE_DIFFERS'],
    ["that was revised here is a person's", [...BEFORE, revisedHere], receive(later), 'SOURCE_DIFFERS'],
    ["that was refuted here is a person's", [...BEFORE, refuted], receive(later), 'SOURCE_DIFFERS'],
    ['is not of another source', BEFORE, receive({ system: 'urn:lab' }), 'SOURCE_DIFFERS'],
    [
      'is not of another patient',
      BEFORE,
      receive({ patientId: PATIENT.replace('1', '2') }),
      'SOURCE_OTHER_PERSON',
    ],
    [
      'is not taken back to an older state',
      [recorded, received('2026-03-01T00:00:00Z')],
      receive({ ...later, lastUpdated: '2026-02-01T00:00:00Z' }),
      'SOURCE_OLDER',
    ],
    ['that is taken back is refuted', BEFORE, retract(), ['DiagnosisRefuted']],
    ['is taken back once', [...BEFORE, refuted], retract(), []],
    ['is not taken back by another source', BEFORE, retract('urn:lab'), 'SOURCE_DIFFERS'],
    ['is not taken back where it was confirmed here', [...BEFORE, confirmed], retract(), 'SOURCE_DIFFERS'],
    ['that was never taken is taken back all the same', [], retract(), ['DiagnosisRetracted']],
    [
      'is not brought by an older file after that',
      [fact({ type: 'DiagnosisRetracted', data: { patientId: PATIENT, system: EHR } })],
      receive(),
      'SOURCE_DIFFERS',
    ],
  ])('%s', (_what, events, command, expected) => {
    const answer = given(diagnosisDecider, DIAGNOSIS_CONTRACT, ...events).when(command, {
      facts: { today: '2026-04-01' },
    });
    expect(gist(answer)).toEqual(expected);
  });
});
