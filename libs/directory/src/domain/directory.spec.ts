/** The directory's decisions: what happens, and every refusal. */
import { gist, given, past } from '@fascia/testkit';
import type { Actor } from '@fascia/kernel';
import type {
  ConsentCommand,
  ListingCommand,
  PatientCommand,
  PractitionerCommand,
} from '../contract/commands.js';
import {
  CONSENT_CONTRACT,
  LISTING_CONTRACT,
  ORGANIZATION_CONTRACT,
  PATIENT_CONTRACT,
  PRACTITIONER_CONTRACT,
  type ConsentEvent,
  type ListingEvent,
  type OrganizationEvent,
  type PatientEvent,
  type PractitionerEvent,
} from '../contract/events.js';
import { consentDecider } from './consent.js';
import { listingDecider } from './listing.js';
import { organizationDecider } from './organization.js';
import { patientDecider, type PatientFacts } from './patient.js';
import { isLicensedOn, maySignOn, practitionerDecider } from './practitioner.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const HOME = uuid(1);
const OTHER = uuid(2);
const HOMELESS: Actor = { sub: 'operator', role: 'operator' };

const DEMOGRAPHICS = {
  name: { family: 'نور', given: ['ليلى'], prefix: [] },
  birthDate: '1980-05',
  sexAtBirth: 'female' as const,
  telecom: [],
  address: [],
  interpreter: false,
  language: 'ar',
};

const CALLED = [{ system: 'phone' as const, value: '+1 212 555 0100' }];

describe('a patient', () => {
  const facts: PatientFacts = { today: '2026-04-01' };
  const registered = past<PatientEvent>({
    type: 'PatientRegistered',
    data: { ...DEMOGRAPHICS, identifiers: [], homeOrganizationId: HOME },
  });
  const merged = past<PatientEvent>({
    type: 'PatientMerged',
    data: { survivorId: OTHER, reason: 'Same person.' },
  });
  const register: Extract<PatientCommand, { type: 'RegisterPatient' }> = {
    type: 'RegisterPatient',
    ...DEMOGRAPHICS,
    identifiers: [],
    organizationId: HOME,
  };
  const correct: Extract<PatientCommand, { type: 'CorrectDemographics' }> = {
    type: 'CorrectDemographics',
    ...DEMOGRAPHICS,
  };
  const link: PatientCommand = { type: 'LinkIdentifier', system: 'urn:mrn', value: '7' };
  const answer = (
    events: readonly ReturnType<typeof past<PatientEvent>>[],
    command: PatientCommand,
    more: Partial<PatientFacts> = {},
    by?: Actor,
  ) =>
    gist(
      given(patientDecider, PATIENT_CONTRACT, ...events).when(command, {
        facts: { ...facts, ...more },
        ...(by === undefined ? {} : { by }),
      }),
    );

  it.each<
    [
      string,
      PatientCommand,
      readonly ReturnType<typeof past<PatientEvent>>[],
      Partial<PatientFacts>,
      readonly string[] | string,
    ]
  >([
    ['is registered', register, [], {}, ['PatientRegistered']],
    ['is registered once', register, [registered], {}, 'PATIENT_EXISTS'],
    ['is not born in the future', { ...register, birthDate: '2027' }, [], {}, 'BIRTH_DATE_IN_FUTURE'],
    ['may be born this year', { ...register, birthDate: '2026' }, [], {}, ['PatientRegistered']],
    ['is corrected', correct, [registered], {}, ['PatientDemographicsCorrected']],
    [
      'is not corrected into the future',
      { ...correct, birthDate: '2026-05-01' },
      [registered],
      {},
      'BIRTH_DATE_IN_FUTURE',
    ],
    ['is not corrected after a merge', correct, [registered, merged], {}, 'PATIENT_MERGED'],
    ['gets an identifier', link, [registered], {}, ['PatientIdentifierLinked']],
    [
      'is reached at other numbers',
      { type: 'CorrectContact', telecom: CALLED },
      [registered],
      {},
      ['PatientContactCorrected'],
    ],
    ['is reached as before', { type: 'CorrectContact', telecom: [] }, [registered], {}, []],
    [
      'speaks another language',
      { type: 'CorrectLanguage', language: 'es', interpreter: true },
      [registered],
      {},
      ['PatientLanguageCorrected'],
    ],
    [
      'speaks as before',
      { type: 'CorrectLanguage', language: 'ar', interpreter: false },
      [registered],
      {},
      [],
    ],
    [
      'asks not to be called',
      { type: 'ChangeContactPreferences', preferred: 'post', forbidden: ['phone', 'phone'] },
      [registered],
      {},
      ['PatientContactPreferencesRecorded'],
    ],
    [
      'asks for nothing, as before',
      { type: 'ChangeContactPreferences', forbidden: [] },
      [registered],
      {},
      [],
    ],
    [
      'asks for the same again',
      { type: 'ChangeContactPreferences', forbidden: ['phone', 'phone'] },
      [registered, past({ type: 'PatientContactPreferencesRecorded', data: { forbidden: ['phone'] } })],
      {},
      [],
    ],
    [
      'cannot ask for what they forbid',
      { type: 'ChangeContactPreferences', preferred: 'sms', forbidden: ['phone', 'sms'] },
      [registered],
      {},
      'CONTACT_WAY_FORBIDDEN',
    ],
    [
      'that was merged away is not reached at all',
      { type: 'CorrectContact', telecom: CALLED },
      [registered, merged],
      {},
      'PATIENT_MERGED',
    ],
    [
      'gets the same identifier once',
      link,
      [registered, past({ type: 'PatientIdentifierLinked', data: { system: 'urn:mrn', value: '7' } })],
      {},
      [],
    ],
  ])('%s', (_what, command, events, more, expected) => {
    expect(answer(events, command, more)).toEqual(expected);
  });

  it('says each thing for itself: a number changes no language, and a language that is left out is gone', () => {
    const { state } = given(
      patientDecider,
      PATIENT_CONTRACT,
      registered,
      past({ type: 'PatientContactCorrected', data: { telecom: CALLED } }),
      past({ type: 'PatientLanguageCorrected', data: { interpreter: true } }),
      past({ type: 'PatientContactPreferencesRecorded', data: { forbidden: ['voicemail'] } }),
    );
    const { language: _language, ...rest } = DEMOGRAPHICS;
    expect([state?.demographics, state?.contactPreferences]).toEqual([
      { ...rest, telecom: CALLED, interpreter: true },
      { forbidden: ['voicemail'] },
    ]);
  });

  it('needs an organisation that holds the record', () => {
    const { organizationId: _none, ...bare } = register;
    expect(answer([], bare, {}, HOMELESS)).toBe('ORGANIZATION_REQUIRED');
  });
});

