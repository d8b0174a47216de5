/** What files bring: of which system they are, and what becomes of what they say. */
import { gist, given, past } from '@fascia/testkit';
import type { OrganizationCommand, PatientCommand, PractitionerCommand } from '../contract/commands.js';
import {
  ORGANIZATION_CONTRACT,
  PATIENT_CONTRACT,
  PRACTITIONER_CONTRACT,
  type OrganizationEvent,
  type PatientEvent,
} from '../contract/events.js';
import { sourceOf } from '../contract/sources.js';
import { organizationDecider, type Organization } from './organization.js';
import { patientDecider } from './patient.js';
import { practitionerDecider } from './practitioner.js';

const HOME = '00000000-0000-4000-8000-000000000001';
const EHR = 'https://ehr.example.org/fhir';
const LAB = 'urn:oid:1.2.3';

type Receive = Extract<PatientCommand, { type: 'ReceivePatient' }>;

const SAID = {
  name: { family: 'Nordström', given: ['Åsa'], prefix: [] },
  birthDate: '1980-05-01',
  sexAtBirth: 'female' as const,
  telecom: [],
  address: [],
  interpreter: false,
};
const mrn = { system: 'urn:mrn', value: '7' };
const renamed = { ...SAID, name: { family: 'Lind', given: ['Åsa'], prefix: [] } };
const moved = { ...SAID, address: [{ line: [], city: 'Umeå' }] };

const receive = (said: Partial<Receive> = {}): Receive => ({
  type: 'ReceivePatient',
  ...SAID,
  identifiers: [],
  takenIdentifiers: [],
  organizationId: HOME,
  system: EHR,
  ...said,
});

const fact = past<PatientEvent>;
const registered = fact({
  type: 'PatientRegistered',
  data: { ...SAID, identifiers: [], homeOrganizationId: HOME },
});
const received = (lastUpdated?: string) =>
  fact({
    type: 'PatientReceived',
    data: { system: EHR, takenIdentifiers: [], ...(lastUpdated === undefined ? {} : { lastUpdated }) },
  });
const correctedHere = fact({ type: 'PatientDemographicsCorrected', data: renamed });
const BEFORE = [registered, received()];

describe('a patient of a file', () => {
  it.each<[string, readonly ReturnType<typeof fact>[], Receive, readonly string[] | string]>([
    ['is registered', [], receive(), ['PatientRegistered', 'PatientReceived']],
    ['that says the same again changes nothing', BEFORE, receive(), []],
    [
      'is corrected where the source changed',
      BEFORE,
      receive(renamed),
      ['PatientDemographicsCorrected', 'PatientReceived'],
    ],
    [
      'gets a number that the source has now',
      BEFORE,
      receive({ identifiers: [mrn] }),
      ['PatientIdentifierLinked', 'PatientReceived'],
    ],
    ['keeps what was corrected here', [...BEFORE, correctedHere], receive(), 'SOURCE_DIFFERS'],
    [
      'keeps it also when the source changed elsewhere',
      [...BEFORE, correctedHere],
      receive(moved),
      'SOURCE_DIFFERS',
    ],
    [
      'agrees where the source came to the same',
      [...BEFORE, correctedHere],
      receive(renamed),
      ['PatientReceived'],
    ],
    [
      'that another source says the same of is known to it then',
      BEFORE,
      receive({ system: LAB }),
      ['PatientReceived'],
    ],
    ['is not overwritten by another source', BEFORE, receive({ ...moved, system: LAB }), 'SOURCE_DIFFERS'],
    ['is not somebody else', BEFORE, receive({ ...renamed, birthDate: '1991-01-01' }), 'SOURCE_OTHER_PERSON'],
    [
      'may get another birth date',
      BEFORE,
      receive({ birthDate: '1980-05-10' }),
      ['PatientDemographicsCorrected', 'PatientReceived'],
    ],
    ['is not born in the future', [], receive({ birthDate: '2027' }), 'BIRTH_DATE_IN_FUTURE'],
    [
      'is not taken back to an older state',
      [registered, received('2026-03-01T00:00:00Z')],
      receive({ ...moved, lastUpdated: '2026-02-01T00:00:00+01:00' }),
      'SOURCE_OLDER',
    ],
    [
      'is taken on to a newer one',
      [registered, received('2026-03-01T00:00:00Z')],
      receive({ ...moved, lastUpdated: '2026-03-01T00:30:00Z' }),
      ['PatientDemographicsCorrected', 'PatientReceived'],
    ],
  ])('%s', (_what, events, command, expected) => {
    const answer = given(patientDecider, PATIENT_CONTRACT, ...events).when(command, {
      facts: { today: '2026-04-01' },
    });
    expect(gist(answer)).toEqual(expected);
  });
});

describe('a source system', () => {
  const source = (system: string, byDefault: boolean) =>
    past<OrganizationEvent>({ type: 'SourceSystemRegistered', data: { system, byDefault } });
  const clinic = past<OrganizationEvent>({
    type: 'OrganizationRegistered',
    data: { name: 'Praxis', kind: 'practice', identifiers: [], telecom: [], address: [], timeZone: 'UTC' },
  });
  const register = (system: string, byDefault: boolean): OrganizationCommand => ({
    type: 'RegisterSourceSystem',
    system,
    byDefault,
  });
  const answer = (command: OrganizationCommand, ...events: readonly ReturnType<typeof source>[]) =>
    gist(
      given(organizationDecider, ORGANIZATION_CONTRACT, clinic, ...events).when(command, {
        facts: undefined,
      }),
    );

  it('is registered once', () => {
    expect(answer(register(EHR, false))).toEqual(['SourceSystemRegistered']);
    expect(answer(register(EHR, false), source(EHR, false))).toEqual([]);
    expect(answer(register(EHR, true), source(EHR, false))).toEqual(['SourceSystemRegistered']);
  });

  it('is the one of files that name none where it was said to be, until another is', () => {
    const organization = [clinic, source(EHR, true), source(LAB, true)].reduce(
      (state: Organization | undefined, event) => organizationDecider.evolve(state, event),
      undefined,
    );
    if (organization === undefined) throw new Error('not registered');
    expect(sourceOf(organization.sources, undefined)?.system).toBe(LAB);
    expect(sourceOf(organization.sources, EHR)).toEqual({ system: EHR, byDefault: false });
    expect(sourceOf(organization.sources, 'urn:oid:9')).toBeUndefined();
    expect(sourceOf([{ system: EHR, byDefault: false }], undefined)).toBeUndefined();
  });
});

describe('an NPI', () => {
  it.each([
    ['1234567893', ['PractitionerEnrolled']],
    ['1234567890', 'NPI_INVALID'],
    ['3234567893', 'NPI_INVALID'],
  ])('%s is held against its check digit: %s', (npi, expected) => {
    const enrol: PractitionerCommand = {
      type: 'EnrolPractitioner',
      name: SAID.name,
      npi,
      taxonomies: [],
      roles: [],
      address: [],
    };
    const answer = given(practitionerDecider, PRACTITIONER_CONTRACT).when(enrol, { facts: undefined });
    expect(gist(answer)).toEqual(expected);
  });
});
