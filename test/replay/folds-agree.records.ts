/** What can be asked of a patient's records and of the directory; see folds-agree.world.ts. */
import type { ImportReport } from '@fascia/fhir/contract';
import { sumsOf } from '@fascia/fhir/rules';
import type { Command } from '@fascia/kernel';
import { patientWorld } from './folds-agree.patients.js';
import { absent, person, uuid, world, type Shape, type World } from './folds-agree.world.js';

const THERAPIST = person('therapist', 2, 92);
const PHYSICIAN = person('physician', 1, 91);
const STANDING = { exists: true, deceased: false };

// What is known of a patient

/** With which a fact goes to somebody else's record. */
const MOVES = (what: string) => [
  { type: `TakeOver${what}`, patientId: uuid(10), fromId: uuid(30) },
  { type: `Move${what}`, toPatientId: uuid(11), toId: uuid(31) },
];
const isMoved = (state: Shape): boolean => state.movedTo !== undefined;
const RAISED = {
  type: 'RedFlagRaised',
  data: {
    patientId: uuid(11),
    catalogueId: 'F03',
    catalogueVersion: '1',
    urgency: 'urgent',
    source: 'by-hand',
  },
};

const flagWorld = world('flag', {
  asked: [
    { type: 'RaiseFlag', patientId: uuid(10), catalogueId: 'F03', source: 'by-hand' },
    { type: 'ClearFlag', rationale: 'Ultrasound.' },
    { type: 'RaiseFlag', patientId: uuid(10), catalogueId: 'F10', source: 'by-hand' },
    {
      type: 'RaiseFlag',
      patientId: uuid(10),
      catalogueId: 'F07',
      source: 'referral-screening',
      settled: { rationale: 'A diet.' },
    },
    { type: 'ConfirmFlag', disposition: 'Hospital.' },
    { type: 'ClearByRecheck', sessionId: uuid(50) },
    ...[true, false].map((reached) => ({ type: 'RecordCall', to: 'Dr Reyes', channel: 'phone', reached })),
    ...MOVES('Flag'),
  ].map((command) => ({
    command,
    by: 'settled' in command ? PHYSICIAN : THERAPIST,
    facts: { record: STANDING, zone: 'UTC', told: [RAISED] },
  })),
  ends: ['MoveFlag'],
  gone: isMoved,
  state: (state) => ({ stage: state.status, patient: state.patientId, calls: state.calls }),
  row: (row) => ({ stage: row.status, patient: row.patient_id, calls: row.calls }),
});

const proposedPrecaution = {
  type: 'ProposePrecaution',
  patientId: uuid(10),
  system: 'urn:ehr',
  catalogueId: 'P03',
  tableVersion: '1',
  from: 'condition',
  code: { system: 'icd-10-cm', code: 'M81.0' },
  ended: false,
};

const precautionWorld = world('precaution', {
  asked: [
    proposedPrecaution,
    { ...proposedPrecaution, since: '2024', ended: true, endedOn: '2026-02' },
    ...['over', 'entered-in-error'].map((why) => ({
      type: 'EndPrecaution',
      patientId: uuid(10),
      catalogueId: 'P03',
      why,
      endedOn: '2026-01',
    })),
    { type: 'ConfirmPrecaution' },
    { type: 'DismissPrecaution', reason: 'Misread.' },
    {
      type: 'RecordPrecaution',
      patientId: uuid(10),
      catalogueId: 'P08',
      site: { region: 'forearm', side: 'left' },
      since: '2025',
      details: [],
      source: 'patient',
    },
    { type: 'SpecifyPrecaution', beganAt: '2026-01-02T10:00:00.000Z', details: ['no-flare'] },
    { type: 'ResolvePrecaution', reason: 'Over.', evidence: 'Scan.' },
    {
      type: 'ClearPrecaution',
      rationale: 'Stable.',
      evidence: 'Letter.',
      from: '2026-01-01',
      until: '2027-01-01',
    },
    { type: 'EndClearance', reason: 'It swells.' },
  ].map((command) => ({ command, by: THERAPIST, facts: { record: STANDING, today: '2026-05-01' } })),
  gone: (state) => state.unseen === true,
  state: (state) => ({
    stage: state.status,
    patient: state.patientId,
    catalogueId: state.catalogueId,
    sourceSince: absent(state.said?.since),
    ended: state.said?.ended ?? false,
    endedOn: absent(state.said?.endedOn),
    since: absent(state.circumstances?.since),
    beganAt: absent(state.circumstances?.beganAt),
    site: absent(state.circumstances?.site),
    details: state.circumstances?.details ?? [],
    cleared: state.cleared,
  }),
  row: (row) => ({
    stage: row.status,
    patient: row.patient_id,
    catalogueId: row.catalogue_id,
    sourceSince: row.source_since,
    ended: row.ended,
    endedOn: row.ended_on,
    since: row.since,
    beganAt: row.began_at,
    site: row.site,
    details: row.details,
    cleared: row.clearance !== null,
  }),
});

