/** Days of the directory: of birth, and of what forbids sharing (docs/domain/days.md). */
import { daysAfter } from '@fascia/clinical/calendar';
import { gist, decidedOver, NIGHTS, past, toolsOver, type Asked } from '@fascia/testkit';
import type { PatientCommand } from '../contract/commands.js';
import type { OrganizationEvent, PatientEvent } from '../contract/events.js';
import { consentModel } from '../read/consent.js';
import { consentsOf } from '../read/lookups.js';
import { patientAggregate } from './patient.aggregate.js';
import { dayAt } from './organization.aggregate.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const HOME = uuid(1);
const OTHER = uuid(2);

const inZone = (timeZone: string) =>
  past<OrganizationEvent>({
    type: 'OrganizationRegistered',
    data: { name: 'Quay', kind: 'practice', identifiers: [], telecom: [], address: [], timeZone },
  });
const corrected = (timeZone: string) =>
  past<OrganizationEvent>({ type: 'OrganizationTimeZoneCorrected', data: { timeZone } });

const person = (birthDate: string) => ({
  name: { family: 'Okafor', given: ['Ada'], prefix: [] },
  birthDate,
  sexAtBirth: 'female' as const,
  telecom: [],
  address: [],
  interpreter: false,
});
const born = (birthDate: string): PatientCommand => ({
  type: 'RegisterPatient',
  ...person(birthDate),
  identifiers: [],
  organizationId: HOME,
});

describe('the day at an organisation', () => {
  it.each(NIGHTS)('in %s at %s is %s, at %s', async (zone, at, day) => {
    expect(await dayAt(HOME, at, toolsOver({ [`organization-${HOME}`]: [inZone(zone)] }))).toBe(day);
  });

  it('is that of UTC where no organisation is known', async () => {
    const at = '2026-04-01T23:30:00.000Z';
    expect([await dayAt(undefined, at, toolsOver({})), await dayAt(HOME, at, toolsOver({}))]).toEqual([
      '2026-04-01',
      '2026-04-01',
    ]);
  });

  it('follows a zone that was corrected', async () => {
    const streams = { [`organization-${HOME}`]: [inZone('UTC'), corrected('Pacific/Auckland')] };
    expect(await dayAt(HOME, '2026-04-01T23:30:00.000Z', toolsOver(streams))).toBe('2026-04-02');
  });
});

describe('a date of birth', () => {
  const answer = async (asked: Asked<PatientCommand>, zone: string) =>
    gist(
      await decidedOver(patientAggregate, [], asked, toolsOver({ [`organization-${HOME}`]: [inZone(zone)] })),
    );

  it.each(NIGHTS)('in %s at %s is %s at the latest', async (zone, at, day) => {
    expect(await answer({ command: born(day), at }, zone)).toEqual(['PatientRegistered']);
    expect(await answer({ command: born(daysAfter(day, 1)), at }, zone)).toBe('BIRTH_DATE_IN_FUTURE');
  });

  it('is corrected to the latest day of those who hold the record', async () => {
    const [record, other] = [uuid(77), uuid(78)];
    const heldBy = (homeOrganizationId: string) =>
      past<PatientEvent>({
        type: 'PatientRegistered',
        data: { ...person('1980'), identifiers: [], homeOrganizationId },
      });
    const merged = past<PatientEvent>({
      type: 'PatientMerged',
      data: { survivorId: record, reason: 'Same.' },
    });
    const streams = {
      [`patient-${record}`]: [heldBy(HOME)],
      [`patient-${other}`]: [heldBy(OTHER), merged],
      [`organization-${HOME}`]: [inZone('America/New_York')],
      [`organization-${OTHER}`]: [inZone('Pacific/Auckland')],
    };
    const decision = await decidedOver(
      patientAggregate,
      [heldBy(HOME)],
      {
        id: record,
        command: { type: 'CorrectDemographics', ...person('2026-04-02') },
        at: '2026-04-01T12:30:00.000Z',
      },
      {
        ...toolsOver(streams),
        claimants: (_key, of) =>
          Promise.resolve(of === record ? [{ owner: `patient-${other}`, ownerVersion: 1 }] : []),
      },
    );
    expect(gist(decision)).toEqual(['PatientDemographicsCorrected']);
  });
});

describe('what forbids sharing', () => {
  it('has no day: it acts from its moment on, wherever somebody asks', () => {
    const event = {
      ...past({
        type: 'ConsentRestricted' as const,
        data: { patientId: uuid(10), organizationIds: [], reason: 'Wish.' },
      }),
      stream: `consent-${uuid(5)}`,
      version: 1,
    };
    expect(consentModel.fold(undefined, event as never, uuid(5))).toMatchObject({
      kind: 'restricted',
      valid_from: null,
    });
  });

  it('is asked for whatever the day is', async () => {
    let asked = '';
    await consentsOf(uuid(10), '2026-04-01').run({
      query: (text) => {
        asked = text;
        return Promise.resolve([]);
      },
    });
    expect(asked).toMatch(/"kind" <> .+ or \("valid_from" <= /);
  });
});
