/** Days of a diagnosis: whose today an onset and a resolution are held against (docs/domain/days.md). */
import { daysAfter } from '@fascia/clinical/calendar';
import type { IcdCatalogue } from '@fascia/clinical/icd10';
import type { OrganizationEvent, PatientEvent } from '@fascia/directory';
import type { Actor } from '@fascia/kernel';
import { decidedOver, gist, NIGHTS, past, SOMEBODY, toolsOver } from '@fascia/testkit';
import type { DiagnosisCommand } from '../contract/commands.js';
import type { DiagnosisEvent } from '../contract/events.js';
import { diagnosisAggregate } from './diagnosis.aggregate.js';

const PATIENT = '00000000-0000-4000-8000-000000000010';
const HOME = '00000000-0000-4000-8000-000000000001';

const inZone = (timeZone: string) =>
  past<OrganizationEvent>({
    type: 'OrganizationRegistered',
    data: { name: 'Quay', kind: 'practice', identifiers: [], telecom: [], address: [], timeZone },
  });
const registered = past<PatientEvent>({
  type: 'PatientRegistered',
  data: {
    name: { family: 'Okafor', given: ['Ada'], prefix: [] },
    birthDate: '1980',
    sexAtBirth: 'female',
    telecom: [],
    address: [],
    interpreter: false,
    identifiers: [],
    homeOrganizationId: HOME,
  },
});
const record = (onset: string): DiagnosisCommand => ({
  type: 'RecordDiagnosis',
  patientId: PATIENT,
  verification: 'confirmed',
  source: 'clinician',
  tissues: ['tendon'],
  dysfunction: 'tendinopathy',
  code: 'M75.21',
  onset,
});
const recorded = past<DiagnosisEvent>({
  type: 'DiagnosisRecorded',
  data: {
    patientId: PATIENT,
    verification: 'confirmed',
    source: 'clinician',
    tissues: [],
    dysfunction: 'tendinopathy',
  },
});

/** The days for which codes were looked up. */
const looked: string[] = [];
const diagnoses = diagnosisAggregate({
  catalogue: () =>
    ({
      billableOn: (code: string, day: string) => {
        looked.push(day);
        return { kind: 'billable', code, release: '2026' };
      },
      text: () => 'Bicipital tendinitis',
      sideOf: () => 'right',
      excludes1: () => undefined,
    }) as unknown as IcdCatalogue,
});

const answer = async (
  command: DiagnosisCommand,
  history: readonly (typeof recorded)[],
  { at, zone, by = SOMEBODY }: { at: string; zone: string; by?: Actor },
) => {
  const streams = {
    [`patient-${PATIENT}`]: [registered],
    [`organization-${by.organizationId ?? HOME}`]: [inZone(zone)],
  };
  return gist(await decidedOver(diagnoses, history, { command, at, by }, toolsOver(streams)));
};

describe('today for a diagnosis', () => {
  it.each(NIGHTS)('recorded in %s at %s is %s', async (zone, at, day) => {
    expect(await answer(record(day), [], { at, zone })).toEqual(['DiagnosisRecorded']);
    expect(looked.at(-1)).toBe(day);
    expect(await answer(record(daysAfter(day, 1)), [], { at, zone })).toBe('ONSET_IN_FUTURE');
  });

  it.each(NIGHTS)('resolved in %s at %s is %s', async (zone, at, day) => {
    const resolve = (on: string): DiagnosisCommand => ({ type: 'ResolveDiagnosis', on });
    expect(await answer(resolve(day), [recorded], { at, zone })).toEqual(['DiagnosisResolved']);
    expect(await answer(resolve(daysAfter(day, 1)), [recorded], { at, zone })).toBe('RESOLVED_IN_FUTURE');
  });

  it('is that of the home where whoever records it belongs to no organisation', async () => {
    const at = '2026-04-01T12:30:00.000Z';
    const by: Actor = { sub: 'import', role: 'system' };
    expect(await answer(record('2026-04-02'), [], { at, zone: 'Pacific/Auckland', by })).toEqual([
      'DiagnosisRecorded',
    ]);
  });
});