describe('a practitioner', () => {
  const enrol: PractitionerCommand = {
    type: 'EnrolPractitioner',
    name: { family: 'Okonjo', given: ['Tomás'], prefix: [] },
    taxonomies: ['225100000X'],
    account: 'tomas',
    roles: [],
    address: [],
  };
  const { type: _type, ...enrolment } = enrol;
  const enrolled = past<PractitionerEvent>({ type: 'PractitionerEnrolled', data: enrolment });
  const licence = {
    state: 'MA',
    number: '1',
    kind: 'physical therapist',
    from: '2026-01-01',
    to: '2026-12-31',
  };
  const suspended = past<PractitionerEvent>({ type: 'PractitionerSuspended', data: { reason: 'Review.' } });
  const assigned = past<PractitionerEvent>({
    type: 'RoleAssigned',
    data: { role: 'therapist', organizationId: HOME },
  });

  it.each<
    [
      string,
      PractitionerCommand,
      readonly ReturnType<typeof past<PractitionerEvent>>[],
      readonly string[] | string,
    ]
  >([
    ['is enrolled', enrol, [], ['PractitionerEnrolled']],
    ['is enrolled once', enrol, [enrolled], 'PRACTITIONER_EXISTS'],
    ['gets a licence', { type: 'RecordLicence', ...licence }, [enrolled], ['LicenceRecorded']],
    [
      'gets no licence that ends before it begins',
      { type: 'RecordLicence', ...licence, to: '2025-01-01' },
      [enrolled],
      'PERIOD_REVERSED',
    ],
    [
      'is suspended',
      { type: 'SuspendPractitioner', reason: 'Review.' },
      [enrolled],
      ['PractitionerSuspended'],
    ],
    ['is suspended once', { type: 'SuspendPractitioner', reason: 'Review.' }, [enrolled, suspended], []],
    [
      'is reinstated',
      { type: 'ReinstatePractitioner', reason: 'Cleared.' },
      [enrolled, suspended],
      ['PractitionerReinstated'],
    ],
    [
      'is reinstated only when suspended',
      { type: 'ReinstatePractitioner', reason: 'Cleared.' },
      [enrolled],
      [],
    ],
    [
      'gets a role',
      { type: 'AssignRole', role: 'therapist', organizationId: HOME },
      [enrolled],
      ['RoleAssigned'],
    ],
    [
      'gets a role once',
      { type: 'AssignRole', role: 'therapist', organizationId: HOME },
      [enrolled, assigned],
      [],
    ],
    [
      'loses a role',
      { type: 'EndRole', role: 'therapist', organizationId: HOME },
      [enrolled, assigned],
      ['RoleEnded'],
    ],
    [
      'loses only a role that is held',
      { type: 'EndRole', role: 'therapist', organizationId: OTHER },
      [enrolled, assigned],
      'ROLE_NOT_HELD',
    ],
    ['who is nobody gets no licence', { type: 'RecordLicence', ...licence }, [], 'PRACTITIONER_UNKNOWN'],
  ])('%s', (_what, command, events, expected) => {
    expect(
      gist(given(practitionerDecider, PRACTITIONER_CONTRACT, ...events).when(command, { facts: undefined })),
    ).toEqual(expected);
  });

  it('signs within the licence, and not while suspended', () => {
    const licensed = past<PractitionerEvent>({ type: 'LicenceRecorded', data: licence });
    const person = given(practitionerDecider, PRACTITIONER_CONTRACT, enrolled, licensed).state;
    const held = given(practitionerDecider, PRACTITIONER_CONTRACT, enrolled, licensed, suspended).state;
    if (person === undefined || held === undefined) throw new Error('both are enrolled');
    expect([
      maySignOn(person, '2026-01-01'),
      maySignOn(person, '2026-12-31'),
      maySignOn(person, '2027-01-01'),
      maySignOn(person, '2025-12-31'),
    ]).toEqual([true, true, false, false]);
    expect([isLicensedOn(held, '2026-06-01'), maySignOn(held, '2026-06-01')]).toEqual([true, false]);
  });
});