const documentWorld = world('document', {
  asked: [
    {
      type: 'AnnounceDocument',
      patientId: uuid(10),
      kind: 'imaging-report',
      mediaType: 'application/pdf',
      bytes: 10,
      sha256: 'a'.repeat(64),
    },
    { type: 'FileDocument' },
    { type: 'NameDocument', title: 'Ultrasound' },
    { type: 'WithdrawDocument', reason: 'Of somebody else.' },
  ].map((command) => ({ command, by: THERAPIST, facts: { record: STANDING } })),
  state: (state) => ({
    stage: state.stage,
    patient: state.patientId,
    sha256: state.sha256,
    title: absent(state.title),
  }),
  row: (row) => ({ stage: row.status, patient: row.patient_id, sha256: row.sha256, title: row.title }),
});

const finding = { tissues: ['tendon'], dysfunction: [], snomed: '239955008' };

const FOUND = {
  type: 'DiagnosisRecorded',
  data: { ...finding, patientId: uuid(11), verification: 'provisional', source: 'clinician' },
};

const diagnosisWorld = world('diagnosis', {
  asked: [
    {
      type: 'RecordDiagnosis',
      patientId: uuid(10),
      verification: 'provisional',
      source: 'clinician',
      ...finding,
    },
    { type: 'ConfirmDiagnosis' },
    { type: 'ReviseDiagnosis', reason: 'Side.', ...finding, onset: '2026-01' },
    { type: 'RefuteDiagnosis', reason: 'Imaging.' },
    { type: 'ResolveDiagnosis', on: '2026-03-01' },
    ...[{}, { ended: 'remission' }].map((more) => ({
      type: 'ReceiveDiagnosis',
      patientId: uuid(10),
      system: 'urn:ehr',
      ...finding,
      ...more,
    })),
    { type: 'RetractDiagnosis', patientId: uuid(10), system: 'urn:ehr', retracted: 'refuted' },
    ...MOVES('Diagnosis'),
  ].map((command) => ({
    command,
    by: THERAPIST,
    facts: { today: '2026-04-01', record: STANDING, told: [FOUND] },
  })),
  ends: ['MoveDiagnosis'],
  gone: isMoved,
  state: (state) => ({
    stage: state.resolved ? 'resolved' : state.verification,
    onset: absent(state.finding.onset),
    snomed: absent(state.finding.snomed),
  }),
  row: (row) => ({
    stage: row.clinical_status === 'active' ? row.verification : 'resolved',
    onset: row.onset,
    snomed: row.snomed,
  }),
});

const pain = (value: number) => ({ instrument: 'NPRS', value });

const firstOf = (value: number) => ({
  assessmentId: uuid(41),
  measurement: { ...pain(value), version: '1', scale: '0-10', unit: '{score}' },
  raterId: uuid(92),
});

const assessmentWorld = world('assessment', {
  asked: [
    { type: 'RecordAssessment', referralId: uuid(20), point: 'baseline', measurement: pain(7) },
    { type: 'CorrectAssessment', measurement: pain(3), reason: 'Misheard.' },
    { type: 'CorrectAssessment', measurement: pain(8), reason: 'Misheard.' },
    { type: 'RelabelChange' },
  ].map((command) => ({
    command,
    by: THERAPIST,
    facts: {
      referral: {
        patientId: uuid(10),
        measurable: true,
        organizationId: uuid(2),
        referrerOrganizationId: uuid(1),
      },
      baseline: firstOf(command.type === 'RelabelChange' ? 1 : 7),
    },
  })),
  state: (one) => ({ said: [one.measurement, one.point, one.raterId], change: absent(one.labelled?.change) }),
  row: (row) => ({ said: [row.measurement, row.point, row.rater_id], change: row.change }),
});

