/** What can be asked of a patient's record; see folds-agree.world.ts. */
import { absent, modelOf, person, uuid, world, type Shape } from './folds-agree.world.js';

const THERAPIST = person('therapist', 2, 92);

const demographics = (birthDate: string) => ({
  name: { family: 'Okafor', given: ['Ada'], prefix: [] },
  birthDate,
  sexAtBirth: 'female',
  telecom: [],
  address: [],
  interpreter: false,
});

const LEFT = { category: 'flag', factId: uuid(40) } as const;

export const patientWorld = world('patient', {
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
        numbers: state.identifiers.length,
        isDead: state.death !== undefined,
        proposed: absent(state.proposed?.survivorId),
      }),
      rows: ([row]) => ({
        born: row?.birth_date,
        merged: row?.merged,
        not: row?.dismissed,
        numbers: row?.identifiers.length,
        isDead: row?.deceased,
        proposed: row?.proposed_into,
      }),
    },
    {
      model: modelOf('patient_merge'),
      state: (state) => ({ into: absent(state.mergedInto), asked: absent(state.proposed?.survivorId) }),
      rows: ([row]) => ({
        into: row?.state === 'merged' ? row.into_id : null,
        asked: row?.state === 'proposed' ? row.into_id : null,
      }),
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