describe('an organisation', () => {
  const data = {
    name: 'Praxis',
    kind: 'practice' as const,
    identifiers: [],
    telecom: [],
    address: [],
    timeZone: 'Europe/Berlin',
  };
  const answer = (events: readonly ReturnType<typeof past<OrganizationEvent>>[], timeZone: string) =>
    gist(
      given(organizationDecider, ORGANIZATION_CONTRACT, ...events).when(
        { type: 'RegisterOrganization', ...data, timeZone },
        { facts: undefined },
      ),
    );

  const registered = past<OrganizationEvent>({ type: 'OrganizationRegistered', data });
  const correct = (events: readonly ReturnType<typeof past<OrganizationEvent>>[], timeZone: string) =>
    gist(
      given(organizationDecider, ORGANIZATION_CONTRACT, ...events).when(
        { type: 'CorrectTimeZone', timeZone },
        { facts: undefined },
      ),
    );

  it('has its zone corrected, once, into one that exists', () => {
    expect(correct([registered], 'Pacific/Auckland')).toEqual(['OrganizationTimeZoneCorrected']);
    expect(correct([registered], data.timeZone)).toEqual([]);
    expect(correct([registered], '+13:00')).toBe('TIME_ZONE_UNKNOWN');
    expect(correct([], 'Pacific/Auckland')).toBe('ORGANIZATION_UNKNOWN');
  });

  it('says on which days nobody works, once', () => {
    const set = (events: readonly ReturnType<typeof past<OrganizationEvent>>[], weekend: number[]) =>
      given(organizationDecider, ORGANIZATION_CONTRACT, ...events).when(
        { type: 'SetWorkCalendar', weekend, holidays: ['2026-12-25', '2026-04-06', '2026-12-25'] },
        { facts: undefined },
      );
    const data = { weekend: [5, 6], holidays: ['2026-04-06', '2026-12-25'] };
    expect(set([registered], [6, 5])).toMatchObject({ events: [{ type: 'WorkCalendarSet', data }] });
    const kept = past<OrganizationEvent>({ type: 'WorkCalendarSet', data });
    expect(gist(set([registered, kept], [5, 6]))).toEqual([]);
    expect(gist(set([], [6, 7]))).toBe('ORGANIZATION_UNKNOWN');
  });

  it('keeps the zone as the database spells it', () => {
    const decision = given(organizationDecider, ORGANIZATION_CONTRACT).when(
      { type: 'RegisterOrganization', ...data, timeZone: 'asia/kathmandu' },
      { facts: undefined },
    );
    expect(decision).toMatchObject({ events: [{ data: { timeZone: 'Asia/Kathmandu' } }] });
  });

  it('is registered once, in a zone that exists', () => {
    expect(answer([], 'Europe/Berlin')).toEqual(['OrganizationRegistered']);
    expect(answer([], 'UTC')).toEqual(['OrganizationRegistered']);
    expect(answer([], 'Europe/Atlantis')).toBe('TIME_ZONE_UNKNOWN');
    expect(answer([past({ type: 'OrganizationRegistered', data })], 'UTC')).toBe('ORGANIZATION_EXISTS');
  });
});