// The directory

const NAME = { family: 'Okafor', given: ['Ada'], prefix: [] };

const GRANTED = {
  type: 'ConsentGranted',
  data: {
    patientId: uuid(11),
    purposes: ['TREAT'],
    organizationIds: [],
    from: '2026-01-01',
    method: 'verbal',
  },
};

const consentWorld = world('consent', {
  asked: [
    {
      type: 'GrantConsent',
      patientId: uuid(10),
      purposes: ['TREAT'],
      organizationIds: [uuid(2)],
      from: '2026-01-01',
      to: '2027-01-01',
      method: 'verbal',
    },
    { type: 'RestrictConsent', patientId: uuid(10), organizationIds: [], reason: 'Asked.' },
    { type: 'WithdrawConsent' },
    ...MOVES('Consent'),
  ].map((command) => ({ command, by: THERAPIST, facts: { record: STANDING, told: [GRANTED] } })),
  ends: ['MoveConsent'],
  gone: isMoved,
  state: ({ kind, patientId, organizationIds }) => ({ kind, patientId, organizationIds }),
  row: ({ kind, patient_id: patientId, organization_ids: organizationIds }) => ({
    kind,
    patientId,
    organizationIds,
  }),
});

const ROLES_HELD = [{ role: 'therapist', organizationId: uuid(2) }, { role: 'operator' }];
const licence = (to: string) => ({ state: 'NY', number: '1', kind: 'PT', from: '2026-01-01', to });

const practitionerWorld = world('practitioner', {
  asked: [
    {
      type: 'EnrolPractitioner',
      name: NAME,
      taxonomies: [],
      roles: ROLES_HELD.slice(0, 1),
      address: [],
    },
    {
      type: 'ReceivePractitioner',
      name: { ...NAME, family: 'Ito' },
      taxonomies: [],
      address: [],
    },
    ...['2026-12-31', '2027-12-31'].map((to) => ({ type: 'RecordLicence', ...licence(to) })),
    { type: 'SuspendPractitioner', reason: 'Board.' },
    { type: 'ReinstatePractitioner', reason: 'Board.' },
    ...ROLES_HELD.flatMap((role) => [
      { type: 'AssignRole', ...role },
      { type: 'EndRole', ...role },
    ]),
  ].map((command) => ({ command, by: THERAPIST })),
  state: (state) => ({
    suspended: state.suspended,
    roles: state.roles,
    licences: state.licences.map(({ state: of, kind, from, to }: Shape) => ({ state: of, kind, from, to })),
  }),
  row: ({ suspended, roles, licences }) => ({ suspended, roles, licences }),
});

const offer = (title: string) => ({
  title,
  services: ['STM'],
  regions: ['shoulder'],
  payers: ['SELF-PAY'],
  practitionerIds: [uuid(92)],
});

const listingWorld = world('listing', {
  asked: [
    { type: 'PublishListing', ...offer('Hands'), capacity: 'open', organizationId: uuid(2) },
    { type: 'ReviseListing', ...offer('Feet'), ageMin: 18 },
    ...['open', 'full'].map((capacity) => ({ type: 'RecordCapacity', capacity })),
    { type: 'WithdrawListing' },
  ].map((command) => ({ command, by: THERAPIST })),
  state: ({ title, capacity, published, ageMin, organizationId }) => ({
    title,
    capacity,
    published,
    ageMin: absent(ageMin),
    organizationId,
  }),
  row: ({ title, capacity, published, age_min: ageMin, organization_id: organizationId }) => ({
    title,
    capacity,
    published,
    ageMin,
    organizationId,
  }),
});

