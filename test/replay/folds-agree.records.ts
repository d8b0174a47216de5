/** What can be asked of a patient's records and of the directory; see folds-agree.world.ts. */
import type { Command } from '@fascia/kernel';
import { absent, modelOf, person, uuid, world, type Shape, type World } from './folds-agree.world.js';

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

const demographics = (birthDate: string) => ({
  name: { family: 'Okafor', given: ['Ada'], prefix: [] },
  birthDate,
  sexAtBirth: 'female',
  telecom: [],
  address: [],
  interpreter: false,
});

const LEFT = { category: 'flag', factId: uuid(40) } as const;

const patientWorld = world('patient', {
  asked: [
    { type: 'RegisterPatient', ...demographics('1980-05-05'), identifiers: [], organizationId: uuid(2) },
    { type: 'CorrectDemographics', ...demographics('1981-05-05') },
    { type: 'CorrectContact', telecom: [{ system: 'phone', value: '+1 212 555 0100' }] },
    { type: 'CorrectLanguage', language: 'es', interpreter: true },
    { type: 'CorrectLanguage', interpreter: false },
    { type: 'ChangeContactPreferences', preferred: 'post', forbidden: ['phone'], note: 'Not at work.' },
    { type: 'LinkIdentifier', system: 'urn:mrn', value: '7' },
    {
      type: 'ReceivePatient',
      ...demographics('1980-05-05'),
      identifiers: [],
      takenIdentifiers: [],
      organizationId: uuid(2),
      system: 'urn:ehr',
    },
    {
      type: 'ReceivePatient',
      ...demographics('1980-05-05'),
      identifiers: [],
      takenIdentifiers: [],
      organizationId: uuid(2),
      system: 'urn:ehr',
      inactive: true,
      replacedById: uuid(12),
    },
    { type: 'MergePatients', survivorId: uuid(11), reason: 'Twice.' },
    { type: 'UndoMerge', reason: 'Not the same.' },
    { type: 'DismissMatch', otherId: 'ffffffff-ffff-4fff-8fff-ffffffffffff', reason: 'Twins.' },
    { type: 'RecordDeath', on: '2026-03', source: 'reported' },
    { type: 'RecordDeath', source: 'certificate' },
    { type: 'RetractDeath', reason: 'Somebody else.' },
    ...['stays', 'moves'].map((assignment) => ({
      type: 'AssignFact',
      ...LEFT,
      assignment,
      reason: 'Asked.',
    })),
    { type: 'NoteFactMoved', ...LEFT },
  ].flatMap((command) =>
    // Survivors that are dead or alive, and under care or not.
    [true, false].flatMap((deceased) =>
      [true, false].map((bothUnderCare) => ({
        command,
        by: THERAPIST,
        facts: {
          today: '2026-04-01',
          otherKnown: true,
          recordedSince: [{ category: LEFT.category, id: LEFT.factId, patientId: uuid(11) }],
          survivor: { known: true, under: false, deceased, bothUnderCare },
        },
      })),
    ),
  ),
  state: (state) => ({
    born: state.birthDate,
    home: state.homeOrganizationIds,
    telecom: state.demographics.telecom,
    spoken: [absent(state.demographics.language), state.demographics.interpreter],
    asked: absent(state.contactPreferences),
    merged: absent(state.mergedInto),
    sources: state.received.map(({ system, replacedById, inactive }: Shape) => [
      system,
      absent(replacedById),
      absent(inactive),
    ]),
    dead: state.death !== undefined,
    died: absent(state.death?.on),
  }),
  row: (row) => ({
    born: row.birth_date,
    home: row.home_organization_ids,
    telecom: row.telecom,
    spoken: [row.language, row.interpreter],
    asked: row.contact_preferences,
    merged: row.merged_into,
    sources: Object.entries(row.sources as Record<string, Shape>).map(([system, one]) => [
      system,
      absent(one.replacedById),
      absent(one.inactive),
    ]),
    dead: row.deceased,
    died: row.deceased_on,
  }),
  beside: [
    {
      model: modelOf('patient_compared'),
      state: (state) => ({
        born: state.birthDate,
        merged: state.mergedInto !== undefined,
        not: state.dismissed,
      }),
      rows: ([row]) => ({ born: row?.birth_date, merged: row?.merged, not: row?.dismissed }),
    },
    {
      model: modelOf('patient_unassigned'),
      state: (state) => ({
        left: state.unassigned.map(({ id, patientId, moving }: Shape) => [id, patientId, moving ?? false]),
      }),
      rows: (rows) => ({
        left: rows.map(({ fact_id: id, on_patient_id: patientId, moving }) => [id, patientId, moving]),
      }),
    },
  ],
});

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
      name: demographics('').name,
      taxonomies: [],
      roles: ROLES_HELD.slice(0, 1),
      address: [],
    },
    {
      type: 'ReceivePractitioner',
      name: { ...demographics('').name, family: 'Ito' },
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
    ...[true, false].map((byDefault) => ({
      command: { type: 'RegisterSourceSystem', system: `urn:${String(byDefault)}`, byDefault } as Command,
      by: THERAPIST,
    })),
  ],
  state: ({ kind, timeZone, sources }) => ({ kind, timeZone, sources }),
  row: ({ kind, time_zone: timeZone, sources }) => ({ kind, timeZone, sources }),
});

export const RECORDS: readonly World[] = [
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
];