describe('a listing', () => {
  const offer = {
    title: 'STM',
    services: ['STM' as const],
    regions: ['knee' as const],
    payers: ['SELF-PAY' as const],
    practitionerIds: [uuid(5)],
  };
  const published = past<ListingEvent>({
    type: 'ListingPublished',
    data: { ...offer, organizationId: HOME, capacity: 'open' },
  });
  const withdrawn = past<ListingEvent>({ type: 'ListingWithdrawn', data: {} });
  const publish: Extract<ListingCommand, { type: 'PublishListing' }> = {
    type: 'PublishListing',
    ...offer,
    capacity: 'open',
    organizationId: HOME,
  };

  it.each<
    [string, ListingCommand, readonly ReturnType<typeof past<ListingEvent>>[], readonly string[] | string]
  >([
    ['is published', publish, [], ['ListingPublished']],
    ['is published once', publish, [published], 'LISTING_EXISTS'],
    ['has an age band that makes sense', { ...publish, ageMin: 60, ageMax: 20 }, [], 'PERIOD_REVERSED'],
    ['is revised', { type: 'ReviseListing', ...offer }, [published], ['ListingRevised']],
    [
      'is not revised into nonsense',
      { type: 'ReviseListing', ...offer, ageMin: 60, ageMax: 20 },
      [published],
      'PERIOD_REVERSED',
    ],
    ['is closed', { type: 'RecordCapacity', capacity: 'closed' }, [published], ['CapacityRecorded']],
    ['is open already', { type: 'RecordCapacity', capacity: 'open' }, [published], []],
    ['is withdrawn', { type: 'WithdrawListing' }, [published], ['ListingWithdrawn']],
    ['is withdrawn once', { type: 'WithdrawListing' }, [published, withdrawn], 'LISTING_WITHDRAWN'],
    [
      'is not opened after it was withdrawn',
      { type: 'RecordCapacity', capacity: 'open' },
      [published, withdrawn],
      'LISTING_WITHDRAWN',
    ],
  ])('%s', (_what, command, events, expected) => {
    expect(
      gist(given(listingDecider, LISTING_CONTRACT, ...events).when(command, { facts: undefined })),
    ).toEqual(expected);
  });

  it('belongs to somebody', () => {
    const { organizationId: _none, ...bare } = publish;
    expect(gist(given(listingDecider, LISTING_CONTRACT).when(bare, { facts: undefined, by: HOMELESS }))).toBe(
      'ORGANIZATION_REQUIRED',
    );
  });
});

describe('a consent', () => {
  const grant: ConsentCommand = {
    type: 'GrantConsent',
    patientId: uuid(9),
    purposes: ['TREAT'],
    organizationIds: [HOME],
    from: '2026-04-01',
    method: 'written',
  };
  const restrict: ConsentCommand = {
    type: 'RestrictConsent',
    patientId: uuid(9),
    organizationIds: [],
    reason: 'Asked for.',
  };
  const { type: _type, ...granted } = grant;
  const grantedEvent = past<ConsentEvent>({ type: 'ConsentGranted', data: granted });
  const withdrawn = past<ConsentEvent>({
    type: 'ConsentWithdrawn',
    data: { effectiveAt: '2026-04-01T09:00:00.000Z' },
  });

  it.each<
    [string, ConsentCommand, readonly ReturnType<typeof past<ConsentEvent>>[], readonly string[] | string]
  >([
    ['is granted', grant, [], ['ConsentGranted']],
    ['is granted once', grant, [grantedEvent], 'CONSENT_EXISTS'],
    ['ends after it begins', { ...grant, to: '2026-03-01' }, [], 'PERIOD_REVERSED'],
    ['may be a restriction', restrict, [], ['ConsentRestricted']],
    ['is withdrawn', { type: 'WithdrawConsent' }, [grantedEvent], ['ConsentWithdrawn']],
    ['is withdrawn once', { type: 'WithdrawConsent' }, [grantedEvent, withdrawn], []],
  ])('%s', (_what, command, events, expected) => {
    expect(
      gist(given(consentDecider, CONSENT_CONTRACT, ...events).when(command, { facts: undefined })),
    ).toEqual(expected);
  });
});