const organizationWorld = world('organization', {
  asked: [
    {
      command: {
        type: 'RegisterOrganization',
        name: 'Clinic',
        kind: 'clinic',
        identifiers: [],
        telecom: [],
        address: [],
        timeZone: 'Europe/Berlin',
      } as Command,
      by: THERAPIST,
    },
    {
      command: {
        type: 'ReceiveOrganization',
        name: 'Clinic',
        identifiers: [],
        telecom: [],
        address: [],
      } as Command,
      by: THERAPIST,
    },
    ...['Europe/Vienna', 'Asia/Kathmandu'].map((timeZone) => ({
      command: { type: 'CorrectTimeZone', timeZone } as Command,
      by: THERAPIST,
    })),
    ...[
      [5, 6],
      [6, 7],
    ].map((weekend) => ({
      command: { type: 'SetWorkCalendar', weekend, holidays: ['2026-12-25'] } as Command,
      by: THERAPIST,
    })),
    ...[true, false].map((byDefault) => ({
      command: { type: 'RegisterSourceSystem', system: `urn:${String(byDefault)}`, byDefault } as Command,
      by: THERAPIST,
    })),
  ],
  state: ({ kind, timeZone, daysOff, sources }) => ({ kind, timeZone, daysOff, sources }),
  row: ({ kind, time_zone: timeZone, days_off: daysOff, sources }) => ({ kind, timeZone, daysOff, sources }),
});

// Deadlines

const CLOCK = person('system', 2, 94);
const ITS_CALENDARS = { calendars: [{ zone: 'UTC', weekend: [6, 7], holidays: [] }] };
const SENT_AT = '2026-04-01T09:00:00.000Z';
/** Two business days later. */
const DUE_AT = '2026-04-03T09:00:00.000Z';
const fact = (at: string) => ({ at, sourceEventId: uuid(40) });

const deadlineWorld = world('deadline', {
  asked: [
    ...['T-ACK', 'T-FIRST'].flatMap((name) => [
      {
        ...{ type: 'SetDeadline', name, referralId: uuid(20), side: 'recipient', priority: 'routine' },
        organizationIds: [uuid(2)],
        ...fact(SENT_AT),
      },
      ...['PauseDeadline', 'ResumeDeadline', 'MeetDeadline', 'CallOffDeadline'].flatMap((type) =>
        ['2026-04-02T09:00:00.000Z', '2026-05-20T09:00:00.000Z'].map((at) => ({ type, name, ...fact(at) })),
      ),
    ]),
    { type: 'MissDeadline', name: 'T-ACK', dueAt: DUE_AT },
  ].map((command: Command) => ({
    command,
    by: CLOCK,
    facts: ITS_CALENDARS,
    at: '2026-06-01T09:00:00.000Z',
  })),
  state: ({ standing }) => ({
    standing: Object.entries(standing as Readonly<Record<string, Shape>>)
      .map(([name, { status, dueAt }]) => [name, status === 'missed', status === 'paused' ? null : dueAt])
      .toSorted(),
  }),
  row: ({ deadlines }) => ({
    standing: (deadlines as readonly Shape[])
      .map(({ name, missed, dueAt }) => [name, missed, dueAt])
      .toSorted(),
  }),
});

const brought = (more: object) => ({
  type: 'ImportBundle',
  organizationId: uuid(1),
  digest: 'd'.repeat(64),
  byKind: { patient: { added: 1, changed: 0, unchanged: 2, different: 0, refused: 1 } },
  resources: [{ resourceType: 'Patient', read: 5, taken: 4, ignored: 0, broken: 1 }],
  ignored: [],
  broken: [],
  refusals: [],
  ...more,
});

const importWorld = world('import', {
  asked: [brought({}), brought({ source: 'urn:ehr', byKind: {} })].map((command) => ({
    command,
    by: PHYSICIAN,
    facts: undefined,
  })),
  state: (state) => ({
    organization: state.organizationId,
    source: absent(state.source),
    sums: sumsOf(state as ImportReport),
  }),
  row: ({ organization_id: organization, source, ...row }) => ({
    organization,
    source,
    sums: {
      read: row.read,
      added: row.added,
      changed: row.changed,
      unchanged: row.unchanged,
      different: row.different,
      refused: row.refused,
      ignored: row.ignored,
      broken: row.broken,
    },
  }),
});

export const RECORDS: readonly World[] = [
  deadlineWorld,
  flagWorld,
  precautionWorld,
  documentWorld,
  diagnosisWorld,
  assessmentWorld,
  patientWorld,
  consentWorld,
  practitionerWorld,
  listingWorld,
  organizationWorld,
  importWorld,
];
